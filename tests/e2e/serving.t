#!/bin/sh
# One tree behind yugao-portal and behind nginx as config/nginx sets it up: to
# a reader they are the same.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
PATH=$PATH:/usr/sbin:/sbin
url=http://127.0.0.1:8787/calendar/
: >"$work/token"
chmod 600 "$work/token"
office "$work/office"
rm -f "$work/office/portals/"*
ok "an office publishes" "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2025-12-26T13:58:00+08:00 publish --yes
public=$work/office/state/public
ln -s /etc/passwd "$public/link.txt"
rm "$work/token"
ok "yugao-portal serves it" start_portal "$public"
ok "nginx serves it" start_nginx "$work/nginx" "$public"
/usr/bin/python3 "$root/tests/e2e/serving.py" "$public" "$url" "$nginx_url" \
    >"$work/serving.tap" 2>"$work/serving.err"
status=$?
relay "$work/serving.tap"
is "every question was asked" "$status" 0
[ "$status" = 0 ] || sed 's/^/# /' "$work/serving.err" | tail -n 20

# The whole site, with its own certificate and ports.
free_port() {
	/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
plain=$(free_port)
secure=$(free_port)
mkdir "$work/site"
"$root/tests/e2e/nginx-conf" "$work/site" "$public" unused
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes \
    -days 2 -subj /CN=localhost -addext subjectAltName=DNS:localhost \
    -keyout "$work/site/key.pem" -out "$work/site/chain.pem" 2>/dev/null
sed -i -e "s|listen 80;|listen 127.0.0.1:$plain;|" \
    -e "s|listen 443 |listen 127.0.0.1:$secure |" -e '/listen \[::\]/d' \
    -e "/CHANGE/s|/etc/nginx/yugao/|$work/site/|" \
    -e '/CHANGE/s|data.example|localhost|' \
    "$work/site/yugao/site.conf"
sed -i '/^	server {/,/^	}/d; s|^}$|}|' "$work/site/nginx.conf"
sed -i 's|keepalive_requests.*|include yugao/site.conf;|' \
    "$work/site/nginx.conf"
ok "nginx takes the whole site" nginx -t -c "$work/site/nginx.conf" \
    -p "$work/site"
nginx -c "$work/site/nginx.conf" -p "$work/site" 2>>"$work/site/error.log" &
pids="$pids $!"
ok "and starts with it" until_file "$work/site/nginx.pid"
ask() {
	curl -s --cacert "$work/site/chain.pem" \
	    --connect-to "localhost:443:127.0.0.1:$secure" "$@"
}
is "port 80 leads to the same address over TLS" "$(curl -s -o /dev/null \
    -w '%{http_code} %{redirect_url}' \
    "http://localhost:$plain/calendar/releases.ics")" \
    "301 https://localhost/calendar/releases.ics"
ask -o "$work/feed" https://localhost/calendar/releases.ics
ok "which gives the feed" cmp "$work/feed" "$public/releases.ics"

# A publish is seen at once: nothing keeps the old file open.
etag=$(curl -sI "${nginx_url}releases.ics" | tr -d '\r' |
    sed -n 's/^ETag: //p')
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" } ] }
END
ok "a move is published" "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2025-12-28T09:00:00+08:00 publish --yes
for server in "$url" "$nginx_url"; do
	ok "and read from ${server%/calendar/} at once" sh -c \
	    "curl -s -H 'If-None-Match: $etag' '${server}releases.ics' |
	    cmp - '$public/releases.ics'"
done

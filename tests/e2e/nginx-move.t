#!/bin/sh
# Pushing to nginx's WebDAV under a temporary name that is then moved.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
PATH=$PATH:/usr/sbin:/sbin
mkdir -p "$work/www" "$work/nginx" "$work/office"
port=$(/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
user=
[ "$(id -u)" -ne 0 ] || user="user root;"
start_nginx() { # methods
	rm -f "$work/nginx.pid"
	cat >"$work/nginx.conf" <<CONF
$user
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 64; }
http {
	access_log $work/access.log;
	client_body_temp_path $work/nginx/body;
	proxy_temp_path $work/nginx/proxy;
	fastcgi_temp_path $work/nginx/fastcgi;
	uwsgi_temp_path $work/nginx/uwsgi;
	scgi_temp_path $work/nginx/scgi;
	server {
		listen 127.0.0.1:$port;
		location /calendar/ {
			alias $work/www/;
			dav_methods $1;
			create_full_put_path on;
			client_max_body_size 64m;
		}
	}
}
CONF
	nginx -c "$work/nginx.conf" -p "$work/nginx" 2>>"$work/error.log" &
	nginx=$!
	pids="$pids $nginx"
	until_file "$work/nginx.pid"
}
url=http://127.0.0.1:$port/calendar/
ok "nginx starts" start_nginx "PUT DELETE MKCOL MOVE"
office "$work/office"
cat >"$work/office/portals/portal.json" <<CONF
{ "id": "portal", "kind": "http-put", "url": "$url", "allow_private": true,
  "move": true }
CONF
run() {
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" run \
	    >"$work/out" 2>&1
}
bytes() {
	(cd "$1" && find . -type f -exec sha256sum {} + | sort)
}
same() {
	[ "$(bytes "$work/www")" = "$(bytes "$work/office/state/public/")" ]
}
asked() {
	grep -c "\"$1 " "$work/access.log"
}
run 2025-12-26T13:58:00+08:00
is "the first run ends well" $? 0
ok "nginx has the tree, and nothing beside it" same
is "nothing was put at its own name" \
    "$(grep '"PUT ' "$work/access.log" | grep -cv '\.part HTTP')" 0
is "each was put once, then moved" "$(asked MOVE)" "$(asked PUT)"
before=$(wc -l <"$work/access.log")
run 2025-12-26T13:58:00+08:00
is "the second run asks nothing" \
    "$? $(wc -l <"$work/access.log")" "0 $before"

acts <<'END2'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" } ] }
END2
run 2025-12-28T09:00:00+08:00
ok "a move of a release is delivered over what was there" same

# What a run that was killed between its two requests leaves.
echo half >"$work/www/releases.ics.part"
sed -i 's/10-29T10:00/10-30T10:00/' "$work/office/acts/cq-demo-2026.json"
run 2025-12-29T09:00:00+08:00
ok "what a killed run has left is moved away" same

kill "$nginx"
wait "$nginx" 2>/dev/null
ok "nginx starts without MOVE" start_nginx "PUT DELETE"
sed -i 's/10-30T10:00/10-28T10:00/' "$work/office/acts/cq-demo-2026.json"
run 2025-12-30T09:00:00+08:00
is "it gets plain PUTs" "$?" 0
ok "and again holds the tree alone" same

#!/bin/sh
# Pushing to nginx's WebDAV, which knows PUT and DELETE but no conditions.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
PATH=$PATH:/usr/sbin:/sbin
now=2025-12-26T13:58:00+08:00
mkdir -p "$work/dav" "$work/www" "$work/nginx"
# A port that is free now; nginx cannot tell which one it chose.
port=$(/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
password=correct-horse-battery
printf 'yugao:%s\n' "$(openssl passwd -apr1 $password)" >"$work/htpasswd"
(umask 077 && printf '%s\n' $password >"$work/password")
user=
[ "$(id -u)" -ne 0 ] || user="user root;"
cat >"$work/nginx.conf" <<END
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
			dav_methods PUT DELETE MOVE MKCOL;
			create_full_put_path on;
			client_max_body_size 64m;
			auth_basic yugao;
			auth_basic_user_file $work/htpasswd;
		}
	}
}
END
nginx -c "$work/nginx.conf" -p "$work/nginx" 2>>"$work/error.log" &
pids="$pids $!"
url=http://127.0.0.1:$port/calendar/
ok "nginx starts" until_file "$work/nginx.pid"
mkdir "$work/office"
office "$work/office"
cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "http-put", "url": "$url", "required": true,
  "allow_private": true, "auth": { "kind": "basic", "user": "yugao",
  "secret": { "file": "$work/password" } } }
END
run() {
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" run \
	    >"$work/out" 2>&1
}
bytes() {
	(cd "$1" && find . -type f -exec sha256sum {} + | sort)
}
run $now
is "the first run ends well" $? 0
is "nginx has the tree" "$(bytes "$work/www")" \
    "$(bytes "$work/office/state/public/")"
before=$(wc -l <"$work/access.log")
run $now
is "the second run ends well" $? 0
is "and sends nothing" "$(wc -l <"$work/access.log")" "$before"
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" } ] }
END
run 2025-12-28T09:00:00+08:00
is "a move is delivered" "$? $(bytes "$work/www")" \
    "0 $(bytes "$work/office/state/public/")"
tail -n "+$((before + 1))" "$work/access.log" >"$work/asked"
is "each of its files was put once" \
    "$(grep -c '"PUT ' "$work/asked")" \
    "$(grep -o '"PUT [^ ]*' "$work/asked" | sort -u | wc -l)"
is "one of them was read back" \
    "$(grep -o '"GET [^ ]*' "$work/asked" | grep -c '/releases.ics$')" 1
is "and nothing else was asked" \
    "$(grep -cvE '"(PUT|GET) ' "$work/asked")" 0
is "every request was allowed" \
    "$(awk '$9 !~ /^20[0-9]$/' "$work/access.log")" ''
printf 'wrong\n' >"$work/password"
sed -i 's/10-29T10:00/10-30T10:00/' "$work/office/acts/cq-demo-2026.json"
run 2025-12-29T09:00:00+08:00
is "a wrong password is exit 5, not silence" $? 5
ok "and is told" grep -qE '401|密码|凭据|认证|密钥' "$work/out"
is "the password is nowhere" "$(grep -rl $password "$work/office" \
    "$work/out" "$work/error.log" "$work/access.log")" ''
printf '%s\n' $password >"$work/password"
"$bin/yugao" -c "$work/office/yugao.json" --now 2025-12-29T09:10:00+08:00 \
    push --portal portal >"$work/out" 2>&1
is "with the right one again, push delivers" \
    "$? $(bytes "$work/www")" "0 $(bytes "$work/office/state/public/")"

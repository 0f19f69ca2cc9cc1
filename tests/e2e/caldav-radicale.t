#!/bin/sh
# Pushing to Radicale: HTTP/1.0, passwords, whole answers to every question.
base=/yugao/
login='-u yugao:correct-horse-battery'
vdirsyncer_auth='username = "yugao"
password = "correct-horse-battery"'
start_server() {
	server_port=$(free_port)
	printf 'yugao:correct-horse-battery\n' >"$work/users"
	(umask 077 && echo correct-horse-battery >"$work/password")
	auth=", \"auth\": { \"kind\": \"basic\", \"user\": \"yugao\",
	    \"secret\": { \"file\": \"$work/password\" } }"
	cat >"$work/radicale.conf" <<END
[server]
hosts = 127.0.0.1:$server_port
[auth]
type = htpasswd
htpasswd_filename = $work/users
htpasswd_encryption = plain
delay = 0
[storage]
filesystem_folder = $work/calendars
END
	radicale --config "$work/radicale.conf" >"$work/server.log" 2>&1 &
	server=$!
	pids="$pids $server"
	until_answers "http://127.0.0.1:$server_port/"
}
# shellcheck source=tests/e2e/caldav.sh
. "$(dirname "$0")/caldav.sh"

printf 'wrong\n' >"$work/password"
an_act move cq-demo/logistics/2026-Q1 \
    ', "to": "2026-04-29T10:00", "at": "2025-12-30T10:00:00+08:00"'
run 2025-12-31T09:00:00+08:00
is "a wrong password is exit 5, not silence" $? 5
ok "and is told" grep -qE '401|密码|凭据|认证|密钥' "$work/out"
is "after one request" "$(wc -l <"$work/asked")" 2
is "the password is nowhere" "$(grep -rl correct-horse "$work/office" \
    "$work/out" "$work/asked" "$work/server.log")" ''
echo correct-horse-battery >"$work/password"
"$bin/yugao" -c "$work/office/yugao.json" --now 2025-12-31T09:10:00+08:00 \
    push --portal portal >"$work/out" 2>&1
is "with the right one again, push delivers" \
    "$? $(sequence_of "$q1")" "0 2"

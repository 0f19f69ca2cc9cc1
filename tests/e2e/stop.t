#!/bin/sh
# SIGTERM: at once, but while delivering after the requests in hand.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
start_portal "$work/www"
mkdir "$work/office"
office "$work/office"
yugao() {
	exec "$bin/yugao" -c "$work/office/yugao.json" \
	    --now 2025-12-26T13:58:00+08:00 "$@"
}
# ended PID: whether it is gone within ten seconds; sets $status
ended() {
	tries=0
	while kill -0 "$1" 2>/dev/null; do
		tries=$((tries + 1))
		[ "$tries" -le 100 ] || return 1
		sleep 0.1
	done
	wait "$1"
	status=$?
}

mkfifo "$work/feed"
yugao lint - <"$work/feed" >"$work/out" 2>&1 &
pid=$!
exec 3>"$work/feed"
kill "$pid"
ended "$pid"
is "a program that reads is ended by SIGTERM at once" "$status" 143
exec 3>&-

# The portal takes connections and does not answer.
kill -STOP "$portal"
yugao run >"$work/out" 2>&1 &
pid=$!
socket=$(printf '0100007F:[0-9A-F]{4} 0100007F:%04X 01' "$port")
tries=0
until grep -qE "$socket" /proc/net/tcp || [ "$tries" -gt 200 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
ok "it is delivering" grep -qE "$socket" /proc/net/tcp
kill "$pid"
ok "it waits for the answers to what it sent" kill -0 "$pid"
kill -CONT "$portal"
ended "$pid"
is "and ends with what is left in the queue" "$status" 5
ok "what was in hand has arrived" \
    sh -c "[ \$(find '$work/www' -type f | wc -l) -ge 1 ]"
(yugao -q push) >"$work/out" 2>&1
is "the next push delivers the rest" "$? $(cat "$work/out")" '0 '
ok "and the portal has all" diff -r -x .upload "$work/office/state/public/" "$work/www"

rm -rf "$work/office/state" "$work/www"
mkdir "$work/www"
kill -STOP "$portal"
yugao run >"$work/out" 2>&1 &
pid=$!
tries=0
until grep -qE "$socket" /proc/net/tcp || [ "$tries" -gt 200 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
kill "$pid"
tries=0
while kill "$pid" 2>/dev/null && [ "$tries" -le 100 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
ended "$pid"
is "the signal again ends it at once" "$status" 143
kill -CONT "$portal"

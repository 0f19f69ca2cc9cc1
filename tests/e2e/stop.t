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

# Publishing is ended at once, at whatever it does, and the next run is whole.
rm -rf "$work/office/state" "$work/www"
mkdir "$work/www"
(yugao -q publish --yes) >"$work/out" 2>&1
cp -R "$work/office/state/public/" "$work/expected"
rm -rf "$work/office/state"
yugao publish --yes >"$work/out" 2>&1 &
pid=$!
tries=0
until [ -d "$work/office/state/trees" ] || [ "$tries" -gt 300 ]; do
	tries=$((tries + 1))
	sleep 0.01
done
kill "$pid" 2>/dev/null
ended "$pid"
ok "publish is ended by SIGTERM at once" \
    sh -c "[ $status -eq 143 ] || [ $status -eq 0 ]"
(yugao -q publish --yes) >"$work/out" 2>&1
is "and the next one says it all" "$? $(cat "$work/out")" '0 '
ok "as one that nothing disturbed" \
    diff -r "$work/expected" "$work/office/state/public/"

# The time limit: nothing new after it, and what is in hand is finished.
for limit in 0 -1 1.5 x 86401 99999999999 ''; do
	(yugao push --time-limit "$limit") >"$work/out" 2>&1
	is "--time-limit '$limit' is refused" \
	    "$? $(grep -c -- '86400' "$work/out")" '2 1'
done
sed -i 's/"timeout": 30/"timeout": 7/' "$work/office/portals/portal.json"
kill -STOP "$portal"
begun=$(date +%s)
(yugao -q --time-limit 1 push) >"$work/out" 2>&1
is "a push ends by its limit and the portal's timeout" "$?" 5
took=$(($(date +%s) - begun))
ok "it has waited for what was in hand ($took s)" [ "$took" -ge 6 ]
kill -CONT "$portal"
(yugao -q --time-limit 600 --now 2025-12-26T14:58:00+08:00 push) \
    >"$work/out" 2>&1
is "one with time enough delivers the rest" "$? $(cat "$work/out")" '0 '
ok "and the portal has all of it" \
    diff -r -x .upload "$work/office/state/public/" "$work/www"

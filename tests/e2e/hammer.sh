# Readers hammer yugao-portal and nginx while the office publishes: sourced by
# hammer.t and hammer.long, which set $publishes, $gets (of each server) and $pause (of a
# reader, in microseconds).
# shellcheck shell=sh
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
: "${publishes:?} ${gets:?} ${pause:?}"
public=$work/office/state/public
paths='releases.ics en/releases.ics releases.json changes.atom index.html
en/releases/d/grain/2026/index.html series/d/grain/releases.ics
releases/d/grain/2026/release.ics'
drive() { # first end
	# shellcheck disable=SC2086 # a list of paths
	/usr/bin/python3 "$root/tests/e2e/hammer.py" publish "$bin/yugao" \
	    "$work/office" "$1" "$2" "$work/log" $paths
}
ok "an office publishes" drive 0 1
ok "yugao-portal serves it" start_portal "$public" --per-address 0
ok "nginx serves it" start_nginx "$work/nginx" "$public"
hammers=
for server in "portal $port" "nginx $nginx_port"; do
	# shellcheck disable=SC2086 # a list of paths
	"$bin/tests/hammer" 127.0.0.1 "${server#* }" /calendar/ 2 "$gets" \
	    "$pause" "$work/seen.${server% *}" $paths &
	hammers="$hammers $!"
	pids="$pids $!"
done
ok "$publishes publishes under the eyes of readers" drive 1 $((publishes + 1))
for pid in $hammers; do
	kill "$pid"
	wait "$pid"
	is "the readers came to their end" $? 0
done
for server in portal nginx; do
	is "$server: no torn file, no stale twin, no late 304" \
	    "$(/usr/bin/python3 "$root/tests/e2e/hammer.py" judge "$work/log" \
	        "$work/seen.$server" 8 2>"$work/judged" | tee "$work/said" |
	        grep -v '^# ')" ''
	grep '^# ' "$work/said"
	ok "$server: at least $gets answers" test \
	    "$(sed -n 's/^# gets //p' "$work/judged")" -ge "$gets"
done

#!/bin/sh
# Many at once: fifty runs of which one works, and portals that hang beside
# portals that do not.  CROWD=long makes them 20 hanging ones of 200.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
now=2025-12-26T13:58:00+08:00
start_portal "$work/www" --per-address 0
mkdir "$work/office"
office "$work/office"
rm "$work/office/plans/nbs-2026.json"
jq '.site = false' "$work/office/yugao.json" >"$work/new" &&
    mv "$work/new" "$work/office/yugao.json"
count() { # lines of a file that are just this
	grep -cx "$2" "$1"
}
# poll COMMAND …: until it holds, at most two minutes
poll() {
	tries=0
	until "$@"; do
		tries=$((tries + 1))
		[ "$tries" -le 1200 ] || return 1
		sleep 0.1
	done
}

# The portal does not answer: who works stays, and all have come meanwhile.
kill -STOP "$portal"
i=0
: >"$work/ends"
while [ "$i" -lt 50 ]; do
	i=$((i + 1))
	(
		"$bin/yugao" -c "$work/office/yugao.json" --lang en \
		    --now "$now" -q run >"$work/out.$i" 2>&1
		echo $? >>"$work/ends"
	) &
	runs="${runs-} $!"
done
all_but_one() {
	[ "$(wc -l <"$work/ends")" -ge 49 ]
}
ok "of 50 runs that start at once, 49 do not stay" poll all_but_one
is "they leave with exit 6" "$(count "$work/ends" 6)" 49
is "and say who is working" \
    "$(cat "$work"/out.* | grep -c 'another run is working')" 49
kill -CONT "$portal"
for pid in $runs; do
	wait "$pid"
done
is "the one that works ends well" "$(count "$work/ends" 0)" 1
files=$(find "$work/office/state/public/" -type f | wc -l)
ok "the portal has all" \
    diff -r -x .upload "$work/office/state/public/" "$work/www"
is "each file was sent once" "$(requests | jq .PUT)" "$files"
is "and each thing was said once" "$(sqlite3 "$work/office/state/yugao.db" \
    'SELECT count(release) - count(DISTINCT release) FROM entry')" 0
before=$(requests | jq .requests)
"$bin/yugao" -c "$work/office/yugao.json" --now "$now" -q run
is "the next run asks the portal nothing" \
    "$? $(($(requests | jq .requests) - before))" "0 0"

# Of many portals some take a connection and never answer.
case ${CROWD-} in
long) all=200 hanging=20 ;;
*) all=40 hanging=4 ;;
esac
live=$portal
liveport=$port
port=0
start_portal "$work/never" --per-address 0
dead=$portal
deadport=$port
kill -STOP "$dead"
rm "$work/office/portals/portal.json"
i=0
while [ "$i" -lt "$all" ]; do
	at=$liveport
	[ $((i % (all / hanging))) -ne 0 ] || at=$deadport
	jq -n --arg url "http://127.0.0.1:$at/calendar/p$i/" \
	    --arg id "p$i" --arg token "$work/token" '
	    { id: $id, kind: "http-put", url: $url, allow_private: true,
	      auth: { kind: "bearer", secret: { file: $token } },
	      feeds: ["releases.ics", "en/releases.ics", "releases.json"],
	      connections: 2, timeout: 20, connect_timeout: 20 }' \
	    >"$work/office/portals/p$i.json"
	i=$((i + 1))
done
rm -rf "$work/office/state"
begun=$(date +%s)
"$bin/yugao" -c "$work/office/yugao.json" --lang en --now "$now" -q run \
    >"$work/out" 2>&1
is "a run whose portals hang ends with what is queued" "$?" 5
echo "# $all portals, $hanging of them hang: $(($(date +%s) - begun)) s"
i=0
lacking=
while [ "$i" -lt "$all" ]; do
	for file in releases.ics en/releases.ics releases.json; do
		[ $((i % (all / hanging))) -eq 0 ] ||
		    cmp -s "$work/office/state/public/$file" \
		        "$work/www/p$i/$file" || lacking="$lacking $i"
	done
	i=$((i + 1))
done
is "all $((all - hanging)) that do not are served" "$lacking" ''
is "and of the others it says that they did not answer" \
    "$(grep -c 'did not answer' "$work/out")" "$hanging"
is "each of them was asked once" "$(sqlite3 "$work/office/state/yugao.db" \
    "SELECT max(n), count(*) FROM (SELECT count(*) AS n FROM attempt
     JOIN message ON message.id = message WHERE attempt.status = 0
     GROUP BY portal)" | tr '|' ' ')" "1 $hanging"
kill -CONT "$dead"
portal=$live

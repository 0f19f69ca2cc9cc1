#!/bin/sh
# The whole way: plans, ledger, tree, portal, and readers of the feed.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
now=2025-12-26T13:58:00+08:00
start_portal "$work/www"
mkdir "$work/office"
office "$work/office"
yugao() {
	"$bin/yugao" -c "$work/office/yugao.json" "$@"
}
run() { # instant
	yugao --now "$1" run
}
sums() { # folder: bytes, inode and mtime of each file
	(cd "$1" && find . -type f -printf '%p %T@ %i ' \
	    -exec sha256sum {} \; | sort)
}
bytes() { # folder: only the bytes
	(cd "$1" && find . -type f -exec sha256sum {} + | sort)
}
# Adds up the "ok" lines of another program's TAP.
include() {
	"$@" >"$work/tap" 2>&1
	complaints=$(grep '^#' "$work/tap")
	ok "${2##*/} tests something" grep -q '^ok' "$work/tap"
	while read -r word rest; do
		case $word in
		ok) is "${rest#* - }" ok ok ;;
		not) is "${rest#* - }" "$complaints" ok ;;
		esac
	done <"$work/tap"
}

run "$now" >"$work/out" 2>&1
is "the first run ends well" $? 0
for lang in '' en/; do
	include /usr/bin/python3 "$root/tests/e2e/readers.py" \
	    "$work/www/${lang}releases.ics" \
	    "$work/www/${lang}releases.json" \
	    "$root/tests/data/schedules/nbs-2026.json"
	include node "$root/tests/e2e/readers.mjs" \
	    "$work/www/${lang}releases.ics" \
	    "$work/www/${lang}releases.json" \
	    "$root/config/schema/releases.json"
done
manifests() { # FILTER: over the public manifests
	(cd "$work/office/state/public/" &&
	    jq -r ".files[] | $1" manifest.json manifest/*/*.json)
}
manifests '.sha256 + "  " + .path' >"$work/digests"
is "the manifests name every file but the first of them" \
    "$(manifests .path | sort)" \
    "$(cd "$work/office/state/public/" && find . -type f -printf '%P\n' |
        grep -vx manifest.json | sort)"
is "with its digest" "$(cd "$work/office/state/public/" &&
    sha256sum --check --quiet "$work/digests" 2>&1)" ''
is "the portal has the tree" "$(bytes "$work/www")" \
    "$(bytes "$work/office/state/public/")"
for feed in releases.ics en/releases.ics departments/nbs/releases.ics; do
	ok "our own lint finds nothing in $feed" \
	    sh -c "[ -z \"\$('$bin/yugao' -q lint '$work/www/$feed')\" ]"
done
is "no line of a feed is over 75 octets" "$(find "$work/www" -name '*.ics' \
    -exec awk 'length($0) > 76' {} + | LC_ALL=C head -n 1)" ''
is "no CR CR LF" "$(grep -rlP --exclude='*.gz' '\r\r' "$work/www")" ''

# What is closed leaves no trace.
canary=$(jq -r '.series[] | select(.class != "public") | .id' \
    "$root/config/demo/plans/cq-demo-2026.json" | head -n 1)
ok "there is something closed to look for" [ -n "$canary" ]
yugao --now "$now" log >"$work/log"
curl -s -D "$work/headers" -o /dev/null "${url}releases.ics"
yugao --now "$now" -v status >"$work/status"
is "nothing closed is in a public file, header, log or output" \
    "$(grep -rliE 'canary|金丝雀' "$work/www" "$work/office/state/public/" \
        "$work/log" "$work/headers" "$work/out" "$work/status")" ''
is "nor in a name" "$(find "$work/www" "$work/office/state" \
    -iname '*canary*')" ''

# A second run over the same inputs says nothing.
before=$(requests)
tree=$(sums "$work/office/state/public/")
yugao --now "$now" -q run >"$work/out" 2>&1
is "a second run ends well, in silence" "$? $(cat "$work/out")" '0 '
is "it sends no request" "$(requests)" "$before"
is "it changes no byte, inode or mtime" \
    "$(sums "$work/office/state/public/")" "$tree"
is "its diff is empty" "$(yugao --now "$now" --json diff |
    jq '.changes | length')" 0
is "also a day later" "$(yugao --now 2025-12-27T13:58:00+08:00 --json diff |
    jq '.changes | length')" 0

# The zone and the locale of the process change no byte.
for zone in America/New_York Asia/Kathmandu UTC; do
	rm -rf "$work/other"
	mkdir "$work/other"
	office "$work/other"
	rm "$work/other/portals/portal.json"
	TZ=$zone LC_ALL=C "$bin/yugao" -c "$work/other/yugao.json" \
	    --now "$now" -q run
	is "the same bytes with TZ=$zone" \
	    "$(bytes "$work/other/state/public/")" \
	    "$(bytes "$work/office/state/public/")"
done

# One release moves by an act.
release=cq-demo/logistics/2026-Q3
uid=$(jq -r --arg r "$release" \
    '.releases[] | select(.release == $r) | .id' "$work/www/releases.json")
etag=$(curl -sI "${url}releases.ics" | tr -d '\r' | sed -n 's/^ETag: //Ip')
poll() {
	curl -s -o /dev/null -D "$work/headers" -w '%{http_code}' \
	    -H "If-None-Match: $etag" "${url}releases.ics"
}
is "a polling client gets 304" "$(poll)" 304
acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["$release"], "to": "2026-12-24T15:30",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-29T10:00:00+08:00" } ] }
END
puts=$(requests | jq .PUT)
bytes "$work/www" >"$work/before"
run 2025-12-30T09:00:00+08:00 >"$work/out" 2>&1
is "the run with the act ends well" $? 0
is "there is one PUT for each file that it changes, and for no other" \
    "$(($(requests | jq .PUT) - puts))" \
    "$(bytes "$work/www" | comm -13 "$work/before" - | wc -l)"
is "the client gets one 200" "$(poll)" 200
etag=$(tr -d '\r' <"$work/headers" | sed -n 's/^ETag: //Ip')
is "and then 304" "$(poll)" 304
jq -c --arg r "$release" '.releases[] | select(.release == $r) |
    [.id, .sequence, .start]' "$work/www/releases.json" >"$work/moved"
is "the same UID, SEQUENCE 1, the new time" "$(cat "$work/moved")" \
    "[\"$uid\",1,\"2026-12-24T07:30:00Z\"]"
is "every other release keeps SEQUENCE 0" "$(jq --arg r "$release" \
    '[.releases[] | select(.release != $r and .sequence != 0)] | length' \
    "$work/www/releases.json")" 0
is "nothing more to say" "$(yugao --now 2025-12-30T09:00:00+08:00 \
    --json diff | jq '.changes | length')" 0

# What was reviewed is what is said, or nothing.
sed -i 's/15:30/16:30/' "$work/office/acts/cq-demo-2026.json"
yugao --now 2026-01-06T09:00:00+08:00 diff --save "$work/review" >/dev/null
sed -i 's/16:30/17:30/' "$work/office/acts/cq-demo-2026.json"
yugao --now 2026-01-06T09:05:00+08:00 publish "$work/review" >/dev/null 2>&1
is "another difference than the reviewed one is refused" $? 2
sed -i 's/17:30/16:30/' "$work/office/acts/cq-demo-2026.json"
yugao --now 2026-01-06T09:06:00+08:00 publish "$work/review" >/dev/null 2>&1
is "the reviewed one is published" $? 0
is "SEQUENCE grew by one" "$(jq --arg r "$release" '.releases[] |
    select(.release == $r) | .sequence' \
    "$work/office/state/public/releases.json")" 2
yugao --now 2026-01-06T09:07:00+08:00 -q push
is "push alone delivers it" "$(bytes "$work/www")" \
    "$(bytes "$work/office/state/public/")"

# The portal is down for a while.
stop_portal
sed -i 's/16:30/17:00/' "$work/office/acts/cq-demo-2026.json"
run 2026-01-07T09:00:00+08:00 >"$work/out" 2>&1
is "with the portal down, run ends with 5" $? 5
start_portal "$work/www"
run 2026-01-07T09:10:00+08:00 >"$work/out" 2>&1
is "the next run delivers" $? 0
is "the portal ends as if nothing had happened" "$(bytes "$work/www")" \
    "$(bytes "$work/office/state/public/")"

# Cancelled: visible, not gone.
cat >"$work/act.jq" <<'END'
.acts += [{ act: "cancel", releases: [$r], role: "stat_head",
  reason: "示例：该项调查本期不再开展", at: "2026-01-08T09:00:00+08:00" }]
END
jq --arg r "$release" -f "$work/act.jq" \
    "$work/office/acts/cq-demo-2026.json" >"$work/acts.new"
cp "$work/acts.new" "$work/office/acts/cq-demo-2026.json"
run 2026-01-08T09:01:00+08:00 >"$work/out" 2>&1
is "a cancellation is published" $? 0
is "it stays in the feed, marked in the title" \
    "$(jq -r --arg r "$release" '.releases[] | select(.release == $r) |
        .status + " " + (.title | startswith("【取消】") | tostring)' \
        "$work/www/releases.json")" "cancelled true"

# Nothing said disappears silently.
cp "$work/office/plans/cq-demo-2026.json" "$work/plan.json"
jq 'del(.series[] | select(.id == "logistics"))' "$work/plan.json" \
    >"$work/office/plans/cq-demo-2026.json"
run 2026-01-09T09:00:00+08:00 >"$work/out" 2>&1
is "a release gone from its plan is an error" $? 2
ok "which names the act to write" grep -q 'acts/cq-demo-2026.json' "$work/out"
is "and the feed stays as it was" "$(bytes "$work/www")" \
    "$(bytes "$work/office/state/public/")"
cp "$work/plan.json" "$work/office/plans/cq-demo-2026.json"

# Two at once.
flock -o "$work/office/state/lock" sleep 5 &
pids="$pids $!"
tries=0
while flock -n "$work/office/state/lock" true && [ $tries -lt 50 ]; do
	tries=$((tries + 1))
	sleep 0.1
done
run 2026-01-10T09:00:00+08:00 >"$work/out" 2>&1
is "another run leaves with 6" $? 6
kill $!
wait $! 2>/dev/null

# A new year is an edition.
run 2027-01-01T00:10:00+08:00 >"$work/out" 2>&1
is "the first run of a year moves the edge by an edition" \
    "$(yugao --json log | jq -s '[.[] | select(.kind == "edition")] |
        length')" 3
is "and the same run again says nothing" \
    "$(yugao --now 2027-01-02T00:10:00+08:00 --json diff |
        jq '.changes | length')" 0
is "the secret is in no output, log or database" "$(grep -rl \
    0123456789abcdef0123456789abcdef "$work/office" "$work/out" \
    "$work/www" "$work/log")" ''

# Another name of the office changes the feeds though nothing is said.
sed -i 's/Statistics release calendar (example)/Release calendar (example)/' \
    "$work/office/yugao.json"
run 2027-01-03T00:10:00+08:00 >"$work/out" 2>&1
is "a new name of the office reaches the feed" \
    "$(grep -c '^NAME:Release calendar' "$work/www/en/releases.ics")" 1
is "and says nothing" "$(yugao --json log | jq -s '[.[] |
    select(.at >= "2027-01-02")] | length')" 0
rm -rf "$work/office/state/trees" "$work/office/state/public"
run 2027-01-03T00:20:00+08:00 >"$work/out" 2>&1
is "a tree that is lost is made again, byte for byte" \
    "$(bytes "$work/office/state/public/")" "$(bytes "$work/www")"

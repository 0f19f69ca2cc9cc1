#!/bin/sh
# Strangers read every feed, of every kind and in both languages, and see what
# the ledger says; and values as wild as they come.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
LC_ALL=C.UTF-8
export LC_ALL
url=http://127.0.0.1:1/calendar/
readers=$root/tests/e2e/readers.d
mkdir "$work/office"
office "$work/office"
rm "$work/office/portals/portal.json"
jq '.districts = { "500000": { zh: "重庆市", en: "Chongqing" } }' \
    "$work/office/yugao.json" >"$work/yugao.json" &&
    mv "$work/yugao.json" "$work/office/yugao.json"
yugao() {
	"$bin/yugao" -c "$work/office/yugao.json" "$@"
}
read_with() { # READER FILE …
	case $1 in
	ruby-icalendar) shift && ruby "$readers/read.rb" "$@" ;;
	ical.js | node-ical) node "$readers/read.mjs" "$@" ;;
	*) /usr/bin/python3 "$readers/read.py" "$@" ;;
	esac
}
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
all="icalendar vobject ruby-icalendar ical.js node-ical"

# Moved, postponed and cancelled ones among them, and a year in the archive.
yugao --now 2025-12-26T13:58:00+08:00 -q run
is "it is published" $? 0
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-12-24T15:30", "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-29T10:00:00+08:00" },
  { "act": "postpone", "releases": ["cq-demo/freight/2026-08"],
    "due": "2026-10-30", "reason": "示例：来源单位报送推迟",
    "role": "stat_head", "at": "2025-12-29T10:01:00+08:00" },
  { "act": "cancel", "releases": ["cq-demo/freight/2026-09"],
    "reason": "示例：该项调查本期不再开展", "role": "stat_head",
    "at": "2025-12-29T10:02:00+08:00" } ] }
END
yugao --now 2025-12-30T09:00:00+08:00 -q run >"$work/out" 2>&1
is "three releases were moved, postponed and cancelled" \
    "$(yugao --json log | jq -s -c '[.[] | .kind | select(. == "moved-later"
        or . == "postponed" or . == "cancelled")] | sort')" \
    '["cancelled","moved-later","postponed"]'
# Something said half a year later: a clock a year ahead would be refused.
jq '.acts += [{ act: "cancel", releases: ["cq-demo/freight/2026-10"],
    reason: "示例：该项调查本期不再开展", role: "stat_head",
    at: "2026-06-30T10:00:00+08:00" }]' \
    "$work/office/acts/cq-demo-2026.json" >"$work/acts.new" &&
    mv "$work/acts.new" "$work/office/acts/cq-demo-2026.json"
yugao --now 2026-07-01T09:00:00+08:00 -q run >"$work/out" 2>&1
yugao --now 2027-01-01T00:10:00+08:00 -q run >"$work/out" 2>&1
is "a year is in the archive" \
    "$(find "$work/office/state/public/archive" -name '*.ics' | wc -l)" 1
yugao --now 2027-01-01T00:10:00+08:00 --json log --view >"$work/ledger"
find "$work/office/state/public/" -name '*.ics' | sort >"$work/all"
grep -v /releases/ "$work/all" >"$work/feeds"
for reader in $all; do
	# What is one release's has LINK, which ruby-icalendar refuses.
	files=$work/all
	[ "$reader" != ruby-icalendar ] || files=$work/feeds
	# shellcheck disable=SC2046 # no name has a space
	read_with "$reader" $(cat "$files") >"$work/$reader" 2>"$work/errors"
	is "$reader reads without complaint" \
	    "$? $(grep -vi warning "$work/errors" | head -n 3)" '0 '
done
include python3 "$readers/compare.py" "$work/ledger" \
    "$work/office/state/public" \
    "icalendar=$work/icalendar" "vobject=$work/vobject" \
    "ruby-icalendar=$work/ruby-icalendar" "ical.js=$work/ical.js" \
    "node-ical=$work/node-ical"

# calcurse keeps what it understands: as many, and at the same minute.
mkdir "$work/calcurse"
feed=$work/office/state/public/releases.ics
TZ=Asia/Shanghai calcurse -q -D "$work/calcurse" -i "$feed" \
    >"$work/out" 2>&1
is "calcurse takes every event" \
    "$(wc -l <"$work/calcurse/apts")" "$(grep -c '^BEGIN:VEVENT' "$feed")"
is "and shows March's consumer prices at half past nine in Beijing" \
    "$(TZ=Asia/Shanghai calcurse -D "$work/calcurse" -Q --filter-type cal \
        --from 03/09/2026 --days 1 2>&1 | grep -A1 -e '- 09:30' |
        grep -c '居民消费价格指数月度报告')" 1

# Values as wild as they come.
ok "a sample of wild values is made" \
    "$bin/tests/test_artifact_random" --sample "$work"
cat >"$work/wild.jq" <<'END'
[inputs | { key: .uid, value: [.title, .description] }] | from_entries
END
want=$(jq -n -S -f "$work/wild.jq" "$work/sample.jsonl" | sha256sum)
for reader in $all; do
	read_with "$reader" "$work/sample.ics" >"$work/wild" 2>"$work/errors"
	is "$reader reads every one as it was" \
	    "$(jq -n -S -f "$work/wild.jq" "$work/wild" | sha256sum)" "$want"
done
"$bin/yugao" -q lint "$work/sample.ics" >"$work/out"
is "our own lint finds no more than hints in them" $? 0

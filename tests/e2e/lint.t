#!/bin/sh
# `yugao lint` of addresses, of two editions, and of feeds that would steer a
# terminal; and of every feed that we publish ourselves.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:9/
: >"$work/token"
mkdir "$work/office"
office "$work/office"
rm -f "$work"/office/portals/*
now=2025-12-26T13:58:00+08:00
"$bin/yugao" -c "$work/office/yugao.json" --now $now -q publish --yes \
    >/dev/null 2>&1
tree=$work/office/state/public
feeds=$(find "$tree/" -name '*.ics' | sort)
ok "feeds were published" [ "$(echo "$feeds" | wc -l)" -ge 6 ]
for feed in $feeds; do
	is "nothing is found in our ${feed#"$tree/"}" \
	    "$("$bin/yugao" -q lint "$feed" 2>&1; echo $?)" 0
done
cp -R "$tree/" "$work/before"

/usr/bin/python3 "$root/tests/e2e/feeds.py" "$tree/releases.ics" \
    "$work/port" 2>"$work/server.log" &
pids="$pids $!"
until_file "$work/port" || exit 1
at=127.0.0.1:$(cat "$work/port")
yugao() {
	"$bin/yugao" --lang en "$@" >"$work/out" 2>"$work/err"
	echo $?
}
rules() {
	jq -r '.findings[].rule' "$work/out" | sort | tr '\n' ' '
}
is "a feed at an address is read" "$(yugao -q lint "http://$at/feed.ics")" 0
is "and is as good as the file" "$(cat "$work/out" "$work/err")" ''
is "webcal: is http, if there is no TLS" \
    "$(yugao -q lint "webcal://$at/feed.ics")" 0
is "what is packed is unpacked" "$(yugao -q lint "http://$at/gzip")" 0
is "five redirects are followed" "$(yugao -q lint "http://$at/hop/5")" 0
is "six are not" "$(yugao lint "http://$at/hop/6")" 1
ok "which is told" grep -q 'redirected too often' "$work/err"
is "none leads to a file" "$(yugao lint "http://$at/to-file")" 1
ok "which is told" grep -q 'is not an http' "$work/err"
is "none to the machine's secrets" "$(yugao lint "http://$at/to-metadata")" 1
ok "which is told" grep -q 'reserved address' "$work/err"
is "a part of a feed is none" "$(yugao lint "http://$at/truncated")" 1
ok "which is told" grep -q 'not transferred whole' "$work/err"
is "nor is an error's page" "$(yugao lint "http://$at/nothing")" 1
ok "which is told with its status" grep -q 'status 404' "$work/err"
is "what unpacks without end is given up" "$(yugao lint "http://$at/bomb")" 1
ok "which is told" grep -q 'larger than what is read' "$work/err"
is "nothing listens there" "$(yugao lint http://127.0.0.1:1/)" 1
is "a name and password are refused" "$(yugao lint "http://a:b@$at/")" 1
is "a wrong type is found" "$(yugao --json lint "http://$at/plain")" 2
is "by its rules" "$(rules)" 'http-content-type http-validator '
is "a missing charset as well" "$(yugao --json lint "http://$at/charset")" 2
is "by its rule" "$(rules)" 'http-charset http-validator '
is "what a hostile server says is shown" \
    "$(yugao --color always lint "http://$at/hostile")" 2
is "without its escapes" "$(grep -c ']0;' "$work/out")-$(grep -cP \
    '\x1b\]|\x07' "$work/out")" 1-0

# Two editions.
is "an edition is like itself" "$(yugao -q lint --compare \
    "$tree/releases.ics" "http://$at/feed.ics")" 0
cat >"$work/act.json" <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" },
  { "act": "cancel", "releases": ["cq-demo/logistics/2026-Q2"],
    "reason": "示例：调查制度调整，本期不再发布",
    "reason_code": "other", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" } ] }
END
acts <"$work/act.json"
"$bin/yugao" -c "$work/office/yugao.json" --now 2025-12-28T09:00:00+08:00 \
    -q publish --yes >"$work/out" 2>&1
ok "something was moved and cancelled" \
    grep -q 'STATUS:CANCELLED' "$tree/releases.ics"
for feed in $feeds; do
	is "our ${feed#"$tree/"} may follow its last edition" \
	    "$("$bin/yugao" -q --now $now lint --compare \
	    "$work/before/${feed#"$tree/"}" "$feed" 2>&1; echo $?)" 0
done
is "the other way round it may not" "$(yugao --json --now $now lint \
    --compare "$tree/releases.ics" "$work/before/releases.ics")" 2
is "by its rules" "$(rules | tr ' ' '\n' | sed '/^$/d' | sort -u | tr '\n' ' ')" \
    'compare-sequence-fell compare-stamp-back compare-uncancelled '
awk '/^BEGIN:VEVENT/ { n++ } n != 3 || /^END:VCALENDAR/; /^END:VEVENT/ && \
    n == 3 { n = 1000 }' "$tree/releases.ics" >"$work/less.ics"
is "an event that vanished is found" "$(yugao --now $now lint --compare \
    "$tree/releases.ics" "$work/less.ics")" 2
is "with its place in the old edition" \
    "$(grep -c 'less.ics:1:1: error: .*old edition: .*:[0-9]*:1)' \
    "$work/out")" 1
is "only one feed is compared" \
    "$(yugao lint --compare "$work/less.ics" a.ics b.ics)" 2
is "standard input is one edition only" "$(yugao lint --compare - -)" 2

# A feed may not steer the terminal of who looks at it.
esc=$(printf '\033')
bell=$(printf '\007')
rlo=$(printf '\342\200\256')
csi=$(printf '\302\233')
cat >"$work/hostile.ics" <<END
BEGIN:${esc}[2J
X${esc}]0;owned${bell}:y
BEGIN:VCALENDAR
STATUS:${esc}[31m${rlo}txt.exe${csi}5n
DTSTART;TZID=${esc}c:20260101T000000
DTSTART;VALUE=${esc}[1m:${esc}[1m
BEGIN:VEVENT
UID:${esc}[8m
DURATION:${rlo}PT
END:VEVENT
END:VCALENDAR
END
cp "$work/hostile.ics" "$work/a${esc}[31m.ics"
for lang in zh en; do
	"$bin/yugao" --lang $lang --color never -v lint "$work/hostile.ics" \
	    "$work/a${esc}[31m.ics" >"$work/out" 2>&1
	"$bin/yugao" --lang $lang --color never lint --compare \
	    "$work/hostile.ics" "$work/hostile.ics" >>"$work/out" 2>&1
	"$bin/yugao" --lang $lang --color never lint --compare \
	    "$work/a${esc}[31m.ics" "$work/less.ics" >>"$work/out" 2>&1
	is "a hostile feed is inert in $lang" "$(LC_ALL=C grep -cP \
	    '[\x00-\x08\x0b-\x1f\x7f]|\xe2\x80\xae|\xc2[\x80-\x9f]' \
	    "$work/out")" 0
	ok "and was told of" grep -q 'u001b' "$work/out"
	"$bin/yugao" --lang $lang --json lint "$work/hostile.ics" \
	    >"$work/out" 2>&1
	ok "its JSON is JSON" jq -e .findings "$work/out"
	is "and inert" "$(LC_ALL=C grep -cP '[\x00-\x09\x0b-\x1f\x7f]' \
	    "$work/out")" 0
done

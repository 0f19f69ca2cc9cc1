#!/bin/sh
# The publish gate: what is served is not replaced by less.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:1/calendar/
(umask 077 && echo 0123456789abcdef0123456789abcdef >"$work/token")
mkdir "$work/office"
office "$work/office"
rm "$work/office/portals/portal.json"
yugao() {
	"$bin/yugao" -c "$work/office/yugao.json" "$@"
}
bytes() {
	(cd "$work/office/state/public/" && find . -type f \
	    -exec sha256sum {} + | sort)
}
# forge FILE SCRIPT: a served file, with size and time as they were
forge() {
	file=$work/office/state/public/$1
	cp -p "$file" "$work/stamp"
	sed "$2" "$work/stamp" >"$work/forged"
	rm "$file"
	cp "$work/forged" "$file"
	touch -r "$work/stamp" "$file"
}
move() { # TIME: one release, so that there is something to say
	acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-12-24T$1", "reason": "示例：上级部门推迟提供基础数据",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-29T10:00:00+08:00" } ] }
END
}
now=2025-12-26T13:58:00+08:00
yugao --now $now -q run
is "the first publish passes the gate" $? 0

# Events that the ledger does not know, as a defect could have published them.
forge releases.ics 's/^UID:nbs\.cpi\.2026-04@/UID:nbs.cpx.2026-04@/'
forge en/releases.ics '/^UID:nbs\.ppi\.2026-05@/,/^END/s/^SEQUENCE:0/SEQUENCE:7/'
bytes >"$work/before"
move 15:30
now=2025-12-30T09:00:00+08:00
yugao --now $now --lang en run >"$work/out" 2>"$work/err"
is "the run fails" $? 1
is "and names the UID that would be lost" \
    "$(grep -c 'public/releases.ics:[0-9]*: .*nbs.cpx.2026-04@' "$work/err")" 1
is "and the SEQUENCE that would fall" \
    "$(grep -c 'nbs.ppi.2026-05@.* from 7 to 0' "$work/err")" 1
is "nothing served has changed" "$(bytes | diff "$work/before" -)" ''
is "nothing was said" "$(yugao --json log | grep -c moved)" 0
ok "what was refused can be looked at" \
    "$bin/yugao" -q lint "$work/office/state/trees/refused/releases.ics"
is "the same in Chinese" "$(yugao --now $now --lang zh run 2>&1 |
    grep -c '会不经取消就消失')" 1

word=$(sed -n 's/.*--overrule \([0-9a-f]*\).*/\1/p' "$work/err")
yugao --now $now publish --yes --overrule 0000 >"$work/out" 2>&1
is "another word than that of the findings opens nothing" $? 1
yugao --now $now publish --yes --overrule "$word" >"$work/out" 2>&1
is "a person who has seen them may publish" $? 0
is "which the record keeps" "$(sqlite3 "$work/office/state/yugao.db" \
    "SELECT count(*) FROM record WHERE body LIKE '%\"overrule\":\"$word\"%'")" 1
is "and verify finds the evidence whole" \
    "$(yugao --now $now -q verify >"$work/out" 2>&1; echo $?)" 0
move 16:30
yugao --now 2025-12-31T09:00:00+08:00 -q run >"$work/out" 2>&1
is "the next run needs no word" $? 0

# A topic that most series leave.
topic=$(jq -r '.topics | keys[0]' "$work/office/yugao.json")
jq --arg t "$topic" 'del(.topics[$t])' "$work/office/yugao.json" \
    >"$work/yugao.json"
mv "$work/yugao.json" "$work/office/yugao.json"
for plan in "$work"/office/plans/*.json; do
	jq --arg t "$topic" '(.. | objects | select(has("topics")).topics) -=
	    [$t]' "$plan" >"$work/plan.json" && mv "$work/plan.json" "$plan"
done
yugao --now 2026-01-04T09:00:00+08:00 --lang en publish --yes \
    >"$work/out" 2>&1
is "a feed that all releases leave is not emptied unseen" "$(grep -c \
    "topics/$topic/releases.ics: .*would shrink from [0-9]* releases to 0" \
    "$work/out")" 2
jq '.gate = { shrink_percent: 100 }' "$work/office/yugao.json" \
    >"$work/yugao.json" && mv "$work/yugao.json" "$work/office/yugao.json"
yugao --now 2026-01-04T09:00:00+08:00 --lang en publish --yes \
    >"$work/out" 2>&1
is "unless the office says so" "$(grep -c 'would shrink' "$work/out")" 0
yugao --now 2027-01-01T00:10:00+08:00 -q run >"$work/out" 2>&1
is "a new year takes the oldest year along" \
    "$(grep -c 'would' "$work/out")" 0

#!/bin/sh
# What an act about a closed series shows, and acts that hit nothing.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:9/calendar/
closed=canary-secret-kestrel
mkdir "$work/office"
office "$work/office"
rm "$work/office/portals/portal.json"
plan=$work/office/plans/cq-demo-2026.json
jq --arg base $closed '.series += [{ id: "ppi", title: "出厂价格",
    frequency: "monthly", class: "public", time: "09:30",
    timing: { same_as: $base } }]' "$plan" >"$plan.new" &&
    mv "$plan.new" "$plan"
yugao() {
	now=$1
	shift
	"$bin/yugao" -c "$work/office/yugao.json" --now "$now" "$@"
}
decide() { # release at
	acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["$1"], "to": "2026-06-23T09:30",
    "reason": "金丝雀的理由", "document": "canary-7",
    "role": "responsible_leader", "at": "$2" }${3:-} ] }
END
}
# What follows a closed release needs a decision that can be told.
own=', { "act": "move", "releases": ["cq-demo/ppi/2026-05"],
    "to": "2026-06-23T09:30", "reason": "示例：来源单位报送推迟一天",
    "role": "stat_head", "at": "2026-03-02T05:06:07+08:00" }'
yugao 2025-12-26T13:00:00+08:00 --json draft acts >"$work/drafts"
jq '{ department: "cq-demo", year: 2025, acts: [.files[].acts[] |
    select(.act == "review") | .who = "示例审查人"] }' "$work/drafts" \
    >"$work/office/acts/cq-demo-2025.json"
is "what is closed is drafted for no review" \
    "$(grep -c canary "$work/drafts")" 0
yugao 2025-12-26T14:00:00+08:00 -q run >"$work/out" 2>&1
is "the first run ends well" $? 0

decide cq-demo/$closed/2026-05 2026-03-02T03:04:05+08:00
yugao 2026-03-03T08:00:00+08:00 run >"$work/said" 2>&1
is "what follows a closed series does not move without a reason" "$(jq -r \
    '.releases[] | select(.release == "cq-demo/ppi/2026-05") | .start' \
    "$work/office/state/public/releases.json")" 2026-06-22T01:30:00Z
decide cq-demo/$closed/2026-05 2026-03-02T03:04:05+08:00 "$own"
{
	for json in '' --json; do
		# shellcheck disable=SC2086
		yugao 2026-03-03T09:00:00+08:00 $json diff
		# shellcheck disable=SC2086
		yugao 2026-03-03T09:00:00+08:00 $json explain \
		    cq-demo/ppi/2026-05
	done
	yugao 2026-03-03T09:00:00+08:00 run
	yugao 2026-03-03T09:00:00+08:00 log cq-demo/ppi/2026-05
} >>"$work/said" 2>&1
is "it moves with a decision of its own" "$(jq -r '.releases[] |
    select(.release == "cq-demo/ppi/2026-05") | .start' \
    "$work/office/state/public/releases.json")" 2026-06-23T01:30:00Z
is "and nothing tells the act, nor the series" \
    "$(grep -rliE 'canary|金丝雀|03:04|19:04:05' \
        "$work/said" "$work/office/state/public/")" ''

# Every kind about a closed series, and a review of an open one: names and
# keys stay with the office, and the record has them as digests.
digest=$(printf '%064d' 7)
acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "review", "items": { "cq-demo/$closed/2026-05": "$digest",
      "cq-demo/$closed": "$digest", "cq-demo/freight/2026-06": "$digest" },
    "result": "pass", "who": "金丝雀审查人", "role": "reviewer",
    "document": "canary-8", "at": "2026-03-01T03:04:05+08:00" },
  { "act": "consult", "releases": ["cq-demo/$closed/2026-05"],
    "matter": "joint", "with": "金丝雀部门", "who": "金丝雀经办人",
    "role": "preparer", "at": "2026-03-01T03:04:05+08:00" },
  { "act": "postpone", "releases": ["cq-demo/$closed/2026-05"],
    "reason": "金丝雀的理由", "who": "金丝雀", "role": "stat_head",
    "at": "2026-03-01T03:04:05+08:00" },
  { "act": "reinstate", "releases": ["cq-demo/$closed/2026-05"],
    "to": "2026-06-23T09:30", "reason": "金丝雀的理由", "who": "金丝雀",
    "role": "stat_head", "at": "2026-03-01T03:04:05+08:00" },
  { "act": "withhold", "releases": ["cq-demo/$closed/2026-06"],
    "ground": "XXGK-14", "who": "金丝雀", "role": "stat_head",
    "at": "2026-03-01T03:04:05+08:00" }$own ] }
END
: >"$work/said"
for command in check diff 'explain cq-demo/ppi/2026-05' run log status; do
	# shellcheck disable=SC2086
	yugao 2026-03-03T09:30:00+08:00 $command >>"$work/said" 2>&1
done
is "what became of a closed release moves those that follow it" "$(jq -r \
    '.releases[] | select(.release == "cq-demo/ppi/2026-05") | .start' \
    "$work/office/state/public/releases.json")" 2026-06-23T01:30:00Z
is "no kind of act tells names, keys or reasons of what is closed" \
    "$(grep -riE 'canary|金丝雀|03:04|19:04:05' "$work/said" \
        "$work/office/state/public/")" ''
is "nor does the database keep them" "$(find "$work/office/state" \
    -name '*.db*' -exec grep -laE 'canary|金丝雀' {} +)" ''
database=$(find "$work/office/state" -name '*.db' | head -n 1)
key=$(printf %s "cq-demo/$closed/2026-06" | sha256sum | cut -c 1-64)
ok "but a digest of the key" grep -qa "$key" "$database"

sed 's/"role": "preparer"/"role": "spokesperson"/; s/"to"/"due"/' \
    "$work/office/acts/cq-demo-2026.json" >"$work/acts" &&
    mv "$work/acts" "$work/office/acts/cq-demo-2026.json"
yugao 2026-03-03T10:00:00+08:00 check >"$work/out" 2>&1
is "a member of another kind is wrong input" $? 2
ok "all mistakes are told" [ "$(grep -c 'cq-demo-2026.json:' "$work/out")" -ge 2 ]
is "and no name with them" "$(grep -cE 'canary|金丝雀' "$work/out")" 0

decide cq-demo/${closed}s/2026-05 2026-03-02T03:04:05+08:00
yugao 2026-03-04T09:00:00+08:00 run >"$work/out" 2>&1
is "an act that hits nothing is wrong input" $? 2
line=$(sed -n '/"act": "move"/=' "$work/office/acts/cq-demo-2026.json")
ok "it is told at its place" grep -q "cq-demo-2026.json:$((line - 1)):" \
    "$work/out"
is "without a word of the key" "$(grep -c canary "$work/out")" 0

decide cq-demo/freight/2026-05 2026-03-05T03:04:05+08:00
yugao 2026-03-04T09:00:00+08:00 run >"$work/out" 2>&1
is "an act of tomorrow is wrong input" $? 2
rm "$work/office/acts/cq-demo-2026.json"
yugao 2029-03-04T09:00:00+08:00 run >"$work/out" 2>&1
is "a clock that is years ahead is refused" $? 2
is "and no year is left out" \
    "$(find "$work/office/state/public/" -name "*2029*")" ""

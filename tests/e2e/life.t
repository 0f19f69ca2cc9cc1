#!/bin/sh
# The whole life of a release, from its plan to its result, by acts alone.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:9/calendar/
release=cq-demo/freight/2026-05
mkdir "$work/office" "$work/office/acts"
office "$work/office"
rm "$work/office/portals/portal.json"
acts=$work/office/acts/cq-demo-2026.json
plan=$work/office/plans/cq-demo-2026.json
jq '(.series[] | select(.id == "freight")).disclosure_control = true' \
    "$plan" >"$plan.new" && mv "$plan.new" "$plan"
yugao() {
	now=$1
	shift
	"$bin/yugao" -c "$work/office/yugao.json" --now "$now" "$@"
}
# act AT JSON: one more decision about the release
act() {
	[ -f "$acts" ] ||
	    echo '{ "department": "cq-demo", "year": 2026, "acts": [] }' >"$acts"
	jq --arg at "$1" --arg release "$release" --argjson act "$2" '.acts += [
	    { role: "stat_head", at: $at }
	    + (if $act.act == "review" then {} else
	        { releases: [$release], reason: "示例：来源单位报送推迟三天" } end)
	    + $act ]' "$acts" >"$acts.new" && mv "$acts.new" "$acts"
}
# withdraw: the last decision was none
withdraw() {
	jq '.acts |= .[:-1]' "$acts" >"$acts.new" && mv "$acts.new" "$acts"
}
# settle NOW: writes what `draft acts` asks for, filled in
settle() {
	yugao "$1" --json draft acts --department cq-demo >"$work/drafts"
	jq -c '.files[] | { file, department, year,
	    acts: [.acts[] | walk(if . == "…" then "示例：按计划应当作出的说明"
	    else . end)] }' "$work/drafts" |
	while read -r file; do
		path=$(echo "$file" | jq -r .file)
		[ -f "$path" ] || echo "$file" | jq '.acts = [] | del(.file)' \
		    >"$path"
		jq --argjson more "$file" '.acts += $more.acts' "$path" \
		    >"$path.new" && mv "$path.new" "$path"
	done
}
run() {
	settle "$1"
	yugao "$1" -q run >"$work/out" 2>&1
}
said() { # MEMBER
	jq -r --arg release "$release" ".releases[] |
	    select(.release == \$release) | .$1" \
	    "$work/office/state/public/releases.json"
}
# refused NOW WORD: the last act is wrong input, told at its place
refused() {
	yugao "$1" -q run >"$work/out" 2>&1
	is "$3" $? 2
	ok "and its sentence says what to write" grep -q "$2" "$work/out"
	ok "at the act" grep -q 'cq-demo-2026.json:[0-9]*:[0-9]*: ' "$work/out"
	withdraw
}

run 2025-12-26T14:00:00+08:00
is "the plan is announced" $? 0
was=$(said start)
status=$(said status)
ok "with a time" test -n "$was"

words=$(yugao 2026-03-02T10:00:00+08:00 --json explain $release | jq -r .words)
is "explain tells the digest of its words" "$(printf %s "$words" | wc -c)" 64
review() { # AT RESULT
	act "$1" "{ \"act\": \"review\", \"who\": \"示例甲\",
	    \"role\": \"reviewer\", \"items\": { \"$release\": \"$words\" },
	    \"result\": \"$2\" }"
}
review 2026-03-02T09:00:00+08:00 fail
act 2026-03-02T09:30:00+08:00 '{ "act": "sign", "who": "示例乙" }'
refused 2026-03-02T10:00:00+08:00 '"review"' \
    "nothing is signed that did not pass a review"
withdraw
review 2026-03-02T11:00:00+08:00 pass
act 2026-03-02T12:00:00+08:00 '{ "act": "sign", "who": "示例乙" }'
run 2026-03-02T13:00:00+08:00
is "once reviewed it is signed" $? 0
is "and nothing of that is public" "$(said sequence)" 0

act 2026-03-03T09:00:00+08:00 '{ "act": "reinstate" }'
refused 2026-03-03T10:00:00+08:00 '"move"' "what is due is not reinstated"
act 2026-03-03T11:00:00+08:00 '{ "act": "postpone", "due": "2026-03-06" }'
run 2026-03-03T12:00:00+08:00
is "it is postponed" $? 0
is "openly" "$(said status)" postponed
is "with the day that it had" "$(said start)" "$was"
act 2026-03-03T13:00:00+08:00 '{ "act": "postpone" }'
refused 2026-03-03T14:00:00+08:00 '"move"' "not twice"

act 2026-03-05T09:00:00+08:00 '{ "act": "move", "to": "2026-07-01T10:00" }'
run 2026-03-05T10:00:00+08:00
is "it gets its new day" $? 0
is "which is told" "$(said start)" 2026-07-01T02:00:00Z
is "and certain as before" "$(said status)" "$status"

act 2026-04-01T09:00:00+08:00 '{ "act": "cancel" }'
run 2026-04-01T10:00:00+08:00
is "it is cancelled openly" "$(said status)" cancelled
act 2026-04-01T11:00:00+08:00 '{ "act": "move", "to": "2026-07-02T10:00" }'
refused 2026-04-01T12:00:00+08:00 '"reinstate"' \
    "what is cancelled is not moved"
act 2026-04-02T09:00:00+08:00 '{ "act": "reinstate" }'
run 2026-04-02T10:00:00+08:00
is "it is reinstated" "$(said status)" "$status"
is "for the day that it had" "$(said start)" 2026-07-01T02:00:00Z

yugao 2026-07-01T10:30:00+08:00 --json diff >"$work/out" 2>/dev/null
is "after its time nothing is to be said" "$(jq -r --arg r $release \
    '[.changes[] | select(.release == $r)] | length' "$work/out")" 0
act 2026-07-01T10:31:00+08:00 '{ "act": "released",
    "url": "https://stats.example/freight/2026-05",
    "released": "2026-07-01T10:00:20+08:00" }'
run 2026-07-01T10:35:00+08:00
is "until it is out" "$(said status)" released
is "with its time kept" "$(said start)" 2026-07-01T02:00:00Z
act 2026-07-01T11:00:00+08:00 '{ "act": "cancel" }'
refused 2026-07-01T12:00:00+08:00 '"reissue"' "what is out is not cancelled"
run 2026-07-01T13:00:00+08:00
is "the log tells its life" "$(yugao 2026-07-02T09:00:00+08:00 --json log \
    $release | jq -r .kind | tr '\n' ' ')" \
    'new postponed moved-later cancelled reinstated released '
is "its SEQUENCE counted every step" "$(said sequence)" 5
yugao 2026-07-01T13:00:00+08:00 -q diff --exit-code >"$work/out" 2>&1
is "and another run says nothing" $? 0
ok "ledger, tree and record agree" \
    yugao 2026-07-01T13:00:00+08:00 -q verify

jq '.series |= map(select(.id != "passengers"))' "$plan" >"$plan.new" &&
    mv "$plan.new" "$plan"
yugao 2026-07-02T09:00:00+08:00 -q run >"$work/out" 2>&1
is "what vanishes from a plan is wrong input" $? 2
yugao 2026-07-02T09:00:00+08:00 --json draft acts >"$work/drafts"
is "and its cancellations are drafted" "$(jq -r '[.files[].acts[] |
    select(.act == "cancel") | .releases[]] | first' "$work/drafts" |
    cut -d/ -f1-2)" cq-demo/passengers

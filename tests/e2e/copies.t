#!/bin/sh
# Copies to the statistics institution: pushed, acknowledged, late, refused;
# and nothing of them is public.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
mkdir "$work/office" "$work/office/acts" "$work/in"
url=http://127.0.0.1:9/calendar/
office "$work/office"
conf=$work/office/yugao.json
acts=$work/office/acts/cq-demo-2026.json
department=$work/office/departments/cq-demo.json
release=cq-demo/freight/2026-05
rm "$work/office/portals/portal.json"
python3 "$root/tests/e2e/institution.py" "$work/in" "$work/in-port" &
pids="$pids $!"
ok "the institution answers" until_file "$work/in-port"
there=http://127.0.0.1:$(cat "$work/in-port")
plan=$work/office/plans/cq-demo-2026.json
jq '(.series[] | select(.id == "freight")).disclosure_control = true' \
    "$plan" >"$plan.new" && mv "$plan.new" "$plan"
institution() { # LEVEL CODE
	jq --arg level "$1" --arg code "$2" '.statistics_institution =
	    { id: "cq-tjj", name: "重庆市统计局", level: $level,
	    region_code: $code }' "$department" >"$department.new" &&
	    mv "$department.new" "$department"
}
portal() { # MORE: members beside the address
	jq -n --arg url "$there/in/" --argjson more "$1" '{ id: "tjj",
	    kind: "http-put", url: $url, allow_private: true,
	    institution: "cq-tjj" } + $more' >"$work/office/portals/tjj.json"
}
yugao() {
	now=$1
	shift
	"$bin/yugao" -c "$conf" --now "$now" "$@"
}
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
act() { # JSON
	jq --arg release "$release" --argjson act "$1" '.acts +=
	    [{ role: "preparer", releases: [$release] } + $act]' "$acts" \
	    >"$acts.new" && mv "$acts.new" "$acts"
}
verdict() { # NOW RULE
	yugao "$1" --json -v check 2>/dev/null | jq -r --arg rule "$2" \
	    --arg release "$release" '[.departments[].verdicts[] |
	    select(.rule == $rule and (.release == $release or
	    (.plan // "" | contains("cq-demo-2026")))) | .outcome][0]'
}
copies() {
	find "$work/in" -name 'in_*' | wc -l | tr -d ' '
}

institution county 500106
portal '{}'
settle 2025-12-26T14:00:00+08:00
yugao 2025-12-26T14:00:00+08:00 -q run >"$work/out" 2>&1
is "the plan is announced" $? 0
is "the wrong level gets no copy" "$(copies)" 0
is "and is refused" "$(verdict 2025-12-26T15:00:00+08:00 G1)" block

institution city 500000
portal '{ "acknowledge": "receipt",
    "receipt": "'"$there"'/receipts/{sha256}" }'
touch "$work/in/down"
yugao 2025-12-26T16:00:00+08:00 --lang en run >"$work/out" 2>&1
is "an institution that is down gets none" "$(copies)" 0
rm "$work/in/down"
yugao 2025-12-29T09:00:00+08:00 -q run >"$work/out" 2>&1
is "the next run sends the plan" "$(copies)" 1
is "it is a plan's copy" "$(jq -r .kind "$work"/in/in_*)" plan
is "and counts" "$(verdict 2026-01-10T09:00:00+08:00 G5)" pass
yugao 2025-12-29T10:00:00+08:00 -q run >"$work/out" 2>&1
is "once is enough" "$(copies)" 1

act '{ "act": "released", "released": "2026-06-18T10:00:00+08:00",
    "url": "https://tj.example/a", "at": "2026-06-18T10:05:00+08:00" }'
yugao 2026-06-18T10:10:00+08:00 -q run >"$work/out" 2>&1
copy=$work/in/in_cq-demo_freight_2026-05.json
ok "a release that is out is copied" test -s "$copy"
is "with what was announced" "$(jq -r .release.said.status "$copy")" released
is "in time" "$(verdict 2026-06-19T10:00:00+08:00 G2)" pass
is "its receipt is awaited" "$(verdict 2026-06-19T10:00:00+08:00 G3)" \
    not-applicable
is "for three working days" "$(verdict 2026-06-30T10:00:00+08:00 G3)" warn
touch "$work/in/received"
yugao 2026-06-22T10:10:00+08:00 -q push >"$work/out" 2>&1
is "a receipt that has come is taken" \
    "$(verdict 2026-06-30T10:00:00+08:00 G3)" pass

# By a letter.
release=cq-demo/freight/2026-06
rm "$work/office/portals/tjj.json"
act '{ "act": "released", "released": "2026-07-20T10:00:00+08:00",
    "at": "2026-07-20T10:05:00+08:00" }'
yugao 2026-07-20T10:10:00+08:00 -q run >"$work/out" 2>&1
is "without a portal it is owed" "$(verdict 2026-07-27T10:00:00+08:00 G2)" warn
act '{ "act": "copy", "sent": "2026-07-21T09:00:00+08:00",
    "document": "示例函〔2026〕5号", "at": "2026-07-21T09:05:00+08:00" }'
act '{ "act": "acknowledge", "received": "2026-07-22T09:00:00+08:00",
    "at": "2026-07-22T09:05:00+08:00" }'
yugao 2026-07-22T10:10:00+08:00 -q run >"$work/out" 2>&1
is "a letter will do" "$(verdict 2026-07-27T10:00:00+08:00 G2)" pass
is "with its receipt" "$(verdict 2026-07-27T10:00:00+08:00 G3)" pass

ok "no word of copies is in the public tree" sh -c '! grep -rElz \
    "抄送|yugao-copy|示例函|cq-tjj|acknowledg" '"$work/office/state/public"
ok "the record is whole" yugao 2026-07-28T00:00:00+08:00 -q verify

#!/bin/sh
# Results that appear in time, late, early, or not at all, are seen by the
# program itself; and nothing of that is public but that they are out.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
mkdir "$work/office" "$work/office/acts" "$work/web"
url=http://127.0.0.1:9/calendar/
office "$work/office"
rm "$work/office/portals/portal.json"
python3 "$root/tests/e2e/result.py" "$work/web" "$work/web-port" \
    "$work/web.log" &
pids="$pids $!"
ok "the department's web server answers" until_file "$work/web-port"
web=http://127.0.0.1:$(cat "$work/web-port")
release=cq-demo/freight/2026-05
plan=$work/office/plans/cq-demo-2026.json
jq --arg url "$web/freight-{period}.html" \
    '(.series[] | select(.id == "freight")) |= (.disclosure_control = true |
    .watch = { url: $url, every: 10 })' "$plan" >"$plan.new" &&
    mv "$plan.new" "$plan"
conf=$work/office/yugao.json
jq '.watch_private = true' "$conf" >"$conf.new" && mv "$conf.new" "$conf"
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
said() { # MEMBER [RELEASE]
	jq -r --arg release "${2:-$release}" ".releases[] |
	    select(.release == \$release) | .$1" \
	    "$work/office/state/public/releases.json"
}
asked() { # how often, since the last time
	[ -f "$work/web.log" ] || : >"$work/web.log"
	wc -l <"$work/web.log" | tr -d ' '
	: >"$work/web.log"
}
verdict() { # NOW RULE [RELEASE]
	yugao "$1" --json -v check 2>/dev/null |
	    jq -r --arg rule "$2" --arg release "${3:-$release}" \
	    '.departments[].verdicts[] | select(.rule == $rule and
	    .release == $release) | .outcome'
}

settle 2025-12-26T14:00:00+08:00
yugao 2025-12-26T14:00:00+08:00 -q run >"$work/out" 2>&1
is "the plan is announced" $? 0
is "and nobody is asked half a year before" "$(asked)" 0
start=$(said start) # of freight, May
t() { # OFFSET in seconds from its time
	date -u -d "@$(($(date -u -d "$start" +%s) + $1))" +%Y-%m-%dT%H:%M:%SZ
}

yugao "$(t -3000)" -q watch >"$work/out" 2>&1
is "fifty minutes before it is looked for" "$(asked)" 1
yugao "$(t -2900)" -q watch >"$work/out" 2>&1
is "and not again within ten minutes" "$(asked)" 0
yugao "$(t -1200)" -q run >"$work/out" 2>&1
is "run looks too" "$(asked)" 1
touch "$work/web/freight-2026-05.html.broken"
yugao "$(t 300)" --lang en watch >"$work/out" 2>&1
ok "an error tells nothing" grep -q 'cannot tell whether it is out' "$work/out"
rm "$work/web/freight-2026-05.html.broken"
touch "$work/web/freight-2026-05.html.moved"
yugao "$(t 900)" --lang en watch >"$work/out" 2>&1
ok "a redirect tells nothing" grep -q 'cannot tell whether it is out' \
    "$work/out"
rm "$work/web/freight-2026-05.html.moved"
is "so it is not out" "$(said status)" confirmed
yugao "$(t 1800)" -q run >"$work/out" 2>&1
is "half an hour later it still is not" "$(said status)" confirmed
is "which is late" "$(verdict "$(t 1800)" C2)" warn
echo '示例结果' >"$work/web/freight-2026-05.html"
yugao "$(t 2520)" --json run >"$work/out" 2>&1
is "the run that sees it says so" \
    "$(jq -r '.found[0].seen' "$work/out")" released
is "and announces it" "$(said status)" released
is "at the time when it was seen first" "$(said released)" "$(t 2520)"
is "with its address" "$(said resultUrl)" "$web/freight-2026-05.html"
is "forty-two minutes late" "$(verdict "$(t 2600)" C2)" warn
is "and not early" "$(verdict "$(t 2600)" C1)" pass
cp -RL "$work/office/state/public" "$work/before"
asked >/dev/null
yugao "$(t 3000)" -q run >"$work/out" 2>&1
is "a second run asks nobody" "$(asked)" 0
ok "and changes no byte" diff -r "$work/before" "$work/office/state/public"

# Its file is looked at for thirty days.
yugao "$(t 90000)" -q watch
is "a day later the file is asked for again" "$(cat "$work/web.log")" \
    "GET /freight-2026-05.html 304"
is "and is the same" "$(verdict "$(t 90001)" I3)" pass
echo '改动过的示例结果' >"$work/web/freight-2026-05.html"
yugao "$(t 200000)" --json watch >"$work/out"
is "another file is told" "$(jq -r '.found[0].seen' "$work/out")" altered
is "and nobody has said why" "$(verdict "$(t 200001)" I3)" report

# The next month answers before its time.
release=cq-demo/freight/2026-06
start=$(said start)
echo '泄露的示例结果' >"$work/web/freight-2026-06.html"
yugao "$(t -1800)" --json watch >"$work/out"
is "what answers before its time is told" \
    "$(jq -r '.found[] | select(.release | endswith("06")) | .seen' \
    "$work/out")" early
is "as a breach" "$(verdict "$(t -1700)" C1)" report
is "and while it answers nothing is said about it" \
    "$(verdict "$(t -1700)" C5)" block
is "it is not announced as out" "$(said status)" confirmed
rm "$work/web/freight-2026-06.html"
yugao "$(t -1000)" -q watch
is "once it is taken down, it may be" "$(verdict "$(t -900)" C5)" pass

# Nothing of it is public but that it is out.
ok "no word of watching is in the public tree" sh -c '! grep -rEl \
    "sight|泄露|absent|SIGHT|answers before" '"$work/office/state/public"
ok "the record is whole" yugao "$(t 0)" -q verify

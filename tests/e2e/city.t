#!/bin/sh
# A city of departments through a part of a year, day by day as cron would
# run it: the compliance report is what an independent count of the acts and
# of the portal's own log comes to; one department's mistakes hide no other's.
# CITY="departments series districts step last-day period": the long form is
# city.long.
# shellcheck source=tests/e2e/tap.sh disable=SC2086
. "$(dirname "$0")/tap.sh"
export root
set -- ${CITY:-4 6 4 5 2026-04-12 2026-Q1}
step=$4 last=$5 period=$6
here=$(dirname "$0")
city() { python3 "$here/city.py" "$@"; }
run() { "$bin/yugao" -c "$work/office/yugao.json" --now "$@"; }

ok "an office of $1 departments is made" city make "$work" $1 $2 $3
run 2025-12-22T08:00:00+08:00 --json draft acts >"$work/drafts"
ok "what its plans say is reviewed" city reviews "$work" <"$work/drafts"
run 2025-12-22T08:00:00+08:00 --json calendar 2026 >"$work/calendar"
jq -r '.days[]? | select(.kind == "work" or .kind == "makeup") | .date' \
    "$work/calendar" >"$work/workdays"

# The reviews are dated when they were drafted.
day=2025-12-23
slowest=0 slowest_day='' worst=0 runs=0
while [ "$(printf '%s\n' "$day" "$last" | sort | head -n 1)" = "$day" ]; do
	now=${day}T08:00:00+08:00
	city day "$work" "$now"
	begun=$(date +%s%N)
	run "$now" -q run >"$work/run.out" 2>&1
	status=$?
	took=$((($(date +%s%N) - begun) / 1000000))
	[ "$took" -le "$slowest" ] || { slowest=$took slowest_day=$day; }
	case $status in 0 | 3) ;; *)
		worst=$status
		sed 's/^/# /' "$work/run.out" | head -n 5 ;;
	esac
	city look "$work" "$now"
	runs=$((runs + 1))
	day=$(date -u -d "$day + $step days" +%F)
done
echo "# $runs runs; the slowest took $slowest ms ($slowest_day)"
is "every run ended well, or kept back what the policy blocks" "$worst" 0

now=${last}T20:00:00+08:00
run "$now" --json report compliance ${period:+$(case $period in
	*Q*) echo --quarter ;; *) echo --year ;; esac) $period} \
    >"$work/report.json"
ok "the report equals an independent count" city recount "$work" "$period" \
    "$now" "$work/report.json" "$work/workdays"
sed 's/^/# /' "$work/last"
ok "it has something to count" jq -e '.now.total |
    .items.n > 20 and .on_time.n > 0 and .late.n > 0 and .missed.n > 0 and
    .changes.n > 0 and .withheld.n > .grounded.n' "$work/report.json"
begun=$(date +%s%N)
run "$now" check >"$work/check" 2>&1
echo "# check took $((($(date +%s%N) - begun) / 1000000)) ms"

# One department's mistakes.
cp "$work/office/plans/d01-2026.json" "$work/whole.json"
echo '{ "department": "d01"' >"$work/office/plans/d01-2026.json"
run "$now" run >"$work/run.out" 2>&1
is "a broken plan is told" $? 2
ok "at its place" grep -q 'd01-2026.json' "$work/run.out"
run "$now" --json report compliance ${period:+$(case $period in
	*Q*) echo --quarter ;; *) echo --year ;; esac) $period} \
    >"$work/after.json"
ok "and hides nothing of the others, nor of its own past" \
    cmp "$work/report.json" "$work/after.json"
cp "$work/whole.json" "$work/office/plans/d01-2026.json"
is "nothing of private feeds is in the public tree" "$(grep -rlE \
    'work\.city|NEEDS-ACTION|yugao-(work|compliance)' \
    "$work/office/state/public/" "$work/www/")" ''
ok "each department has its feed" test "$(find \
    "$work/office/state/private/work" -name work.ics | wc -l)" -eq "$1"

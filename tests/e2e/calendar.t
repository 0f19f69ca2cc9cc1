#!/bin/sh
# Working-day calendars on the command line: shown, imported, supposed.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
data=$root/tests/data
yugao() {
	"$bin/yugao" "$@"
}
# An office of one department and one plan, with calendars of its own.
office() { # folder department plan
	mkdir -p "$1/plans" "$1/departments" "$1/calendars"
	cp "$root"/calendars/*.ics "$1/calendars"
	cp "$3" "$1/plans"
	jq -n --arg id "$2" '{id: $id, name: {zh: "示例", en: "Example"},
	    level: "national"}' >"$1/departments/$2.json"
	jq -n --arg root "$root" '{office: {name: {zh: "示例", en: "Example"},
	    domain: "stats.example", url: "https://data.example/"},
	    timezone: "Asia/Shanghai", language: "en", plans: "plans",
	    site: false, acts: "acts", departments: "departments", calendars: "calendars",
	    policy: ($root + "/config/policy/cq-2020-91.json"),
	    state: "state", topics: {}}' >"$1/yugao.json"
}
sums() {
	(cd "$1" && find . -type f -printf '%p %T@ ' -exec sha256sum {} \; |
	    sort | sha256sum)
}

# Shown.
cd "$work" || exit 1
mkdir calendars
cp "$root"/calendars/*.ics calendars
is "without an office the calendars here are shown" \
    "$(yugao calendar 2026 --json | jq -r .workingDays)" 248
is "a year of working days is told" \
    "$(yugao --lang en calendar 2026 | head -n 1)" \
    "Working days of 2026 (cn): 248"
is "the months of January to March in three grids" \
    "$(yugao --lang zh calendar 2026 | sed -n '3,9p')" \
    "1月 21个工作日          2月 16个工作日          3月 22个工作日
一 二 三 四 五 六 日    一 二 三 四 五 六 日    一 二 三 四 五 六 日
          1* 2* 3* 4+                      1                       1
 5  6  7  8  9 10 11     2  3  4  5  6  7  8     2  3  4  5  6  7  8
12 13 14 15 16 17 18     9 10 11 12 13 14+15*    9 10 11 12 13 14 15
19 20 21 22 23 24 25    16*17*18*19*20*21*22*   16 17 18 19 20 21 22
26 27 28 29 30 31       23*24 25 26 27 28+      23 24 25 26 27 28 29"
is "no line ends with blanks" \
    "$(yugao --lang zh calendar 2026 | grep -c ' $')" 0
is "working days a year" "$(for year in 2015 2016 2017 2018 2019 2020 2021 \
    2022 2023 2024 2025 2026; do
	yugao calendar $year --json | jq .workingDays
done | tr '\n' ' ')" "249 250 249 250 250 249 250 249 249 251 248 248 "
is "the sources are told with number and day of publication" \
    "$(yugao calendar 2015 --json | jq -r '.sources[] |
        .number + " " + .published' | tr '\n' '|')" \
    "国办发明电〔2014〕28号 2014-12-16|国发明电〔2015〕1号 2015-05-13|"
is "as known before an amendment" \
    "$(yugao calendar 2015 --as-of 2015-05-12 --json |
        jq -r '[.knownOn, .workingDays, (.sources | length)] | @tsv')" \
    "2015-05-12	250	1"
is "as known at an instant, in China" \
    "$(yugao calendar 2015 --as-of 2015-05-12T16:00:00Z --json |
        jq -r .knownOn)" 2015-05-13
is "a year without a notice is projected, and says so" \
    "$(yugao calendar 2030 --json | jq -r '[(.days | map(.state) | unique[]),
        .sources[0].law] | @tsv')" "projected	true"
is "beyond the projection nothing is known" \
    "$(yugao calendar 2036 --json | jq -r '[(.days | map(.state) | unique[]),
        (.sources | length)] | @tsv')" "unknown	0"
yugao calendar 2026 xx >out 2>&1
is "a calendar that is not there is a mistake" $? 2
yugao calendar 26 >out 2>&1
is "so is a year of two digits" $? 2
yugao calendar 2026 --as-of yesterday >out 2>&1
is "and a day that is none" $? 2

# Imported: what is written is what stands in calendars/, byte for byte.
rm calendars/cn-2026.ics
before=$(sums calendars)
yugao --lang en calendar --import "$data/workdays/cn-2026.json" >out 2>&1
is "an import shows what it would change" "$? $(grep -c '→' out)" "0 20"
is "and writes nothing of its own accord" "$(sums calendars)" "$before"
yugao calendar --import "$data/workdays/cn-2026.json" --save new.ics >out 2>&1
ok "its JSON makes the file byte for byte" \
    cmp new.ics "$root/calendars/cn-2026.ics"
yugao calendar --import "$data/workdays/cn-2026.json" --yes >out 2>&1
ok "--yes puts it into the folder" \
    cmp calendars/cn-2026.ics "$root/calendars/cn-2026.ics"
before=$(sums calendars)
yugao -q calendar --import calendars/cn-2026.ics --yes >out 2>&1
is "a second import is silent and writes nothing" \
    "$? $(cat out) $(sums calendars)" "0  $before"
for year in 2016 2017 2018 2021 2022 2023 2024 2025; do
	yugao calendar --import "$root/calendars/cn-$year.ics" \
	    --save again.ics >out 2>&1
	ok "the notice of $year comes back byte for byte" \
	    cmp again.ics "$root/calendars/cn-$year.ics"
done

# An amendment keeps what was right before it.
rm calendars/cn-2020.ics
yugao --lang en calendar --import "$data/workdays/cn-2020.json" --yes >out 2>&1
is "an amended notice needs the one before it" \
    "$? $(grep -c 'import that one first' out)" "2 1"
jq 'del(.amendments) |
    (.holidays[] | select(.name == "春节")).end = "2020-01-30" |
    .makeup_workdays += [{date: "2020-02-01", for: "春节"}]' \
    "$data/workdays/cn-2020.json" >first.json
yugao --lang en calendar --import first.json --yes >out 2>&1
is "the notice of 2020 as it was first, out of order" \
    "$? $(grep -c 'out of order' out)" "0 1"
yugao calendar --import "$data/workdays/cn-2020.json" --yes >out 2>&1
ok "then the amendment, byte for byte" \
    cmp calendars/cn-2020.ics "$root/calendars/cn-2020.ics"

# Mistakes of a transcription.
december=2026-12-02T09:00:00+08:00
mistake() { # what, jq program, what is told
	jq "$2" "$data/workdays/example-2027.json" >wrong.json
	yugao --lang en --now $december calendar --import wrong.json \
	    --save wrong.ics >out 2>&1
	is "$1" "$? $(grep -c "$3" out) $(ls wrong.ics 2>/dev/null)" "2 1 "
}
mistake "a make-up day on a weekday" \
    '.makeup_workdays[0].date = "2027-01-29"' 'not a Saturday or Sunday'
mistake "a make-up day within a holiday" \
    '.makeup_workdays[0].date = "2027-02-07"' 'stands in the notice twice'
mistake "a statutory day that is missing" \
    'del(.holidays[4])' 'statutory day off 2027-06-09'
mistake "another year" \
    '.holidays[0] += {start: "2028-01-01", end: "2028-01-03"}' \
    'not in what the notice of 2027'
mistake "an end before the start" \
    '.holidays[1].end = "2027-02-01"' 'ends (2027-02-01) before it begins'
mistake "a holiday of two months" \
    '.holidays[1].end = "2027-04-01"' 'longer than 31 days'
mistake "no number" 'del(.source.number)' 'number'
mistake "a make-up day for no holiday" \
    '.makeup_workdays[0].for = "春"' 'there is no holiday'
is "with nothing near it, nothing near is named" "$(grep -c 'near' out)" 0
mistake "a make-up day for a holiday mistyped" \
    '.makeup_workdays[0].for = "国庆结"' '(near: 国庆节)'
mistake "a day of publication to come" \
    '.source.published = "2026-12-03"' 'today is 2026-12-02'
mistake "a key mistyped" '.holidayz = []' 'holidayz'
jq '.source.published = "2025-10-31"' "$data/workdays/example-2027.json" \
    >odd.json
yugao --lang en --now $december calendar --import odd.json >out 2>&1
is "a day of publication long before the year is a warning" \
    "$? $(grep -c 'warning: .*14 months' out)" "0 1"
jq 'del(.makeup_workdays[0])' "$data/workdays/example-2027.json" >odd.json
yugao --lang en --now $december calendar --import odd.json >out 2>&1
is "days off that nothing pays for are a warning" \
    "$? $(grep -c 'differs by 1' out)" "0 1"
printf 'hello\n' >odd.json
yugao --lang en calendar --import odd.json >out 2>&1
is "what is no notice at all is refused" "$?" 2
printf 'BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20270101\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n' >odd.ics
yugao --lang en calendar --import odd.ics >out 2>&1
is "plain events must say number, publication and year" \
    "$? $(grep -c ': error: ' out)" "2 3"

# NBS in 2015.
office "$work/nbs" nbs "$data/suppose/nbs-2015.json"
cd "$work/nbs" || exit 1
yugao --now 2014-12-31T16:00:00+08:00 -q publish --yes
is "the plan of 2015 is announced as the calendar was known then" \
    "$? $(yugao --now 2015-05-12T10:00:00+08:00 --json diff |
        jq '[.changes[] | select(.release)] | length')" "0 0"
before=$(sums .)
yugao --now 2015-05-12T10:00:00+08:00 --json diff \
    --calendar "$root/calendars/cn-2015.ics" >../out
is "the notice of 2015-05-13 would move two releases" \
    "$(jq -r '.changes[] | select(.kind != "judged") |
        [.kind, .release, .said.when, .after.when] | join(" ")' ../out)" \
    "moved-later nbs/cpi/2015-08 2015-09-09T09:30 2015-09-10T09:30
moved-later nbs/industry/2015-08 2015-09-12T13:30 2015-09-13T13:30"
is "one stays" "$(jq .unchanged ../out)" 1
is "nothing was touched" "$(sums .)" "$before"
jq '{department: "nbs", year: 2015, acts: [.acts[].act]}' ../out >acts.json
is "the acts name reason, code and document" \
    "$(jq -r '.acts[0] | [.reason_code, .document, .to] | join(" ")' acts.json)" \
    "holiday_change 国发明电〔2015〕1号 2015-09-10T09:30"
is "after the notice the plain diff says the same" \
    "$(yugao --now 2015-05-14T10:00:00+08:00 --json diff | jq -r '.changes[] |
        select(.release) | .release + " " + .when')" \
    "nbs/cpi/2015-08 2015-09-10T09:30
nbs/industry/2015-08 2015-09-13T13:30"
mkdir acts
cp acts.json acts/nbs-2015.json
is "and with the drafted acts it gives their reason" \
    "$(yugao --now 2015-08-26T10:00:00+08:00 --json diff | jq -r '.changes[] |
        select(.release) | .release + " " + .when + " " + .act.document')" \
    "nbs/cpi/2015-08 2015-09-10T09:30 国发明电〔2015〕1号
nbs/industry/2015-08 2015-09-13T13:30 国发明电〔2015〕1号"
rm -r acts
yugao --now 2015-05-12T10:00:00+08:00 --json diff --exit-code \
    --close 2015-09-03..2015-09-05 >out
is "closed days are not made up for" "$? $(jq -r '[.changes[] |
    select(.kind != "judged") | .after.when] | join(" ")' out)" \
    "4 2015-09-11T09:30 2015-09-14T13:30"
is "nor does that depend on a notice" "$(jq -r .acts[0].act.document out)" null
jq '.series |= map(select(.id != "cpi" and .id != "industry"))' \
    plans/nbs-2015.json >other.json
yugao --now 2015-05-12T10:00:00+08:00 --json diff --plan other.json >out
is "another plan would drop two, and that takes acts" \
    "$(jq -r '[.changes[].kind, .acts[].act.act] | join(" ")' out)" \
    "dropped dropped cancel"
for days in 2015-09-05..2015-09-03 2015-09-31 tomorrow; do
	yugao diff --close "$days" >out 2>&1
	is "closed days that cannot be: $days" $? 2
done

# Spring Festival 2020.
office "$work/spring" nbs "$data/suppose/spring-2020.json"
cd "$work/spring" || exit 1
yugao --now 2019-12-31T16:00:00+08:00 -q publish --yes
is "known on 26 January 2020 nothing moves" \
    "$(yugao --now 2020-01-26T20:00:00+08:00 --json diff |
        jq '[.changes[] | select(.kind != "edition")] | length')" 0
is "known on 27 January the extension does" \
    "$(yugao --now 2020-01-27T09:00:00+08:00 --json diff | jq -r '.changes[] |
        select(.release) | .release + " " + .previous.when + " " + .when')" \
    "nbs/first-workday/2020-01 2020-02-01T09:30 2020-02-03T09:30
nbs/last-day/2020-01 2020-01-31T09:30 2020-02-03T09:30"
yugao --now 2020-01-26T20:00:00+08:00 --json diff \
    --calendar "$root/calendars/cn-2020.ics" >out
is "supposed the day before, it shows the short notice" \
    "$(jq -r '.changes[] | .release + " " + .after.when + " " +
        ([.verdicts[] | select(.rule == "A2") | .outcome] | join(" "))' out)" \
    "nbs/first-workday/2020-01 2020-02-03T09:30 warn
nbs/last-day/2020-01 2020-02-03T09:30 warn"
is "one act moves both" "$(jq -c '[.acts[].act.releases]' out)" \
    '[["nbs/first-workday/2020-01","nbs/last-day/2020-01"]]'
office "$work/gacc" gacc "$data/plans/gacc-2020.json"
cd "$work/gacc" || exit 1
yugao --now 2019-12-31T16:00:00+08:00 -q publish --yes
yugao --now 2020-01-26T20:00:00+08:00 --json diff \
    --calendar "$root/calendars/cn-2020.ics" >out
is "customs' dates stay, but one is now a day off" \
    "$(jq -r '.changes[] | [.kind, .release, .after.when,
        (.verdicts[].rule | select(. == "C7"))] | join(" ")' out)" \
    "judged gacc/online/2019-12 2020-01-31 C7"

# The year whose notice is not out.
office "$work/next" nbs "$data/suppose/next-2027.json"
cd "$work/next" || exit 1
now=2026-11-23T09:00:00+08:00
states() {
	yugao --now "$1" --json diff | jq -r '.changes[] |
	    select(.release and .kind != "profile") |
	    .kind + " " + .release + " " + .when[:10] + " " + .status'
}
is "dates on projected days are tentative, others are not" \
    "$(states $now)" \
    "new nbs/fifth-workday/2026-12 2027-01-08 tentative
new nbs/fifth-workday/2027-02 2027-03-05 tentative
new nbs/fifth-workday/2027-09 2027-10-08 tentative
new nbs/fixed/2026-12 2027-01-20 confirmed
new nbs/fixed/2027-02 2027-03-20 confirmed
new nbs/fixed/2027-09 2027-10-20 confirmed
new nbs/stated/2027-09 2027-10-14 confirmed"
yugao --now $now -q publish --yes
yugao --now $now --json diff \
    --calendar "$data/workdays/example-2027.json" >out
is "a notice confirms some of them and moves others" \
    "$(jq -r '.changes[] | .kind + " " + .release + " " + .after.when[:10]' out)" \
    "confirmed nbs/fifth-workday/2026-12 2027-01-08
confirmed nbs/fifth-workday/2027-02 2027-03-05
moved-later nbs/fifth-workday/2027-09 2027-10-13"
is "only what moves takes an act" "$(jq '[.acts[].act.releases[]] | length' out)" 1
yugao --now 2026-12-02T09:00:00+08:00 --json calendar --import \
    "$data/workdays/example-2027.json" --yes >out
is "the import shows the same" \
    "$(jq -r '[.changes[].kind] | join(" ")' out)" \
    "confirmed confirmed moved-later"
is "and writes the calendar" "$(jq -r .written out)" calendars/cn-2027.ics
is "then the diff says it" "$(states 2026-12-02T09:00:00+08:00)" \
    "confirmed nbs/fifth-workday/2026-12 2027-01-08 confirmed
confirmed nbs/fifth-workday/2027-02 2027-03-05 confirmed
moved-later nbs/fifth-workday/2027-09 2027-10-13 confirmed"

office "$work/hold" nbs "$data/suppose/next-2027.json"
cd "$work/hold" || exit 1
unpublished() {
	jq --arg value "$1" '.unpublished = $value' \
	    "$data/suppose/next-2027.json" >plans/next-2027.json
}
unpublished hold
is "hold: nothing is announced that may move" \
    "$(states $now | cut -d ' ' -f 2 | cut -d / -f 2 | uniq | tr '\n' ' ')" \
    "fixed stated "
is "what is held is counted" \
    "$(yugao --now $now --json diff | jq .summary.held)" 3
is "check tells what is held" \
    "$(yugao --now $now --json check | jq '[.departments[].held] | add')" 3
yugao --now $now -q publish --yes
cp "$work/next/calendars/cn-2027.ics" calendars
is "when the notice is out it is announced" \
    "$(states 2026-12-02T09:00:00+08:00)" \
    "new nbs/fifth-workday/2026-12 2027-01-08 confirmed
new nbs/fifth-workday/2027-02 2027-03-05 confirmed
new nbs/fifth-workday/2027-09 2027-10-13 confirmed"
rm calendars/cn-2027.ics
unpublished refuse
yugao --now $now --lang en check >out 2>&1
is "refuse: a mistake at the rule, for each date" \
    "$? $(grep -c 'next-2027.json:[0-9]*:[0-9]*: error: .*"refuse"' out)" "2 3"
unpublished maybe
yugao --now $now --lang en check >out 2>&1
is "another word is refused" "$? $(grep -c 'maybe' out)" "2 1"

# The last days of December, to which the next notice reaches back.
office "$work/december" nbs "$data/suppose/next-2027.json"
cd "$work/december" || exit 1
rm plans/next-2027.json
december() { # unpublished
	jq --arg value "$1" '.year = 2026 | .unpublished = $value |
	    .defaults.reference = {lag: 0} | .series |= [
	    (.[0] | .id = "last-workday" | .timing = {workday: -1, months: [11, 12]}),
	    (.[1] | .id = "fixed" | .timing = {day: "last", months: [12]})]' \
	    "$data/suppose/next-2027.json" >plans/next-2026.json
}
december tentative
is "the last working day of the year may still move, the last day not" \
    "$(states $now)" "new nbs/fixed/2026-12 2026-12-31 confirmed
new nbs/last-workday/2026-11 2026-11-30 confirmed
new nbs/last-workday/2026-12 2026-12-31 tentative"
december hold
is "and is held, if the plan says so" \
    "$(states $now)" "new nbs/fixed/2026-12 2026-12-31 confirmed
new nbs/last-workday/2026-11 2026-11-30 confirmed"
december refuse
yugao --now $now --lang en check >out 2>&1
is "or refused" "$? $(grep -c 'error: .*2026-12-31.*"refuse"' out)" "2 1"
december tentative
cp "$work/next/calendars/cn-2027.ics" calendars
is "the next notice confirms it" \
    "$(states 2026-12-02T09:00:00+08:00 | tail -n 1)" \
    "new nbs/last-workday/2026-12 2026-12-31 confirmed"

#!/bin/sh
# A real client subscribes: vdirsyncer fetches the feed, khal shows it.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
LC_ALL=C.UTF-8
export LC_ALL
start_portal "$work/www"
mkdir "$work/office"
office "$work/office"
run() {
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" -q run
}
cat >"$work/vdirsyncer" <<END
[general]
status_path = "$work/status/"
[pair calendar]
a = "here"
b = "there"
collections = null
conflict_resolution = "b wins"
[storage here]
type = "filesystem"
path = "$work/calendar"
fileext = ".ics"
[storage there]
type = "http"
url = "${url}releases.ics"
END
cat >"$work/khal" <<END
[calendars]
[[announced]]
path = $work/calendar
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $work/khal.db
END
sync() {
	yes | vdirsyncer -c "$work/vdirsyncer" discover &&
	    vdirsyncer -c "$work/vdirsyncer" sync
}
agenda() { # day
	khal -c "$work/khal" list --notstarted --format \
	    '{start-time} {title}' --day-format '' "$1" 1d
}
run 2025-12-26T13:58:00+08:00
mkdir "$work/calendar"
ok "vdirsyncer subscribes" sync
is "it has every event" \
    "$(find "$work/calendar" -name '*.ics' | wc -l)" \
    "$(jq '.releases | length' "$work/www/releases.json")"
is "khal shows March's consumer prices at half past nine in Beijing" \
    "$(agenda 2026-03-09 | grep -c '^09:30 居民消费价格指数月度报告')" 1
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" } ] }
END
run 2025-12-28T09:00:00+08:00
ok "after a move it syncs again" sync
is "the moved release is on its new day" \
    "$(agenda 2026-10-29 | grep -c '物流运行季度报告')" 1
is "and on no other of that month" "$(khal -c "$work/khal" list \
    --format '{title}' 2026-10-01 28d | grep -c '物流运行季度报告')" 0

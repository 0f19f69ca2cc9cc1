#!/bin/sh
# FullCalendar in Chromium shows what was said, from JSON and from iCalendar.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:8787/calendar/
: >"$work/token"
office "$work/office"
rm -f "$work/office/portals/"*
ok "an office publishes" "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2025-12-26T13:58:00+08:00 publish --yes
public=$work/office/state/public
cat "$public/log/"*.jsonl >"$work/log"
node "$root/tests/e2e/fullcalendar.mjs" "$public" "$work/log" \
    >"$work/fullcalendar.tap" 2>"$work/fullcalendar.err"
status=$?
relay "$work/fullcalendar.tap"
is "the browser's part ran to its end" "$status" 0
[ "$status" = 0 ] || sed 's/^/# /' "$work/fullcalendar.err" | head -n 20

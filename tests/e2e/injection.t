#!/bin/sh
# Words that attack browsers, spreadsheets and calendars: what no plan may hold
# is refused at its place, and everything else comes out as mere words.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
injection() {
	/usr/bin/python3 "$root/tests/e2e/injection.py" "$@"
}
for kind in crlf nul escape bidi isolate javascript data url-crlf url-space \
    url-quote; do
	injection make "$work/refused" $kind
	"$bin/yugao" -c "$work/refused/yugao.json" \
	    --now 2026-01-05T09:00:00+08:00 check >"$work/out" 2>&1
	is "$kind is refused" $? 2
	ok "and told at its place" grep -q 'd-2026.json:1:[0-9]*: error' \
	    "$work/out"
	is "without a control character" \
	    "$(LC_ALL=C tr -d '\n\t\040-\377' <"$work/out" | wc -c)" 0
done
injection make "$work/office"
ok "hostile words are published" "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2026-01-05T09:00:00+08:00 publish --yes
public=$work/office/state/public
injection judge "$public" >"$work/judge.tap" 2>"$work/judge.err"
is "every parser came to its end" $? 0
relay "$work/judge.tap"
node "$root/tests/e2e/injection.mjs" "$public" >"$work/browser.tap" \
    2>"$work/browser.err"
is "so did the browser and ical.js" $? 0
relay "$work/browser.tap"
sed 's/^/# /' "$work/judge.err" "$work/browser.err" | tail -n 20
find -L "$public" -name '*.ics' -exec "$bin/yugao" lint {} + \
    >"$work/last" 2>&1
is "the lint finds nothing in the feeds" $? 0

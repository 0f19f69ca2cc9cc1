#!/bin/sh
# The site in Chromium: with and without a script, on a phone and a desk,
# light and dark, in Chinese and English, under the strictest policy.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:8787/calendar/
: >"$work/token"
office "$work/office"
rm -f "$work/office/portals/"*
ok "an office with pages publishes" "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2025-12-26T13:58:00+08:00 publish --yes
public=$work/office/state/public
is "every page is there in both languages" \
    "$(cd "$public" && find . -name index.html -not -path './en/*' | wc -l)" \
    "$(cd "$public/en" && find . -name index.html | wc -l)"
before=$(find -L "$public" -type f -exec cksum {} + | sort | cksum)
ok "a second run says nothing" "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2025-12-26T14:58:00+08:00 publish --yes
is "and changes no page" \
    "$(find -L "$public" -type f -exec cksum {} + | sort | cksum)" "$before"
ok "the tree is what the ledger yields" \
    "$bin/yugao" -c "$work/office/yugao.json" verify

node "$root/tests/e2e/site.mjs" "$public" >"$work/site.tap" 2>"$work/site.err"
status=$?
relay "$work/site.tap"
is "the browser's part ran to its end" "$status" 0
[ "$status" = 0 ] || sed 's/^/# /' "$work/site.err" | head -n 20

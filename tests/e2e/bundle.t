#!/bin/sh
# A bundle for a portal that a person updates: made, checked with openssl and
# sha256sum, and counted as shown only when somebody says so, or when the
# portal serves what is in it.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:1/
mkdir "$work/office" "$work/out.d"
office "$work/office"
(umask 077 && openssl genpkey -algorithm ed25519 -out "$work/log.pem" \
    2>/dev/null)
jq --arg key "$work/log.pem" '.signing = { secret: { file: $key } }' \
    "$work/office/yugao.json" >"$work/yugao.new" &&
    mv "$work/yugao.new" "$work/office/yugao.json"
bundle() {
	cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "bundle", "path": "$work/out.d"$1 }
END
}
yugao() {
	at=$1
	shift
	"$bin/yugao" -c "$work/office/yugao.json" --now "$at" "$@" \
	    >"$work/out" 2>&1
}
unpack() {
	rm -rf "$work/unpacked" && mkdir "$work/unpacked" &&
	    /usr/bin/python3 -m zipfile -e "$1" "$work/unpacked"
}
notices() {
	sqlite3 "$work/office/state/yugao.db" \
	    "SELECT count(*) FROM record WHERE kind = 'notice'"
}
bundle ""
now=2025-12-26T13:58:00+08:00
yugao $now run
is "the first run waits for a person" $? 5
zip=$(echo "$work"/out.d/yugao-*.zip)
ok "the bundle is in its folder" unpack "$zip"
ok "every file is what its sum says" \
    sh -c "cd '$work/unpacked' && sha256sum -c --quiet SHA256SUMS"
is "and they are the tree" \
    "$(cd "$work/unpacked/tree" && find . -type f -exec sha256sum {} + | sort)" \
    "$(cd "$work/office/state/public/" && find . -type f -exec sha256sum {} + |
    sort)"
ok "the signature is good" sh -c "cd '$work/unpacked' && openssl pkeyutl \
    -verify -pubin -inkey key.pem -rawin -in SHA256SUMS -sigfile SHA256SUMS.sig"
is "the key is that of the public log" "$(cat "$work/unpacked/key.pem")" \
    "$(cat "$work/office/state/public/log/key.pem")"
ok "the cover sheet tells the changes, in Chinese" \
    grep -q "本次变更" "$work/unpacked/cover.html"
is "nobody is said to have been told" "$(notices)" 0
before=$(sha256sum "$zip")
rm "$zip"
yugao 2025-12-27T14:30:00+08:00 push --portal portal
is "made again it is the same, byte for byte" "$(sha256sum "$zip")" "$before"
yugao 2025-12-27T15:00:00+08:00 push --portal portal --acknowledge yugao-1-1
is "what was never made cannot be acknowledged" "$? $(notices)" "2 0"
yugao 2025-12-27T15:00:00+08:00 push --portal portal \
    --acknowledge "$(basename "$zip")"
is "said to be there it is done" "$? $(notices)" "0 1"
yugao 2025-12-27T16:00:00+08:00 run
is "and nothing is made anew" "$? $(find "$work/out.d" -type f | wc -l)" "0 1"
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-28T10:00:00+08:00" } ] }
END
# Now the portal has an address where one can look.
mkdir "$work/www"
start_portal "$work/www"
bundle ", \"url\": \"$url\", \"allow_private\": true"
yugao 2025-12-29T09:00:00+08:00 run
is "the next bundle waits too" "$? $(find "$work/out.d" -type f | wc -l)" "5 2"
zip=$(find "$work/out.d" -name 'yugao-20251229-*.zip')
unpack "$zip"
is "it carries the changes since the last" \
    "$(grep -o '<li>[^<]*原定' "$work/unpacked/cover.html" | wc -l)" 1
cp -R "$work/unpacked/tree/." "$work/www"
yugao 2025-12-29T10:30:00+08:00 push
is "what the portal serves says that it is there" "$? $(notices)" "0 2"

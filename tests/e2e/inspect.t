#!/bin/sh
# What the portals really have: verify --portals finds it and --repair sends
# it again; check --portals tells what works and writes nothing.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
now=2025-12-26T13:58:00+08:00
start_portal "$work/www"
mkdir "$work/office" "$work/mirror"
office "$work/office"
cat >"$work/office/portals/mirror.json" <<END
{ "id": "mirror", "kind": "directory", "path": "$work/mirror" }
END
yugao() {
	"$bin/yugao" -c "$work/office/yugao.json" --now $now "$@"
}
sums() {
	(cd "$1" && find . -type f -exec sha256sum {} + | sort)
}
found() { # portal, what
	jq --arg portal "$1" --arg what "$2" \
	    '.portals[] | select(.portal == $portal) | .[$what]' "$work/json"
}
verify() {
	yugao --json verify --portals "$@" >"$work/json" 2>"$work/err"
}
yugao check --portals >"$work/out" 2>&1
is "before anything is said the portals are reached" $? 0
ok "and it says what to do" grep -q '先运行 yugao run' "$work/out"
yugao -q run >"$work/out" 2>&1
is "all is delivered" $? 0
whole=$(sums "$work/www")
verify
is "the portals have what they took" $? 0
is "nothing is missing or altered" "$(found portal missing) $(found portal altered) \
$(found mirror missing) $(found mirror altered) $(found mirror foreign)" "0 0 0 0 0"
ok "everything was looked at" [ "$(found portal same)" = "$(found mirror same)" ]
rm "$work/www/releases.ics" "$work/mirror/releases.json"
echo altered >"$work/www/en/releases.ics"
echo foreign >"$work/mirror/robots.txt"
mkdir "$work/mirror/others"
echo foreign >"$work/mirror/others/page.html"
verify
is "what is missing or altered is an error" $? 1
is "at the portal" "$(found portal missing) $(found portal altered)" "1 1"
is "in the directory, where what is not ours is told too" \
    "$(found mirror missing) $(found mirror foreign)" "1 2"
is "each is named" "$(jq -r '[.findings[] | select(.found == "missing" or
    .found == "altered") | .portal + " " + .path] | sort | join(", ")' \
    "$work/json")" \
    "mirror releases.json, portal en/releases.ics, portal releases.ics"
ok "looking has mended nothing" [ ! -f "$work/www/releases.ics" ]
yugao verify --portals >"$work/out" 2>&1
ok "a person reads it" grep -q '缺失：releases.ics' "$work/out"
verify --portal mirror
is "one portal alone" "$(jq '.portals | length' "$work/json")" 1
verify --repair
is "a repair sends it again" $? 0
is "three of them" "$(jq '.repaired.items' "$work/json")" 3
is "the portal is whole" "$(sums "$work/www")" "$whole"
is "what is not ours is still there" "$(cat "$work/mirror/robots.txt" \
    "$work/mirror/others/page.html" | grep -c foreign)" 2
verify
is "then nothing is wrong" $? 0
ok "nor in ledger and record" yugao -q verify
puts() {
	requests | jq '.requests.PUT // .put // 0' 2>/dev/null
}
before=$(sums "$work/www")$(sums "$work/mirror")$(puts)
yugao check --portals >"$work/out" 2>&1
is "a dry conversation" $? 0
ok "tells that conditions work" grep -q '支持条件请求' "$work/out"
ok "and how much disk is left" grep -q 'MiB' "$work/out"
is "and writes nothing" "$(sums "$work/www")$(sums "$work/mirror")$(puts)" \
    "$before"
chmod 644 "$work/token"
yugao check --portals >"$work/out" 2>&1
is "a secret that others can read is an error" $? 1
chmod 600 "$work/token"
ok "whose words do not hold it" sh -c "! grep -qF '$(cat "$work/token")' '$work/out'"
stop_portal
yugao check --portals >"$work/out" 2>&1
is "so is a portal that is down" $? 1
verify
is "which cannot be compared" $? 1
ok "and is left after a few tries" [ "$(found portal unread)" -gt 5 ]

# Sourced: $kills kills at random moments (random_kills.py).
# shellcheck shell=sh disable=SC2154
if [ -z "${TMPDIR-}" ] && [ "$(df -Pk /dev/shm 2>/dev/null |
    awk 'NR == 2 { print $4 }')" -gt 65536 ] 2>/dev/null; then
	rm -rf "$work"
	work=$(mktemp -d /dev/shm/yugao-crash.XXXXXX)
fi
url=http://127.0.0.1:9/
mkdir "$work/office"
office "$work/office"
rm "$work/office/plans/nbs-2026.json"
jq '.site = false' "$work/office/yugao.json" >"$work/new" &&
    mv "$work/new" "$work/office/yugao.json"
jq 'del(.auth)' "$work/office/portals/portal.json" >"$work/new" &&
    mv "$work/new" "$work/office/portals/portal.json"
cp -R "$work/office" "$work/twin"
BIN=$bin PYTHONDONTWRITEBYTECODE=1 /usr/bin/python3 \
    "$root/tests/crash/random_kills.py" "$work" "$kills" >"$work/tap" 2>&1
cat "$work/tap"
tests=$(grep -c '^\(not \)\?ok' "$work/tap")
failures=$(grep -vc '^\(ok\|#\)' "$work/tap")
[ "$tests" -gt 0 ] || failures=1

# Sourced: hinders `run` at its steps, as torture.py says, in two states: the
# first run, and an act that moves a release.  $rows: "mode every" a line.
# shellcheck shell=sh disable=SC2154
# A synced write to a disk costs more than all the rest.
if [ -z "${TMPDIR-}" ] && [ "$(df -Pk /dev/shm 2>/dev/null |
    awk 'NR == 2 { print $4 }')" -gt 65536 ] 2>/dev/null; then
	rm -rf "$work"
	work=$(mktemp -d /dev/shm/yugao-crash.XXXXXX)
fi
start_portal "$work/www"
mkdir "$work/office"
office "$work/office"
rm "$work/office/plans/nbs-2026.json"
(umask 077 && openssl genpkey -algorithm ed25519 -out "$work/office/log.pem")
# Feeds alone: a site has as many steps as pages, and no other kind of step.
jq '.signing = { secret: { file: "log.pem" } } | .site = false' \
    "$work/office/yugao.json" >"$work/new" &&
    mv "$work/new" "$work/office/yugao.json"

torture() { # instant name
	echo "$rows" | while read -r mode every; do
		BIN=$bin /usr/bin/python3 "$root/tests/crash/torture.py" \
		    "$mode" "$work/office" "$work/www" "$1" "$every" \
		    "${CRASH_PHASE:-7}" 2>&1 | sed -u "s/^\(.*ok - \)/\1$2: /"
	done >"$work/tap"
	cat "$work/tap"
	tests=$((tests + $(grep -c '^\(not \)\?ok' "$work/tap")))
	failures=$((failures + $(grep -vc '^\(ok\|#\)' "$work/tap")))
}
torture 2025-12-26T13:58:00+08:00 "first run"
"$bin/yugao" -c "$work/office/yugao.json" --now 2025-12-26T13:58:00+08:00 \
    -q run
acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-12-08T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2026-01-04T10:00:00+08:00" } ] }
END
torture 2026-01-05T09:00:00+08:00 "a move"

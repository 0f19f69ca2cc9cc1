# Sourced: stops `run` before its n-th write, fsync, rename, send, …, runs it
# again undisturbed, and compares the end state with that of a run that was
# never stopped.  Set $every (1 = each step) before.
# shellcheck shell=sh disable=SC2154
shim=$bin/tests/shim.so
start_portal "$work/www"

# The end state: what the portal has, the tree, and what was said.
state() {
	(cd "$work/www" && find . -name '.?*' -prune -o -type f -exec \
	    sha256sum {} + | sort)
	(cd "$work/office/state/public/" && find . -type f -exec sha256sum {} + |
	    sort)
	"$bin/yugao" -c "$work/office/yugao.json" --json log
	"$bin/yugao" -c "$work/office/yugao.json" --json status |
	    jq -c '.portals | map(del(.attempts))' 2>/dev/null
	sqlite3 "$work/office/state/yugao.db" 'PRAGMA integrity_check'
	"$bin/yugao" -c "$work/office/yugao.json" -q verify 2>&1
}
run() { # instant
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" -q run
}
fresh() { # snapshot
	rm -rf "$work/office" "$work/www"
	mkdir -p "$work/www"
	cp -Rp "$1/." "$work"
}
# try NAME SNAPSHOT INSTANT: every step of the run from that state
try() {
	fresh "$2"
	SHIM_COUNT=$work/count LD_PRELOAD=$shim run "$3"
	status=$?
	steps=$(cat "$work/count")
	state >"$work/expected"
	is "$1: the undisturbed run ends well" "$status" 0
	ok "$1: and verify finds nothing" "$bin/yugao" \
	    -c "$work/office/yugao.json" -q verify
	landed=0
	wrong=
	n=1
	while [ "$n" -le "$steps" ]; do
		fresh "$2"
		(SHIM_KILL=$n LD_PRELOAD=$shim run "$3") 2>/dev/null
		[ $? -ne 137 ] || landed=$((landed + 1))
		run "$3" >/dev/null 2>&1
		state >"$work/got"
		if ! cmp -s "$work/got" "$work/expected"; then
			wrong="$wrong $n"
			diff "$work/expected" "$work/got" |
			    head -n 5 | sed "s/^/# $n: /"
		fi
		n=$((n + every))
	done
	echo "# $1: $landed kills landed, $steps steps"
	is "$1: killed before each of $steps steps, the next run heals" \
	    "$wrong" ''
	ok "$1: the kills landed" [ "$landed" -gt 0 ]
}

mkdir -p "$work/empty/office" "$work/empty/www"
office "$work/empty/office"
rm "$work/empty/office/plans/nbs-2026.json"
(umask 077 && openssl genpkey -algorithm ed25519 \
    -out "$work/empty/office/log.pem")
# Feeds alone: a site has as many steps as pages, and no other kind of step.
jq '.signing = { secret: { file: "log.pem" } } | .site = false' \
    "$work/empty/office/yugao.json" >"$work/new" &&
    mv "$work/new" "$work/empty/office/yugao.json"
try "first run" "$work/empty" 2025-12-26T13:58:00+08:00

# A second state: the first run done, and an act that moves a release.
fresh "$work/empty"
run 2025-12-26T13:58:00+08:00
release=cq-demo/logistics/2026-Q3
acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["$release"], "to": "2026-12-08T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2026-01-04T10:00:00+08:00" } ] }
END
mkdir "$work/moved"
cp -Rp "$work/office" "$work/www" "$work/moved"
try "a move" "$work/moved" 2026-01-05T09:00:00+08:00

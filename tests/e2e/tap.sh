# Sourced by the end-to-end tests: TAP, a scratch folder, and servers that
# are stopped by pid.  The scratch folder stays when a test fails.
# shellcheck shell=sh
set -u
root=$(cd "$(dirname "$0")/../.." && pwd)
case ${BUILD:-build} in
/*) bin=$BUILD ;;
*) bin=$root/${BUILD:-build} ;;
esac
work=$(mktemp -d "${TMPDIR:-/tmp}/yugao-e2e.XXXXXX")
tests=0
failures=0
pids=
finish() {
	for pid in $pids; do
		kill "$pid" 2>/dev/null
		wait "$pid" 2>/dev/null
	done
	if [ "$failures" -eq 0 ]; then
		rm -rf "$work"
	else
		echo "# evidence: $work"
	fi
	echo "1..$tests"
	[ "$failures" -eq 0 ]
	exit $? # not that of the last command before the trap
}
trap finish EXIT
trap 'exit 1' INT TERM

# ok "what holds" command …
ok() {
	name=$1
	shift
	tests=$((tests + 1))
	if "$@" >"$work/last" 2>&1; then
		echo "ok $tests - $name"
	else
		failures=$((failures + 1))
		echo "not ok $tests - $name"
		sed 's/^/# /' "$work/last" | head -n 20
	fi
}
# is "what holds" got expected
is() {
	tests=$((tests + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $tests - $1"
	else
		failures=$((failures + 1))
		echo "not ok $tests - $1"
		printf '# got:      %s\n# expected: %s\n' "$2" "$3"
	fi
}
# until_file FILE: at most ten seconds
until_file() {
	tries=0
	while [ ! -s "$1" ]; do
		tries=$((tries + 1))
		[ "$tries" -le 100 ] || return 1
		sleep 0.1
	done
}
# start_portal FOLDER [OPTION …]: sets $portal (pid), $port, $url
start_portal() {
	folder=$1
	shift
	rm -f "$work/port"
	mkdir -p "$folder"
	if [ ! -f "$work/token" ]; then
		(umask 077 && echo 0123456789abcdef0123456789abcdef \
		    >"$work/token")
	fi
	"$bin/yugao-portal" --listen "127.0.0.1:${port:-0}" \
	    --prefix /calendar/ --token-file "$work/token" \
	    --port-file "$work/port" "$@" "$folder" 2>>"$work/portal.log" &
	portal=$!
	pids="$pids $portal"
	until_file "$work/port" || return 1
	port=$(cat "$work/port")
	url=http://127.0.0.1:$port/calendar/
}
stop_portal() {
	kill "$portal"
	wait "$portal" 2>/dev/null
}
# start_nginx FOLDER PUBLIC: config/nginx over a tree; sets $nginx (pid),
# $nginx_url
start_nginx() {
	# A port that is free now; nginx cannot tell which one it chose.
	nginx_port=$(/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
	"$root/tests/e2e/nginx-conf" "$1" "$2" "127.0.0.1:$nginx_port"
	PATH=$PATH:/usr/sbin:/sbin nginx -c "$1/nginx.conf" -p "$1" \
	    2>>"$1/error.log" &
	nginx=$!
	pids="$pids $nginx"
	until_file "$1/nginx.pid" || return 1
	nginx_url=http://127.0.0.1:$nginx_port/calendar/
}
# relay FILE: the "ok …" and "not ok …" of another program are ours
relay() {
	while read -r line; do
		case $line in
		"ok "*) ok "${line#ok }" true ;;
		"not ok "*) ok "${line#not ok }" false ;;
		*) echo "# $line" ;;
		esac
	done <"$1"
}
requests() {
	curl -s "http://127.0.0.1:$port/-/status"
}
# office FOLDER: the demo's office, its portal at $url, its state inside
office() {
	cp -R "$root/config/demo/." "$1"
	rm -f "$1/demo"
	for file in "$1/yugao.json" "$1/portals/portal.json"; do
		sed -e "s|http://127.0.0.1:8787/calendar/|$url|" \
		    -e "s|\"[^\"]*build/demo/state\"|\"state\"|" \
		    -e "s|\"[^\"]*build/demo/portal.token\"|\"$work/token\"|" \
		    -e "s|\"\.\./\.\./|\"$root/|" \
		    "$file" >"$file.new" && mv "$file.new" "$file"
	done
}
# acts: those on standard input, after the demo's own reviews
acts() {
	mkdir -p "$work/office/acts"
	jq --slurpfile demo "$root/config/demo/acts/cq-demo-2026.json" \
	    '.acts = ($demo[0].acts + .acts | sort_by(.at))' >"$work/acts.new" &&
	    mv "$work/acts.new" "$work/office/acts/cq-demo-2026.json"
}
# review INSTANT: reviews of what cq-demo's plan says anew, after the acts
review() {
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" --json \
	    draft acts --department cq-demo >"$work/drafts"
	jq -s '.[1] as $drafts | .[0] | .acts += [$drafts.files[].acts[] |
	    select(.act == "review") | .who = "示例审查员"]' \
	    "$work/office/acts/cq-demo-2026.json" "$work/drafts" \
	    >"$work/acts.new" &&
	    mv "$work/acts.new" "$work/office/acts/cq-demo-2026.json"
}

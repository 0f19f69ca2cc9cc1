#!/bin/sh
# Pushing to Xandikos: keep-alive, and refusals inside a 207.
base=/yugao/calendars/
login=
auth=
vdirsyncer_auth=
start_server() {
	server_port=$(free_port)
	mkdir -p "$work/calendars"
	xandikos -d "$work/calendars" -l 127.0.0.1 -p "$server_port" \
	    --current-user-principal /yugao/ --defaults \
	    >"$work/server.log" 2>&1 &
	server=$!
	pids="$pids $server"
	until_answers "http://127.0.0.1:$server_port/"
}
# shellcheck source=tests/e2e/caldav.sh
. "$(dirname "$0")/caldav.sh"

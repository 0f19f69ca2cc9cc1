# Sourced by caldav-radicale.t and caldav-xandikos.t: an office that pushes to
# a real calendar server, through a relay that tells what was asked.  Each
# brings start_server, which sets $server (pid) and $server_port, and $base
# (path), $login (curl's) and $auth (JSON).
# shellcheck shell=sh
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
LC_ALL=C.UTF-8
export LC_ALL
here=$(dirname "$0")

free_port() {
	/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}
until_answers() { # URL: at most thirty seconds
	tries=0
	until curl -s -o "$work/probe" "$1"; do
		tries=$((tries + 1))
		[ "$tries" -le 300 ] || return 1
		sleep 0.1
	done
}
start_relay() {
	/usr/bin/python3 "$here/relay.py" "$work/relay.port" "$work/asked" \
	    "$server_port" "$work/cut" 2>>"$work/relay.log" &
	pids="$pids $!"
	until_file "$work/relay.port" || return 1
	url=http://127.0.0.1:$(cat "$work/relay.port")$base
	direct=http://127.0.0.1:$server_port$base
}
# portal DEPARTMENTS: writes the portal's file
portal() {
	cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "caldav", "url": "$url", "allow_private": true,
  "departments": [$1] $auth }
END
}
run() { # INSTANT
	: >"$work/asked"
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" run \
	    >"$work/out" 2>&1
}
asked() { # METHOD [PART]: how many requests
	grep "^$1 " "$work/asked" | grep -c -- "${2:-}"
}
writes() {
	grep -cE '^(PUT|DELETE|MKCALENDAR|MOVE|PROPPATCH) ' "$work/asked"
}
dav() { # METHOD PATH [OPTION …]
	method=$1
	path=$2
	shift 2
	# shellcheck disable=SC2086
	curl -s -f $login -H Expect: -X "$method" "$@" "$direct$path"
}
named() { # KEY: the path of its event in Chinese
	printf '%s/%s%%40%s.ics' "${2:-2026}" \
	    "$(echo "$1" | tr / .)" "$domain"
}
sync() {
	for calendar in 2026 2026.en; do
		rm -rf "$work/read/$calendar" "$work/status"
		mkdir -p "$work/read/$calendar"
		cat >"$work/vdirsyncer" <<END
[general]
status_path = "$work/status/"
[pair calendar]
a = "here"
b = "there"
collections = null
[storage here]
type = "filesystem"
path = "$work/read/$calendar"
fileext = ".ics"
[storage there]
type = "caldav"
url = "$direct$calendar/"
$vdirsyncer_auth
read_only = true
END
		(yes | vdirsyncer -c "$work/vdirsyncer" discover &&
		    vdirsyncer -c "$work/vdirsyncer" sync) || return 1
	done
}
told() { # calendar's events, foreign ones left out
	/usr/bin/python3 "$here/events.py" --from 2026 --until 2026 \
	    "$work/read/$1" | grep -v "^\['fremd"
}
published() { # feed's events, of the department that the portal gets
	/usr/bin/python3 "$here/events.py" --from 2026 --until 2026 \
	    "$work/office/state/public/$1" | grep "^\['cq-demo\."
}
equal_zh() {
	sync >"$work/sync.log" 2>&1 || return 1
	told 2026 >"$work/told"
	published releases.ics >"$work/published"
	[ -s "$work/told" ] && diff "$work/told" "$work/published"
}
equal() { # vdirsyncer reads what we have published, in both languages
	equal_zh || return 1
	told 2026.en >"$work/told.en"
	published en/releases.ics >"$work/published.en"
	diff "$work/told.en" "$work/published.en"
}
sequence_of() { # PATH
	dav GET "$1" | tr -d '\r' | sed -n 's/^SEQUENCE://p'
}
an_act() { # KIND KEY [MEMBER …]: appended to the office's acts
	kind=$1
	key=$2
	shift 2
	jq --argjson act "{ \"act\": \"$kind\", \"releases\": [\"$key\"],
	    \"reason\": \"示例：上级部门推迟提供基础数据，相应调整发布\",
	    \"reason_code\": \"source_data_late\", \"role\": \"stat_head\" $* }" \
	    '.acts += [$act] | .acts |= sort_by(.at)' \
	    "$work/office/acts/cq-demo-2026.json" >"$work/acts.new" &&
	    mv "$work/acts.new" "$work/office/acts/cq-demo-2026.json"
}

ok "the calendar server starts" start_server
ok "the relay starts" start_relay
mkdir "$work/office"
office "$work/office"
domain=$(jq -r .office.domain "$work/office/yugao.json")
portal '"cq-demo"'
run 2025-12-26T13:58:00+08:00
is "the first run ends well" $? 0
ok "and makes each calendar, at most once a connection" sh -c \
    "[ $(asked MKCALENDAR /2026/) -ge 1 ] &&
	[ $(asked MKCALENDAR /2026/) -le 4 ] &&
	[ $(asked MKCALENDAR /2026.en/) -ge 1 ] &&
	[ $(asked MKCALENDAR /2026.en/) -le 4 ]"
ok "a client reads there what was published, in both languages" equal
is "with one write for each, and those that found no calendar" \
    "$(asked PUT "${base}2026")" \
    "$(($(find "$work/read" -name '*.ics' | wc -l) + $(asked MKCALENDAR)))"
called() { # PATH NAME
	dav PROPFIND "$1" -H 'Depth: 0' | grep -F "$2"
}
ok "the calendars have names for people" \
    called 2026/ "$(jq -r .office.name.zh "$work/office/yugao.json")：2026<"
ok "each in its language" \
    called 2026.en/ "$(jq -r .office.name.en "$work/office/yugao.json"): 2026<"
january=$(jq -c '.releases[] |
    select(.release == "cq-demo/freight/2026-01") | [.start[:10], .title]' \
    "$work/office/state/public/releases.json")
cat >"$work/khal" <<END
[calendars]
[[announced]]
path = $work/read/2026
[locale]
local_timezone = Asia/Shanghai
default_timezone = Asia/Shanghai
timeformat = %H:%M
dateformat = %Y-%m-%d
longdateformat = %Y-%m-%d
datetimeformat = %Y-%m-%d %H:%M
longdatetimeformat = %Y-%m-%d %H:%M
[sqlite]
path = $work/khal.db
END
is "khal shows January's freight on its day" \
    "$(khal -c "$work/khal" list --notstarted --day-format '' \
	--format '{title}' "$(echo "$january" | jq -r '.[0]')" 1d |
	grep -cxF "$(echo "$january" | jq -r '.[1]')")" 1
run 2025-12-26T13:58:00+08:00
is "the second run asks nothing at all" "$? $(wc -l <"$work/asked")" "0 0"

# A move is one PUT a language on the same resource.
q3=$(named cq-demo/logistics/2026-Q3)
an_act move cq-demo/logistics/2026-Q3 \
    ', "to": "2026-10-29T10:00", "at": "2025-12-27T10:00:00+08:00"'
run 2025-12-28T09:00:00+08:00
is "a move is one write a language, and one is read back" \
    "$? $(writes) $(asked PUT "$q3") $(asked GET)" "0 2 1 1"
is "under the same name with a higher SEQUENCE" "$(sequence_of "$q3")" 1
ok "and says what is published" equal

# What others do to the calendar.
printf '%s\r\n' BEGIN:VCALENDAR VERSION:2.0 PRODID:fremd BEGIN:VEVENT \
    UID:fremd DTSTAMP:20260101T000000Z DTSTART:20260401T010000Z \
    SUMMARY:Fremd END:VEVENT END:VCALENDAR >"$work/fremd.ics"
put_there() { # FILE PATH
	dav PUT "$2" -H 'Content-Type: text/calendar' --data-binary "@$1"
}
ok "somebody adds an event" put_there "$work/fremd.ics" 2026/fremd.ics
dav GET 2026/fremd.ics >"$work/fremd.before"
q1=$(named cq-demo/logistics/2026-Q1)
q2=$(named cq-demo/logistics/2026-Q2)
dav GET "$q1" | sed 's/^SUMMARY:.*/SUMMARY:geändert/' >"$work/edited.ics"
ok "and edits one of ours" put_there "$work/edited.ics" "$q1"
ok "and deletes another" dav DELETE "$q2"
dav GET "$q3" >"$work/elsewhere.ics"
dav DELETE "$q3" -o "$work/gone"
ok "and puts a third under another name" \
    put_there "$work/elsewhere.ics" 2026/elsewhere.ics
an_act move cq-demo/logistics/2026-Q1 \
    ', "to": "2026-04-28T10:00", "at": "2025-12-28T10:00:00+08:00"'
an_act move cq-demo/logistics/2026-Q2 \
    ', "to": "2026-07-29T10:00", "at": "2025-12-28T10:00:00+08:00"'
an_act cancel cq-demo/logistics/2026-Q3 ', "at": "2025-12-28T10:00:00+08:00"'
run 2025-12-29T09:00:00+08:00
is "the next changes are delivered all the same" $? 0
is "the edited one is ours again" "$(sequence_of "$q1")" 1
is "the deleted one is back" "$(sequence_of "$q2")" 1
is "the one under another name was updated there" \
    "$(sequence_of 2026/elsewhere.ics)" 2
dav GET 2026/elsewhere.ics >"$work/third"
ok "and is cancelled" sh -c "grep -q STATUS:CANCELLED '$work/third'"
is "the foreign one is untouched" \
    "$(dav GET 2026/fremd.ics | sha256sum)" \
    "$(sha256sum <"$work/fremd.before")"
ok "and a client reads what is published" equal

# The server has done it, but its answer is lost.
an_act move cq-demo/logistics/2026-Q2 \
    ', "to": "2026-07-30T10:00", "at": "2025-12-29T10:00:00+08:00"'
echo 1 >"$work/cut"
run 2025-12-30T09:00:00+08:00
is "a lost answer leaves something to deliver" $? 5
run 2025-12-30T09:01:00+08:00
is "the next run finds it there" "$? $(asked PUT)" "0 2"
is "once more and no further" "$(sequence_of "$q2")" 2
ok "and again all is as published" equal

# A run that is killed in the middle: the calendars are gone, and the portal
# has another address, so that it is filled anew.
dav DELETE 2026/ -o "$work/gone"
dav DELETE 2026.en/ -o "$work/gone"
url=$(echo "$url" | sed 's/127\.0\.0\.1/localhost/')
portal '"cq-demo"'
: >"$work/asked"
"$bin/yugao" -c "$work/office/yugao.json" --now 2025-12-30T09:02:00+08:00 run \
    >"$work/killed" 2>&1 &
killed=$!
until_puts() { # NUMBER: at most a minute
	tries=0
	while [ "$(asked PUT)" -lt "$1" ]; do
		tries=$((tries + 1))
		[ "$tries" -le 600 ] || return 1
		sleep 0.1
	done
}
ok "a run begins to fill it anew" until_puts 9
kill -9 "$killed"
wait "$killed" 2>/dev/null
run 2025-12-30T09:03:00+08:00
is "after a kill the next run does the rest" $? 0
ok "and the end is that of an undisturbed one" equal

# What is no longer selected goes, and nothing else.
ok "somebody adds an event to the English calendar" \
    put_there "$work/fremd.ics" 2026.en/fremd.ics
sed -i 's/"departments"/"languages": ["zh"], &/' \
    "$work/office/portals/portal.json"
run 2025-12-30T09:04:00+08:00
is "without English its events are removed" "$? $(asked PUT)" "0 0"
ok "and the calendar in Chinese stays as it was" equal_zh
is "as does what is not ours" "$(ls "$work/read/2026.en" | wc -l) $(
    dav GET 2026.en/fremd.ics | grep -c Fremd)" "1 1"

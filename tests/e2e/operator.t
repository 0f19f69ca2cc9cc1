#!/bin/sh
# What the person who runs yugao sees: metrics, lines of a log, a ping, and
# what a portal said of its refusal.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
now=2025-12-26T13:58:00+08:00
mkdir "$work/play" "$work/office" "$work/metrics"
mkfifo "$work/end"
/usr/bin/python3 -W ignore "$root/tests/e2e/misbehave.py" "$work/play" \
    <"$work/end" >"$work/ports" 2>>"$work/play.log" &
pids="$pids $!"
exec 9>"$work/end"
ready() {
	tries=0
	until grep -q ready "$work/ports"; do
		tries=$((tries + 1))
		[ $tries -le 300 ] || return 1
		sleep 0.1
	done
}
ok "the server that misbehaves starts" ready
play=http://127.0.0.1:$(sed -n 's/^http //p' "$work/ports")
start_portal "$work/www"
office "$work/office"
good=$url
portal() { # URL
	jq --arg url "$1" '.url = $url | .required = true | .allow_private = true' \
	    "$work/office/portals/portal.json" >"$work/portal.new" &&
	    mv "$work/portal.new" "$work/office/portals/portal.json"
}
configure() { # jq's filter
	jq "$1" "$work/office/yugao.json" >"$work/yugao.new" &&
	    mv "$work/yugao.new" "$work/office/yugao.json"
}
yugao() {
	"$bin/yugao" -c "$work/office/yugao.json" "$@"
}
prom=$work/metrics/yugao.prom
metric() { # name and labels
	grep -F "$1 " "$prom" | cut -d' ' -f2
}
(umask 077 && echo "$play/ping/secret-5Qz?tag=a" >"$work/ping")
configure '.metrics = "'"$prom"'" | .ping = {secret: {file: "'"$work/ping"'"},
    allow_private: true}'

# A portal that refuses with problem details.
portal "$play/problem/"
yugao --now $now --log json run >"$work/out" 2>"$work/log"
is "what a portal refuses is not delivered" $? 5
is "each line of the log is JSON" \
    "$(jq -es 'length > 1' "$work/log" 2>/dev/null)" true
is "the last one is of the run" "$(tail -n 1 "$work/log" |
    jq -r '[.event, .command, .exit, .level] | join(" ")')" "run run 5 warning"
# The portal's token stands at its end, as stars.
problem="示例 quota used up: try  [2J again $(sed 's/./*/g' "$work/token")"
is "an attempt says what the portal said, without controls" "$(jq -rs \
    '[.[] | select(.event == "attempt")][0].detail' "$work/log")" \
    "$problem"
ok "status shows it" sh -c "'$bin/yugao' -c '$work/office/yugao.json' \
    --now $now status -v | grep -q 'quota used up'"
is "and its JSON" "$(yugao --now $now status -v --json |
    jq -r '.attempts[0].detail')" "$problem"
is "the exit status is measured" "$(metric 'yugao_run_exit_status{command="run"}')" 5
is "so is the time" "$(metric 'yugao_run_end_timestamp_seconds{command="run"}')" \
    "$(date -d $now +%s)"
is "and what waits" "$(awk '/^yugao_portal_messages.*(queued|refused|held)"/ \
    { n += $2 } END { print (n > 0) }' "$prom")" 1
ok "a run that did its work pings" grep -q 'GET /ping/secret-5Qz?tag=a' \
    "$work/play.log"
is "the metrics are what Prometheus reads" "$(awk '
    /^# HELP [a-z_]+ .*\.$/ { help[$3] = 1; next }
    /^# TYPE [a-z_]+ gauge$/ { if (!help[$3]) bad++; type[$3] = 1; next }
    { name = $1; sub(/[{].*/, "", name)
      if (!type[name] || $0 !~ /^[a-z_]+([{]([a-z]+="[^"\\]*",?)+[}])? [0-9.]+$/) bad++ }
    END { print bad + 0 }' "$prom")" 0

# A portal that is lost, and a release that comes near.
portal "$play/status-503/"
next=$(yugao --now $now --json status | jq -r '.releases[0].start')
at() { # hours before that release
	date -u -d "@$(($(date -d "$next" +%s) - $1 * 3600))" \
	    +%Y-%m-%dT%H:%M:%SZ
}
yugao --now $now -q push >"$work/out" 2>&1
is "nobody is alerted long before" "$(yugao --now $now --json status |
    jq '.unconfirmed | length')" 0
yugao --now "$(at 23)" --log logfmt push >"$work/out" 2>"$work/log"
is "a day before it is told" $? 5
ok "on the terminal" grep -q '24 小时' "$work/out"
ok "in the log" grep -q 'event=unconfirmed portal=portal .*mark=24' "$work/log"
is "in the metrics" "$(metric \
    'yugao_unconfirmed_releases{portal="portal",within="24h"}' |
    awk '{ print ($1 > 0) }')" 1
ok "and the ping is one of failure" grep -q \
    'GET /ping/secret-5Qz/fail?tag=a' "$work/play.log"
records() {
	sqlite3 "$work/office/state/yugao.db" "SELECT count(*) FROM record
	    WHERE kind = 'alert' AND json_extract(body, '$.mark') = $1"
}
first=$(records 24)
ok "and in the record" [ "$first" -gt 0 ]
yugao --now "$(at 22)" -q push >"$work/out" 2>&1
is "where it stands once" "$(records 24)" "$first"
is "the second mark has not come" "$(records 2)" 0
yugao --now "$(at 1)" -q push >"$work/out" 2>&1
ok "two hours before it is told again" grep -q '2 小时' "$work/out"
ok "and recorded again" [ "$(records 2)" -gt 0 ]
yugao --now "$(at 1)" status >"$work/out"
ok "status tells it too" grep -q '不到 2 小时' "$work/out"
ok "the record is whole" yugao -q verify

# All is well.
cp "$prom" "$work/before"
yugao --now "$(at 1)" -q status >/dev/null
is "status writes no metrics" "$(cmp "$prom" "$work/before" && echo same)" same
portal "$good"
yugao --now "$(at 1)" run >"$work/out" 2>&1
is "the portal takes everything" $? 0
is "the exit status is another" "$(metric 'yugao_run_exit_status{command="run"}')" 0
is "nothing waits" "$(awk '/^yugao_portal_messages.*(queued|refused|held)"/ \
    { n += $2 } END { print n + 0 }' "$prom")" 0
is "no release is unconfirmed" "$(awk '/^yugao_unconfirmed/ \
    { n += $2 } END { print n + 0 }' "$prom")" 0
yugao --now "$(at 1)" push >"$work/out" 2>&1
is "push is measured beside run" "$(grep -c '^yugao_run_exit_status' "$prom")" 2

# The operator holds a portal, and ends that.
yugao --now "$(at 1)" push --hold portal >"$work/out" 2>&1
is "a hold alone is no backlog" $? 0
configure '.office.name.zh = "示例：另一名称"'
yugao --now "$(at 1)" run >"$work/out" 2>&1
is "what is new waits for a portal on hold" $? 5
ok "which says so" grep -q '由操作人员暂停' "$work/out"
is "the metrics say it" "$(metric 'yugao_portal_held{portal="portal"}')" 1
yugao --now "$(at 1)" push --portal portal >"$work/out" 2>&1
is "naming it does not help" $? 5
yugao --now "$(at 1)" push --release portal >"$work/out" 2>&1
is "its end sends everything" $? 0
yugao --now "$(at 1)" push --hold nobody >"$work/out" 2>&1
is "a portal that is not there is a mistake" $? 2
yugao --now "$(at 1)" push --retry nbs/nothing/2026-01 >"$work/out" 2>&1
is "so is a release that was never said" $? 2
portal "$play/status-404/"
yugao --now "$(at 1)" -q push >"$work/out" 2>&1
portal "$play/dav/"
yugao --now "$(at 1)" -q push >"$work/out" 2>&1
is "another place begins anew" $? 0
ok "the record is whole still" yugao -q verify

# What cannot be told fails no run.
portal "$good"
(umask 077 && echo "$play/no-answer-5Qz/" >"$work/ping")
configure '.metrics = "/proc/yugao.prom"'
yugao --now "$(at 1)" push >"$work/out" 2>"$work/err"
is "a push is well without its metrics" $? 0
ok "which is told" grep -q '未能写入指标文件' "$work/err"
yugao --now $now --log yaml push >"$work/out" 2>"$work/err"
is "another form of the log is a mistake" $? 2
is "no word of ours holds the ping's secret" \
    "$(grep -rlF secret-5Qz "$work/office" "$work/metrics" "$work/out" \
    "$work/err" "$work/log" 2>/dev/null)" ''
exec 9>&-

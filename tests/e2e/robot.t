#!/bin/sh
# Group robots: a short text for people, signed as each maker's document says,
# refused inside of a 200, and a URL that stands nowhere.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
node "$root/tests/e2e/hooks.mjs" "$work/port" "$work/log" \
    2>"$work/hooks.err" &
pids="$pids $!"
ok "the robots start" until_file "$work/port"
port=$(cat "$work/port")
url=http://127.0.0.1:$port
mkdir "$work/office"
office "$work/office"
rm -f "$work/office/portals/portal.json"
(umask 077 &&
    echo "$url/wecom?key=wecom-key-123456" >"$work/wecom.url" &&
    echo "$url/dingtalk?access_token=ding-token-123456" \
	>"$work/dingtalk.url" &&
    echo SECdingtalk >"$work/dingtalk.secret" &&
    echo "$url/feishu/hook/feishu-token-123456" >"$work/feishu.url" &&
    echo feishu-secret >"$work/feishu.secret")
robot() {
	cat >"$work/office/portals/$1.json" <<END
{ "id": "$1", "kind": "robot", "robot": "$1", "allow_private": true,
  "required": false, "url": { "file": "$work/$1.url" }$2 }
END
}
robot wecom ""
robot dingtalk ", \"secret\": { \"file\": \"$work/dingtalk.secret\" }"
robot feishu ", \"secret\": { \"file\": \"$work/feishu.secret\" }"
run() {
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" run \
	    >"$work/out" 2>&1
}
now=2025-12-26T13:58:00+08:00
run $now
is "the first run ends well" $? 0
is "each robot gets one message, and takes it" \
    "$(jq -r '.path + " " + ((.answer.errcode // .answer.code) | tostring)' \
    "$work/log" | sort | tr '\n' ' ')" \
    "/dingtalk 0 /feishu/hook/feishu-token-123456 0 /wecom 0 "
text=$(jq -r 'select(.path == "/wecom") | .body.text.content' "$work/log")
ok "it is Chinese, and says that there is more" \
    sh -c "printf '%s' '$text' | grep -q 另有"
run $now
is "a second run sends nothing" "$(wc -l <"$work/log")" 3
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" } ] }
END
rm "$work/office/portals/feishu.json" "$work/office/portals/dingtalk.json"
echo '{"errcode":45009,"errmsg":"api freq out of limit"}' \
    >"$work/log.answers"
: >"$work/log"
run 2025-12-28T09:00:00+08:00
is "too often is tried again later" "$? $(wc -l <"$work/log")" "5 1"
run 2025-12-28T09:00:30+08:00
is "not before a minute has passed" "$? $(wc -l <"$work/log")" "5 1"
run 2025-12-28T09:02:00+08:00
is "and then taken" "$? $(wc -l <"$work/log")" "0 2"
ok "the change says what it was" sh -c \
    "tail -n 1 '$work/log' | jq -r .body.text.content | grep -q 原定2026年10月27日"
(umask 077 && echo "$url/wecom?key=wrong-key-canary-1" >"$work/wecom.url")
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-30T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-29T10:00:00+08:00" } ] }
END
run 2025-12-30T09:00:00+08:00
is "a refusal inside of a 200 is seen, and holds the portal" \
    "$? $(sqlite3 "$work/office/state/yugao.db" \
    "SELECT problem FROM portal_state WHERE portal = 'wecom'")" \
    "5 @channel.robot_url"
"$bin/yugao" -c "$work/office/yugao.json" --now 2025-12-30T09:00:00+08:00 \
    status -v >>"$work/out" 2>&1
for secret in wecom-key-123456 ding-token-123456 feishu-token-123456 \
    SECdingtalk feishu-secret wrong-key-canary-1; do
	ok "no robot's secret is in the state, or in what was printed" \
	    sh -c "! grep -rqF -- '$secret' '$work/office/state' '$work/out'"
done

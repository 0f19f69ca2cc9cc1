#!/bin/sh
# Changes as signed messages, checked by npm's standardwebhooks.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
new=whsec_$(openssl rand -base64 32)
old=whsec_$(openssl rand -base64 32)
node "$root/tests/e2e/hooks.mjs" "$work/port" "$work/log" "$new" "$old" \
    2>"$work/hooks.err" &
pids="$pids $!"
ok "the receiver starts" until_file "$work/port"
port=$(cat "$work/port")
url=http://127.0.0.1:$port/
mkdir "$work/office"
office "$work/office"
(umask 077 && printf '%s\n' "$new" >"$work/new" && printf '%s\n' "$old" \
    >"$work/old")
hook() {
	cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "webhook", "url": "http://127.0.0.1:$port/hook?a=1",
  "required": true, "allow_private": true, "secrets": [$1] }
END
}
run() {
	echo "$1" >"$work/log.now"
	"$bin/yugao" -c "$work/office/yugao.json" --now "$1" run \
	    >"$work/out" 2>&1
}
now=2025-12-26T13:58:00+08:00
hook "{ \"file\": \"$work/old\" }"
run $now
is "the first run ends well" $? 0
messages=$(wc -l <"$work/log")
ok "there is a message for each release" test "$messages" -gt 0
is "each is signed with the one key, by POST" \
    "$(jq -r '[.method, .signatures, .verified[1]] | join(" ")' "$work/log" |
    sort -u)" "POST 1 true"
is "a body that was tampered with is refused" \
    "$(jq -r .tampered "$work/log" | sort -u)" false
is "its id is its Idempotency-Key, and each has another" \
    "$(jq -r 'select(.id == .key) | .id' "$work/log" | sort -u | wc -l)" \
    "$messages"
run $now
is "a second run sends nothing" "$(wc -l <"$work/log")" "$messages"
jq -c .body "$work/log" >"$work/bodies"
cat >"$work/validate.mjs" <<'END'
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
const [root, file] = process.argv.slice(2);
const require = createRequire(`${root}/tests/package.json`);
const ajv = new (require("ajv/dist/2020"))({ allErrors: true });
require("ajv-formats")(ajv);
const validate = ajv.compile(JSON.parse(readFileSync(
	`${root}/config/schema/message.json`, "utf8")));
for (const line of readFileSync(file, "utf8").trim().split("\n"))
	if (!validate(JSON.parse(line))) {
		console.log(line, validate.errors);
		process.exit(1);
	}
END
ok "every message is as its schema says" \
    node "$work/validate.mjs" "$root" "$work/bodies"
# During a rotation both keys sign, the newest first.
: >"$work/log"
hook "{ \"file\": \"$work/new\" }, { \"file\": \"$work/old\" }"
printf '409\n' >"$work/log.answers"
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-29T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-27T10:00:00+08:00" } ] }
END
run 2025-12-28T09:00:00+08:00
is "409 is still in progress: it is queued" \
    "$? $(jq -r '[.signatures, .verified[0], .verified[1]] | join(" ")' \
    "$work/log")" "5 2 true true"
run 2025-12-28T09:01:00+08:00
is "and tried again with the same id" \
    "$? $(jq -r .id "$work/log" | sort -u | wc -l) $(wc -l <"$work/log")" \
    "0 1 2"
is "the change says what it was and why" "$(tail -n 1 "$work/log" | jq -r \
    '.body.data | [.kind, .sequence, .new.when, .old.when, .reason.zh] |
    join(" ")')" "moved-later 1 2026-10-29T10:00 2026-10-27T10:00 示例：上级部门推迟提供基础数据，相应推迟发布"
# Problem details are told to the operator.
acts <<'END'
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-30T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head",
    "at": "2025-12-29T10:00:00+08:00" } ] }
END
printf '422 {"title":"Not understood","detail":"no such series"}\n' \
    >"$work/log.answers"
run 2025-12-30T09:00:00+08:00
is "problem details are kept with the attempt" "$? $(sqlite3 \
    "$work/office/state/yugao.db" \
    "SELECT detail FROM attempt WHERE detail IS NOT NULL")" \
    "5 Not understood: no such series"
# A secret that is none holds the portal, and stands nowhere.
(umask 077 && printf 'whsec_short-secret-canary\n' >"$work/new")
asked=$(wc -l <"$work/log")
echo "$now" >"$work/log.now"
"$bin/yugao" -c "$work/office/yugao.json" --now 2025-12-30T10:00:00+08:00 \
    push --portal portal >"$work/out" 2>&1
is "a secret that is none holds the portal, and nothing is sent" \
    "$? $(wc -l <"$work/log") $(sqlite3 "$work/office/state/yugao.db" \
    "SELECT held || problem FROM portal_state")" \
    "5 $asked 1@channel.webhook_secret"
for secret in "${new#whsec_}" "${old#whsec_}" short-secret-canary; do
	ok "no secret is in the state, or in what was printed" \
	    sh -c "! grep -rqF -- '$secret' '$work/office/state' '$work/out'"
done

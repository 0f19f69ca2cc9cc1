#!/bin/sh
# What was said can be proved: the public log by a stranger with openssl and
# jq, everything else by verify.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
now=2025-12-26T13:58:00+08:00
mkdir "$work/office" "$work/kept" "$work/www"
url=http://127.0.0.1:1/
office "$work/office"
cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "directory", "path": "$work/www" }
END
(umask 077 && openssl genpkey -algorithm ed25519 -out "$work/office/log.pem")
jq '.signing = { secret: { file: "log.pem" } }' "$work/office/yugao.json" \
    >"$work/new" && mv "$work/new" "$work/office/yugao.json"
state=$work/office/state
log=$state/public/log
yugao() {
	"$bin/yugao" -c "$work/office/yugao.json" --lang en "$@"
}
run() { # instant
	yugao --now "$1" -q run >"$work/out" 2>&1
}
# found "what holds" WORDS: verify fails and says so
found() {
	yugao verify >"$work/out" 2>&1
	is "$1" "$? $(grep -cE "$2" "$work/out")" '1 1'
}
keep() { # name: the database as it is now
	cp "$state/yugao.db" "$work/kept/$1"
}
restore() { # name
	cp "$work/kept/$1" "$state/yugao.db"
}
act() { # release, day, instant: writes the act that moves it
	acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
  { "act": "move", "releases": ["$1"], "to": "$2T15:30",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head", "at": "$3" } ] }
END
}

run $now
is "the first run ends well" "$?" 0
ok "the log has the year's entries" [ -s "$log/2025.jsonl" ]
ok "verify finds nothing" yugao -q verify
is "the log holds every entry, in order" "$(jq -r .id "$log/2025.jsonl" |
    paste -sd ' ' -)" "$(yugao --json log | jq -r .id | paste -sd ' ' -)"
is "and what the ledger says" \
    "$(jq -Sc '[.id, .kind, .release, .said]' "$log/2025.jsonl" | sha256sum)" \
    "$(yugao --json log | jq -Sc '[.id, .kind, .release, .said]' | sha256sum)"
is "the index has its digest" "$(jq -r '.files[0].sha256' "$log/index.json")" \
    "$(sha256sum "$log/2025.jsonl" | cut -c 1-64)"
cp "$log/checkpoint.json" "$work/kept/early.json"
before=$(sha256sum "$state/yugao.db")
run $now
is "the same run again writes nothing, not even a record" \
    "$(sha256sum "$state/yugao.db")" "$before"

# What is closed leaves no trace, not even in a hash.
cp -R "$work/office" "$work/open"
rm -rf "$work/open/state"
for plan in "$work"/open/plans/*.json; do
	jq '(.defaults.class // "") as $class | .series |=
	    map(select((.class // $class) == "public"))' "$plan" \
	    >"$work/new" && mv "$work/new" "$plan"
done
"$bin/yugao" -c "$work/open/yugao.json" --now $now -q run >"$work/out" 2>&1
is "tree and log are the same without the closed series" \
    "$(cd "$work/open/state/public/" && find . -type f -exec sha256sum {} + |
        sort)" \
    "$(cd "$state/public/" && find . -type f -exec sha256sum {} + | sort)"
isnt=$(cat "$work/office"/plans/*.json "$work/open"/plans/*.json | grep -c canary)
ok "though there was something closed" [ "$isnt" -gt 0 ]

# The manual's own script.
awk '/^\.\\" script: / { inside = -1; next }
	/^\.Bd / && inside == -1 { inside = 1; next }
	/^\.Ed/ { inside = 0 }
	inside == 1 { gsub(/\\e/, "\\"); print }' \
    "$root/man/yugao-log.7" >"$work/check-log"
ok "it has at most 30 lines" [ "$(wc -l <"$work/check-log")" -le 30 ]
ok "shellcheck agrees with it" shellcheck -s sh "$work/check-log"
ok "it finds the log good" sh "$work/check-log" "$log"

# A year later: another file, the old one untouched.
keep yesterday
old=$(stat -c '%i %Y' "$log/2025.jsonl")
act cq-demo/logistics/2026-Q3 2026-12-24 2026-01-05T10:00:00+08:00
run 2026-01-05T11:00:00+08:00
is "the move is said" "$(jq -r .kind "$log/2026.jsonl" | paste -sd ' ' -)" \
    'edition moved-later'
is "the old year's file keeps bytes, inode and mtime" \
    "$(stat -c '%i %Y' "$log/2025.jsonl")" "$old"
ok "verify finds nothing" yugao -q verify
ok "nor with the checkpoint that was kept" \
    yugao -q verify --checkpoint "$work/kept/early.json"
ok "the script finds both years good" sh "$work/check-log" "$log"
ok "also with the checkpoint that was kept" \
    sh "$work/check-log" "$log" "$work/kept/early.json"
cp "$log/checkpoint.json" "$work/kept/late.json"
cp -R "$log" "$work/kept/log"
keep today
is "each change moves one file of the log and its twin, index and checkpoint" \
    "$(sqlite3 "$state/yugao.db" "SELECT count(*) FROM manifest
        WHERE path LIKE 'log/%' AND mtime >= 1767582000")" 4

# The record.
is "the record has the run's inputs, the act, entries, attempts and notices" \
    "$(sqlite3 "$state/yugao.db" "SELECT group_concat(kind, ' ') FROM
        (SELECT DISTINCT kind FROM record ORDER BY kind)")" \
    'act attempt entry key notice run standing'
plan=$(sha256sum "$work/office/plans/cq-demo-2026.json" | cut -c 1-64)
is "with the plan's digest" "$(sqlite3 "$state/yugao.db" "SELECT count(*) FROM
    record WHERE kind = 'run' AND body LIKE '%$plan%'")" 2
is "the portals have shown the newest entry, as was read back" \
    "$(sqlite3 "$state/yugao.db" "SELECT json_extract(body, '$.entry') =
        (SELECT max(id) FROM entry), json_extract(body, '$.read_back')
        FROM record WHERE kind = 'notice' ORDER BY id DESC LIMIT 1")" '1|1'
is "nothing closed is in it" "$(sqlite3 "$state/yugao.db" \
    'SELECT * FROM record' | grep -ciE 'canary|金丝雀')" 0
is "the private key is in no file" "$(grep -rlF \
    "$(sed -n 2p "$work/office/log.pem")" "$state" "$work/kept")" ''

# As of a day.
is "the view of a day is what the tree said then" \
    "$(yugao --json log cq-demo/logistics/2026-Q3 --view \
        --as-of 2026-01-04T00:00:00+08:00 | jq -r .sequence)" 0
is "and today's is the moved one" \
    "$(yugao --json log cq-demo/logistics/2026-Q3 --view | jq -r .when)" \
    2026-12-24T15:30

# Whoever changes something is found.
sql() { # statements, past the guards
	sqlite3 "$state/yugao.db" "DROP TRIGGER entry_no_update;
	    DROP TRIGGER entry_no_delete; $1"
}
sql "UPDATE entry SET start = start + 60 WHERE id = 7"
found "a changed entry is named" 'entry 7 of the ledger is not what'
restore today
sql "DELETE FROM entry WHERE id = 9"
found "a deleted one too" 'entries 9 to 9 of the ledger are missing'
restore today
sql "UPDATE entry SET id = id + 1000000 WHERE id IN (4, 5);
    UPDATE entry SET id = CASE id WHEN 1000004 THEN 5 ELSE 4 END
    WHERE id > 1000000"
found "two that are exchanged too" 'entry 4 of the ledger is not what'
restore today
last=$(jq .entries "$work/kept/late.json")
sql "DELETE FROM entry WHERE id = $last"
found "an end that is cut off too" \
    "tells of entry $last, which is not in the ledger"
restore today
sqlite3 "$state/yugao.db" 'DROP TRIGGER record_no_update'
found "a guard that is gone too" 'trigger record_no_update'
restore yesterday
found "yesterday's database does not fit today's tree" \
    'are newer than the database knows'
yugao verify --checkpoint "$work/kept/late.json" >"$work/out" 2>&1
is "nor today's checkpoint" "$? $(grep -c \
    "it proves that the ledger had $last entries" "$work/out")" '1 1'
restore today
ok "today's fits" yugao -q verify --checkpoint "$work/kept/late.json"

# In the tree.
sed -i 's/居民/市民/' "$log/../releases.json"
found "a changed file is named" 'releases.json: error: this published file'
cp "$log/2025.jsonl" "$work/line"
sed -i '3s/"tentative"/"confirmed"/; 3s/"confirmed"/"tentative"/' \
    "$log/2025.jsonl"
found "a changed line is named" '2025.jsonl:3: error: this line'
ok "the script names it too" sh -c "! sh '$work/check-log' '$log' 2>'$work/out'"
ok "with its entry" grep -q 'entry 3 does not fit' "$work/out"
cat "$work/line" >"$log/2025.jsonl"
# shellcheck disable=SC2016 # sed's own
for change in '$d' '2d' '1s/edition/new/' '4{h;d};5{G}'; do
	rm -rf "$work/log"
	cp -R "$work/kept/log" "$work/log"
	sed -i "$change" "$work/log/2025.jsonl"
	ok "the script finds: $change" \
	    sh -c "! sh '$work/check-log' '$work/log' 2>'$work/out'"
done
rm -rf "$work/log"
cp -R "$work/kept/log" "$work/log"
sed -i 's/"entries":[0-9]*/"entries":3/' "$work/log/checkpoint.json"
ok "and a forged checkpoint" \
    sh -c "! sh '$work/check-log' '$work/log' 2>'$work/out'"

# All of it said again, in another way, with the same key.
mv "$work/office" "$work/before"
cp -R "$work/before" "$work/office"
rm -rf "$state" "$work/office/acts"
act cq-demo/logistics/2026-Q3 2026-12-23 2025-12-05T10:00:00+08:00
run $now
run 2026-01-05T11:00:00+08:00
ok "a ledger that was rewritten fits itself" yugao -q verify
yugao verify --checkpoint "$work/kept/early.json" >"$work/out" 2>&1
is "but not a checkpoint that was kept" "$? $(grep -c 'was rewritten' \
    "$work/out")" '1 1'
ok "the script sees it too" sh -c "! sh '$work/check-log' '$log' \
    '$work/kept/early.json' 2>'$work/out'"

# Without the key nothing is said; what was said stays.
tree=$(sha256sum "$log"/*)
mv "$work/office/log.pem" "$work/log.pem"
act cq-demo/logistics/2026-Q3 2026-12-30 2026-02-05T10:00:00+08:00
run 2026-02-06T11:00:00+08:00
is "without its key a run says so and says nothing" \
    "$? $(grep -c 'signing key' "$work/out") $(sha256sum "$log"/*)" "2 1 $tree"
rm -rf "$state/trees" "$state/public"
yugao -q push >"$work/out" 2>&1
is "a lost tree is made again without it" "$? $(sha256sum "$log"/*)" "0 $tree"

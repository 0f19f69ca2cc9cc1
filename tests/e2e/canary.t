#!/bin/sh
# What is closed, and who decided what, shows nowhere: each word that could
# tell of it holds a canary, and every byte that leaves the office is read.
# shellcheck source=tests/e2e/tap.sh disable=SC2016,SC2086
. "$(dirname "$0")/tap.sh"
start_portal "$work/www"
mkdir "$work/office" "$work/said"
office "$work/office"
said=0
# Canaries are nowhere.  What an act alone keeps in, and the name of a body,
# has kingfishers: the office's own reports may tell them, and nothing else.
canary='canary|金丝雀'
any='canary|金丝雀|kingfisher|翠鸟'

# Series closed by class, by none, and by their scheme; one by an act alone.
cat >"$work/closed.jq" <<'END'
def bird($sort): if $sort == "act" then { zh: "翠鸟", en: "kingfisher" }
    else { zh: "金丝雀", en: "canary" } end;
def words($sort): . as $field | bird($sort) |
    { zh: "\(.zh)\($sort)\($field)", en: "\(.en) \($sort) \($field)" };
def word($sort): words($sort).zh;
def closed($sort): bird($sort).en as $bird |
    { id: "\($bird)-\($sort)", title: ("title" | words($sort)),
    frequency: "monthly", timing: { day: 20 },
    indicators: [{ name: ("indicator" | words($sort)),
	unit: ("unit" | word($sort)),
	breakdowns: ["breakdown" | word($sort)] }],
    definition: ("definition" | words($sort)),
    scope: ("scope" | words($sort)), method: ("method" | words($sort)),
    calculation: ("calculation" | words($sort)),
    sample: ("sample" | words($sort)), note: ("note" | words($sort)),
    url: "https://\($bird)-\($sort).example/",
    channels: ["channel" | word($sort)], topics: ["canary-topic"],
    contact: { unit: ("unit" | words($sort)), phone: "\($bird)-phone" },
    dates: { "2026-02": { date: "2026-03-24",
	note: ("occasion" | words($sort)), reason: ("why" | words($sort)) } },
    method_changes: [{ from: "2026-04", declared: "2025-12-01",
	note: ("change" | words($sort)) }],
    revision: { revises: ("revised" | word($sort)),
	basis: ("basis" | words($sort)),
	explanation: ("explanation" | words($sort)) },
    scheme: { name: ("scheme" | words($sort)), form_no: ("form" | word($sort)),
	maker: ("maker" | word($sort)), approval_no: ("approval" | word($sort)),
	authorisation: ("authority" | word($sort)), valid_from: "2025-01",
	valid_until: "2027-12", publication: "public",
	url: "https://\($bird)-scheme.example/",
	channels: ["channel" | word($sort)], deadline: "by-notice",
	frequencies: ["monthly"],
	sharing: { content: ("content" | word($sort)),
	    mode: ("mode" | word($sort)), time_limit: ("limit" | word($sort)),
	    channel: ("way" | word($sort)),
	    responsibility: ("duty" | word($sort)) } } };
def ground($ground): .withheld =
    { ground: $ground, review_due: "2026-11-20" };
def all_closed: [
    (closed("secret") | .class = "secret" | ground("XXGK-14")),
    (closed("internal") | .class = "internal" | ground("XXGK-16")),
    closed("unmarked"),
    (closed("scheme-internal") | .class = "public"
	| .scheme.publication = "internal"),
    (closed("scheme-secret") | .class = "public"
	| .scheme.publication = "secret"),
    (closed("joint") | .class = "secret" | .census = true | .overlap = true
	| ground("scheme_secret") | .review = "金丝雀待核对"
	| .joint = { lead: "金丝雀牵头单位", members: ["金丝雀成员单位"] }),
    (closed("act") | .class = "public")];
END
edit() { # FILE FILTER [OPTION …]
	file=$1
	filter=$2
	shift 2
	jq "$@" "$(cat "$work/closed.jq") $filter" "$file" >"$file.new" &&
	    mv "$file.new" "$file"
}
plan=plans/cq-demo-2026.json
edit "$work/office/$plan" '(.defaults.class // "") as $class
    | del(.defaults.class)
    | .series |= [.[] | (.class //= $class) | select(.class == "public")]'
edit "$work/office/departments/cq-demo.json" '.contact.person = "示例联系人"'
cp -R "$work/office" "$work/open"

# The same office with what is closed, and other people.
edit "$work/office/$plan" '.prepared_by = "金丝雀编制人"
    | all_closed as $closed
    | .series = $closed[:3] + .series[:2] + $closed[3:] + .series[2:]'
edit "$work/office/departments/cq-demo.json" \
    '.responsible_leader.name = "金丝雀分管负责人"
    | .statistics_head.name = "金丝雀统计负责人"
    | .contact.person = "金丝雀联系人"
    | .contact.person_public = false'
edit "$work/office/yugao.json" '.topics["canary-topic"] =
	{ zh: "金丝雀主题", en: "Canary topic" }
    | .districts["500112"] = { zh: "金丝雀区", en: "Canary district" }'
jq '.id = "cq-district" | .region_code = "500112" | .level = "county"
    | .name = { zh: "翠鸟区某局（示例）", en: "A kingfisher district (example)" }
    | .statistics_institution.level = "county"
    | .statistics_institution.region_code = "500112"' \
    "$work/office/departments/cq-demo.json" \
    >"$work/office/departments/cq-district.json"
cp "$work/office/$plan" "$work/office/plans/cq-district-2026.json"
edit "$work/office/plans/cq-district-2026.json" '
    .department = "cq-district" | .series = all_closed[:6]'
for name in office open; do
	mkdir "$work/$name/acts" "$work/mirror-$name"
	cat >"$work/$name/portals/mirror.json" <<END
{ "id": "mirror", "kind": "directory", "path": "$work/mirror-$name" }
END
done
acts=acts/cq-demo-2026.json
withhold='{ act: "withhold", releases: ["cq-demo/kingfisher-act/*"],
    ground: "XXGK-15", reason: "翠鸟不予公开的理由", who: "金丝雀决定人",
    document: "kingfisher-document", role: "stat_head",
    at: "2025-12-25T09:08:07+08:00" }'
jq -n "{ department: \"cq-demo\", year: 2026, acts: [$withhold] }" \
    >"$work/office/$acts"
jq -n '{ department: "cq-demo", year: 2026, acts: [] }' >"$work/open/$acts"

# say NOW WORD …: keeps every byte that is printed
say() {
	now=$1
	shift
	said=$((said + 1))
	"$bin/yugao" -c "$work/office/yugao.json" --now "$now" "$@" \
	    >"$work/said/$said.out" 2>"$work/said/$said.err"
}
beside() { # NOW WORD …: in the office without what is closed
	now=$1
	shift
	"$bin/yugao" -c "$work/open/yugao.json" --now "$now" "$@" \
	    >"$work/out" 2>&1
}
# hears NOW: everything that tells and changes nothing
hears() {
	for lang in zh en; do
		for json in -v --json; do
			for words in check diff log status 'report policy' \
			    'report policy --as regulation' verify \
			    'draft acts' 'explain cq-demo/freight/2026-05' \
			    'explain cq-demo/canary-secret/2026-05' \
			    'explain cq-demo/canary-unmarked/2026-05' \
			    'explain cq-demo/canary-scheme-secret/2026-05' \
			    'explain cq-demo/kingfisher-act/2026-05'; do
				# shellcheck disable=SC2086 # words
				say "$1" --lang $lang $json $words
			done
		done
	done
}
leaks() { # BIRDS FILE …: where one is
	birds=$1
	shift
	grep -rlaiE "$birds" "$@" 2>/dev/null
}
tree() { # FOLDER
	(cd "$1" && find . -type f -exec sha256sum {} + | sort)
}

now=2025-12-26T13:00:00+08:00
say $now --json draft acts
drafts=$work/said/$said.out
ok "what is open is to be reviewed" grep -q 'cq-demo/freight/2026-05' "$drafts"
is "what is closed is not" "$(leaks "$any" "$drafts")" ''
beside $now --json draft acts
is "nor does it change what is" "$(jq -c '[.files[].acts]' "$drafts")" \
    "$(jq -c '[.files[].acts]' "$work/out")"
review() { # OFFICE NAME
	jq --arg who "$2" '{ department: "cq-demo", year: 2025, acts:
	    [.files[].acts[] | select(.act == "review") | .who = $who] }' \
	    "$drafts" >"$work/$1/acts/cq-demo-2025.json"
}
review office 金丝雀审查人
review open 示例审查人

now=2025-12-26T14:00:00+08:00
hears $now
say $now publish --yes -v
is "it is published, but for what its scheme keeps in" $? 3
say $now push -v
is "and pushed" $? 0
hears $now
beside $now run
is "so is what the other office says" $? 0
public=$work/office/state/public/
is "tree and log are the same without what is closed" \
    "$(tree "$work/open/state/public/")" "$(tree "$public")"
is "even if the dates of files are looked at" \
    "$(cd "$work/open/state/public/" && find . -type f -printf '%P %T@\n' |
        sort | sha256sum)" \
    "$(cd "$public" && find . -type f -printf '%P %T@\n' | sort | sha256sum)"

# Every kind of act about what is closed, and one of what is open.
digest=$(printf '%064d' 7)
cat >"$work/acts.jq" <<'END'
def about($act): { act: $act, releases: ["cq-demo/canary-secret/2026-05"],
    who: "金丝雀\($act)", document: "canary-document-\($act)",
    reason: { zh: "金丝雀理由\($act)", en: "Canary reason \($act)" },
    role: "stat_head", at: "2026-03-01T03:04:05+08:00" };
def at($key): .releases = ["cq-demo/\($key)"];
.acts += [
    { act: "review", items: { "cq-demo/canary-internal/2026-05": $digest,
	"cq-demo/canary-joint": $digest }, result: "pass",
	who: "金丝雀复核人", role: "reviewer", document: "canary-document-2",
	at: "2026-03-01T03:04:05+08:00" },
    (about("consult") | .matter = "census" | .with = "金丝雀协商单位"
	| at("canary-joint/2026-05")),
    (about("consult") | .matter = "joint" | .with = "金丝雀会商单位"
	| at("canary-joint/2026-06")),
    (about("move") | .to = "2026-06-23T09:30"),
    (about("postpone") | .due = "2026-07-15"
	| at("canary-internal/2026-06")),
    (about("cancel") | at("canary-unmarked/2026-07")),
    (about("withhold") | .ground = "scheme_secret"
	| at("canary-scheme-secret/2026-06")),
    (about("withhold") | .ground = "scheme_internal"
	| at("canary-scheme-internal/2026-06"))]
END
edit "$work/office/$acts" "$(cat "$work/acts.jq")" --arg digest "$digest"
for name in office open; do
	who=示例决定人
	[ $name = open ] || who=金丝雀改期人
	edit "$work/$name/$acts" '.acts += [{ act: "move",
	    releases: ["cq-demo/freight/2026-05"], to: "2026-06-23T10:00",
	    reason: "示例：来源单位报送推迟", who: $who, role: "stat_head",
	    at: "2026-03-02T05:06:07+08:00" }]' --arg who $who
done
now=2026-03-03T09:00:00+08:00
hears $now
say $now run -v
is "the acts are taken" $? 3
ok "the open one is told" grep -q 2026-06-23T02:00:00Z \
    "$public/releases.json"
beside $now run
is "by both" $? 0
hears $now
is "and tree and log are still the same" \
    "$(tree "$work/open/state/public/")" "$(tree "$public")"
say 2027-01-04T09:00:00+08:00 run -v
beside 2027-01-04T09:00:00+08:00 run
is "a new year finds them the same" "$(tree "$work/open/state/public/")" \
    "$(tree "$public")"

# What a portal's visitor can see.
{
	curl -sD - "${url}releases.ics"
	curl -sD - "${url}en/releases.json"
	curl -sD - "${url}log/2025.jsonl"
	curl -sD - -X OPTIONS "$url"
	curl -sD - "$url"
	requests
} >"$work/seen" 2>&1
ok "a visitor sees something" grep -q 'cq-demo/freight' "$work/seen"
missing() { # PATH: what a visitor is told who asks for it
	curl -sD - "$url$1" | grep -viE '^date:|^x-request-id:'
}
is "of what is closed as much as of what never was" \
    "$(missing topics/canary-topic/releases.ics | sed 's/canary/kestrel/g')" \
    "$(missing topics/kestrel-topic/releases.ics)"

# What is packed, unpacked.
mkdir "$work/unpacked"
find "$public" "$work/www" "$work/mirror-office" -name '*.gz' |
while read -r file; do
	gzip -dc "$file"
done >"$work/unpacked/twins"
find "$public" "$work/www" "$work/mirror-office" -name '*.xlsx' |
while read -r file; do
	unzip -p "$file"
done >"$work/unpacked/sheets"
ok "twins are unpacked" grep -qa 'cq-demo/freight' "$work/unpacked/twins"
is "no path has a canary" "$(find "$public" "$work/www" \
    "$work/mirror-office" | grep -iE "$any")" ''
is "no public file, nor one at a portal" "$(leaks "$any" "$public" \
    "$work/www" "$work/mirror-office" "$work/unpacked")" ''
is "no header, nor the portal's log" "$(leaks "$any" "$work/seen" \
    "$work/portal.log")" ''
is "nor is a release told that an act keeps in" "$(grep -rlE \
    'kingfisher-act/2|原因：翠鸟|Reason: 翠鸟' "$work/said")" ''
is "nothing that was printed" "$(leaks "$canary" "$work/said")" ''
# All that stands in the state: database, its journal, locks, older trees.
# What is for the office alone may name a department of which nothing is said.
is "nor the state, the database in it" "$(leaks "$canary" \
    "$work/office/state")" ''
is "nor a tree in it" "$(leaks "$any" "$work/office/state/trees")" ''
ok "which does know the acts" [ "$(sqlite3 "$work/office/state/yugao.db" \
    "SELECT count(*) FROM record WHERE kind = 'act'")" -gt 8 ]

# A key that is closed is answered as one that never was.
answer() { # OFFICE KEY
	"$bin/yugao" -c "$work/$1/yugao.json" --now $now log "$2" 2>&1
}
for key in canary-secret/2026-05 canary-joint/2026-06 canary-secre/2026-05; do
	is "$key: the log knows of nothing" "$(answer office cq-demo/$key)" \
	    "$(answer open cq-demo/$key)"
done
for key in canary-secre canary-interna canary-scheme; do
	is "$key: nothing closed is offered for it" "$("$bin/yugao" \
	    -c "$work/office/yugao.json" --now $now \
	    explain cq-demo/$key/2026-05 2>&1 | sed "s|$key||" |
	    grep -iE "$canary")" ''
done

# Mistakes in what is closed are told by their place.
edit "$work/office/$plan" '(.series[] | select(.id | test("canary")))
    |= (.timing = { same_as: "canary-\(.id)" } | .topics = ["canary-none"]
	| .canary = 1 | .time = "金丝雀" | .joint = { lead: "金丝雀" })'
for lang in zh en; do
	say $now --lang $lang check
	is "they are mistakes" $? 2
	ok "told at their places" \
	    grep -q 'cq-demo-2026.json:[0-9]*:[0-9]*: ' "$work/said/$said.err"
	say $now --lang $lang --json check
	say $now --lang $lang run
done
is "without their words" "$(leaks "$canary" "$work/said")" ''

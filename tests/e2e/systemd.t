#!/bin/sh
# The systemd units and the line for cron: systemd finds them well-formed and
# tight, and what yugao does fits into them.  systemd itself need not run.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
cd "$root" || exit 1
units=$work/units
now=2025-12-26T13:58:00+08:00

make -s BUILD="${BUILD:-build}" bindir="$bin" unitdir="$units" \
    sysusersdir="$work/sysusers.d" crondir="$work/cron" install-units \
    >"$work/out" 2>&1
is "the units can be installed" "$?" 0
is "two services with their timers" "$(cd "$units" && echo ./*)" \
    "./yugao-publish.service ./yugao-publish.timer ./yugao-push.service ./yugao-push.timer"
is "nothing is left to fill in" "$(grep -rl '@[a-z]*@' "$units" "$work/cron")" ''
ok "systemd-analyze verify finds nothing" sh -c \
    "systemd-analyze verify --man=no '$units'/* 2>&1 | tee '$work/verify';
    [ ! -s '$work/verify' ]"
# publish is at 0.2, push at 1.1 because it needs the network.
for limit in publish:5 push:15; do
	ok "systemd-analyze security: ${limit%:*} is exposed at most ${limit#*:} of 100" \
	    systemd-analyze security --no-pager --offline=yes \
	    --threshold="${limit#*:}" "$units/yugao-${limit%:*}.service"
done
sed -n 's/^Documentation=//p' "$units"/* | tr ' ' '\n' | sort -u |
    sed 's/man:\(.*\)(\(.\))/man\/\1.\2/' >"$work/pages"
ok "the manuals that they name are there" xargs ls <"$work/pages"
ok "systemd-sysusers takes the user" systemd-sysusers --dry-run \
    "$work/sysusers.d/yugao.conf"

# What is allowed, as systemd spells it out.
syscalls() { # set …: the names in them and in what they include
	for set; do
		systemd-analyze --no-pager syscall-filter "$set" |
		    sed -n 's/^    \([-@a-z0-9_]*\)$/\1/p'
	done >"$work/set"
	inner=$(grep '^@' "$work/set")
	grep -v '^@' "$work/set"
	# shellcheck disable=SC2086 # a list of names
	[ -z "$inner" ] || syscalls $inner
}
allowed() { # unit
	# shellcheck disable=SC2046 # a list of names
	syscalls $(sed -n 's/^SystemCallFilter=\(@.*\)/\1/p' "$1") |
	    sort -u >"$work/in"
	# shellcheck disable=SC2046
	syscalls $(sed -n 's/^SystemCallFilter=~\(@.*\)/\1/p' "$1") |
	    sort -u >"$work/not"
	comm -23 "$work/in" "$work/not"
}
# traced UNIT COMMAND …: what it called that the unit does not allow
traced() {
	allowed "$units/yugao-$1.service" >"$work/allowed"
	shift
	strace -f -qq -o "$work/trace" "$@" >"$work/out" 2>&1
	status=$?
	sed -nE 's/^[0-9]+ +([a-z0-9_]+)\(.*/\1/p' "$work/trace" | sort -u |
	    comm -23 - "$work/allowed" | tr '\n' ' '
	return $status
}
opened_to_write() {
	grep -E 'open(at)?\(.*O_(WRONLY|RDWR|CREAT)' "$work/trace" |
	    sed -E 's/^[^"]*"([^"]*)".*/\1/'
}

start_portal "$work/www"
mkdir "$work/office" "$work/credentials"
office "$work/office"
(umask 077 && openssl genpkey -algorithm ed25519 \
    -out "$work/credentials/log-key")
cp "$work/token" "$work/credentials/portal-token"
jq '.signing = { secret: { credential: "log-key" } }' \
    "$work/office/yugao.json" >"$work/new" &&
    mv "$work/new" "$work/office/yugao.json"
jq '.auth.secret = { credential: "portal-token" }' \
    "$work/office/portals/portal.json" >"$work/new" &&
    mv "$work/new" "$work/office/portals/portal.json"
# The arguments of a unit, for this office and this instant.
arguments() { # unit
	sed -n "s|^ExecStart=$bin/yugao -c /etc/yugao/yugao.json ||p" \
	    "$units/yugao-$1.service"
}
yugao() {
	# shellcheck disable=SC2046 # a list of arguments
	"$bin/yugao" -c "$work/office/yugao.json" --now "$now" \
	    $(arguments "$1")
}

(unset CREDENTIALS_DIRECTORY && yugao publish) >"$work/out" 2>&1
is "publish says nothing without the credential of its unit" \
    "$? $(ls "$work/office/state/public" 2>/dev/null)" "2 "
CREDENTIALS_DIRECTORY=$work/credentials
export CREDENTIALS_DIRECTORY
# shellcheck disable=SC2046 # a list of arguments
calls=$(traced publish "$bin/yugao" -c "$work/office/yugao.json" \
    --now "$now" $(arguments publish))
is "publish says all with the credential that systemd brings" "$?" 0
# SQLite gives files away as root only.
is "publish calls nothing that its unit forbids" \
    "$(echo "$calls" | sed 's/fchown //')" ""
is "publish opens no socket" "$(grep -c ' socket(' "$work/trace")" 0
# Workbooks are made of temporary files: PrivateTmp has room for them.
is "publish writes below its state folder alone" \
    "$(opened_to_write | grep -v "^$work/office/state\(/\|\$\)" |
	grep -vxE '/dev/null|/tmp/tmp\.[A-Za-z0-9]+')" ''

# push: without plans and acts, as its unit hides them.
mv "$work/office/plans" "$work/hidden-plans"
mv "$work/office/acts" "$work/hidden-acts"
mv "$work/credentials/portal-token" "$work/later"
yugao push >"$work/out" 2>&1
is "push without its credential sends nothing" \
    "$? $(requests | jq '.requests // 0' 2>/dev/null)" "5 0"
ok "and says which credential is missing" grep -q 'CREDENTIALS_DIRECTORY\|LoadCredential' "$work/out"
mv "$work/later" "$work/credentials/portal-token"
now=2025-12-26T15:10:00+08:00
# shellcheck disable=SC2046
calls=$(traced push "$bin/yugao" -c "$work/office/yugao.json" --now "$now" \
    $(arguments push))
is "push delivers all, and reads no plan" \
    "$? $(diff -r -x .upload "$work/office/state/public/" "$work/www")" "0 "
is "push calls nothing that its unit forbids" \
    "$(echo "$calls" | sed 's/fchown //')" ""
is "push writes below its state folder alone" \
    "$(opened_to_write | grep -v "^$work/office/state\(/\|\$\)" |
	grep -vx '/dev/null')" ''
is "the families that it uses are those of its unit" \
    "$(sed -nE 's/^.* socket\((AF_[A-Z0-9]+),.*/\1/p' "$work/trace" |
	sort -u | grep -vxE 'AF_INET6?|AF_UNIX|AF_NETLINK')" ''
is "the key of the log is not read by push" \
    "$(grep -c 'log-key' "$work/trace")" 0
mv "$work/hidden-plans" "$work/office/plans"
mv "$work/hidden-acts" "$work/office/acts"
yugao publish >"$work/out" 2>&1
is "a second publish is silent" "$? $(cat "$work/out")" '0 '

# cron: a day that exists, five fields, the command that is there.
line=$(grep '^\*/10' "$work/cron/yugao")
is "the cron file's line runs what is installed" \
    "$(echo "$line" | cut -d' ' -f6-)" \
    'yugao yugao -c /etc/yugao/yugao.json -q --time-limit 540 run'
cron() {
	(PATH=$bin:$PATH && yugao -c "$work/office/yugao.json" --now "$now" \
	    -q --time-limit 540 run) >"$work/out" 2>"$work/err"
}
unset -f yugao
cron
is "and mails nothing when all is done" \
    "$? $(cat "$work/out" "$work/err")" '0 '
rm "$work/office/departments/nbs.json"
cron
is "a mistake is written to standard error" \
    "$? $(wc -c <"$work/out") $(grep -c nbs "$work/err" | sed 's/[1-9].*/+/')" \
    '2 0 +'

#!/bin/sh
# A planted secret is in no argument, message, log or database, and no core
# can be dumped while it is in memory.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
now=2025-12-26T13:58:00+08:00
secret=Planted-5ecret-9f1c2ab7
mkdir "$work/play"
mkfifo "$work/end"
/usr/bin/python3 -W ignore "$root/tests/e2e/misbehave.py" "$work/play" \
    <"$work/end" >"$work/ports" 2>>"$work/play.log" &
pids="$pids $!"
exec 9>"$work/end"
ready() {
	tries=0
	until grep -q ready "$work/ports"; do
		tries=$((tries + 1))
		[ $tries -le 100 ] || return 1
		sleep 0.1
	done
}
ok "the server that misbehaves starts" ready
play=$(sed -n 's/^http //p' "$work/ports")
url=http://127.0.0.1:$play/silent/
mkdir "$work/office"
office "$work/office"
rm -f "$work/token"
portal() { # scenario, kind of auth, where the secret stands
	cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "http-put", "timeout": 3, "allow_private": true,
  "url": "http://127.0.0.1:$play/$1/", "auth": { $2, "secret": { $3 } } }
END
}
yugao() {
	"$bin/yugao" -c "$work/office/yugao.json" --now $now "$@"
}
hits() { # in which of these files is it, as it is or as it is sent?
	grep -rlF -e "$secret" -e "$(printf 'yugao:%s' $secret |
	    openssl enc -base64)" -- "$@" 2>/dev/null
}
mkdir "$work/credentials"
(umask 077 && echo $secret >"$work/secret" &&
    echo $secret >"$work/credentials/portal")
portal silent '"kind": "bearer"' '"file": "'"$work/secret"'"'
# Not by the function above: its shell would be the one to be looked at.
"$bin/yugao" -c "$work/office/yugao.json" --now $now -v run >"$work/out-1" 2>&1 &
pid=$!
asked() {
	tries=0
	until ss -Htnp "dport = :$play" 2>/dev/null | grep -q ESTAB; do
		tries=$((tries + 1))
		[ $tries -le 600 ] && kill -0 $pid || return 1
		sleep 0.05
	done
}
ok "it waits for an answer" asked
is "it is the program itself" "$(basename "$(readlink "/proc/$pid/exe")")" yugao
is "no argument holds the secret" \
    "$(tr '\0' ' ' <"/proc/$pid/cmdline" | grep -c $secret)" 0
is "nor its environment" \
    "$(tr '\0' ' ' <"/proc/$pid/environ" | grep -c $secret)" 0
is "it cannot dump core" \
    "$(awk '/^Max core file size/ { print $5, $6 }' "/proc/$pid/limits")" "0 0"
wait $pid
is "the portal did not answer" $? 5
n=1
for scenario in echo status-401 redirect-write binary html-login; do
	for auth in '"kind": "bearer"' '"kind": "basic", "user": "yugao"'; do
		n=$((n + 1))
		portal $scenario "$auth" '"credential": "portal"'
		CREDENTIALS_DIRECTORY=$work/credentials yugao -v push \
		    --portal portal >"$work/out-$n" 2>&1
	done
done
YUGAO_SECRET=$secret
export YUGAO_SECRET
portal echo '"kind": "bearer"' '"environment": "YUGAO_SECRET"'
yugao -v push --portal portal >"$work/out-env" 2>&1
for words in 'status -v' 'status -v --json' log check; do
	# shellcheck disable=SC2086 # words
	yugao $words >"$work/out-${words%% *}-$n" 2>&1
	n=$((n + 1))
done
ok "the database knows of attempts" grep -q "403\|401\|302\|422" "$work"/out-status-*
start_portal "$work/portal"
is "yugao-portal cannot dump core either" \
    "$(awk '/^Max core file size/ { print $5, $6 }' "/proc/$portal/limits")" "0 0"
ok "a portal got the secret" grep -q "$secret" "$work/play.log"
is "and no file of ours holds it" "$(hits "$work/office" "$work"/out-*)" ''
exec 9>&-

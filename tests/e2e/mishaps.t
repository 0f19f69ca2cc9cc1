#!/bin/sh
# What befalls a state folder, its tree and its portals, and how it is mended.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:9/
mkdir "$work/office" "$work/www"
office "$work/office"
state=$work/office/state
portal_at() { # folder
	cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "directory", "path": "$1", "required": true }
END
}
yugao() { # minute, arguments
	minute=$1
	shift
	"$bin/yugao" -c "$work/office/yugao.json" --lang en \
	    --now "2025-12-26T13:$minute:00+08:00" "$@"
}
bytes() { # folder
	(cd "$1" && find . -type f -exec sha256sum {} + | sort)
}
portal_at "$work/www"
yugao 10 run >"$work/out" 2>&1
is "the first run ends well" $? 0
total=$(find "$state/public/" -type f | wc -l)
ok "what is there is told apart from what this run did" \
    grep -q "up to date: $total" "$work/out"

# Another address is another place.
mkdir "$work/www2"
portal_at "$work/www2"
is "status knows nothing of a new address" "$(yugao 11 --json status |
    jq '.portals[0].accepted')" 0
yugao 12 -q run >"$work/out" 2>&1
is "a portal that moved is filled again" "$? $(bytes "$work/www2")" \
    "0 $(bytes "$state/public/")"
is "and status says so" "$(yugao 13 --json status |
    jq '.portals[0].accepted')" "$total"
(cd "$work/office" && "$bin/yugao" --now 2025-12-26T13:14:00+08:00 run) \
    >"$work/out" 2>&1
is "the same place from another folder is no move" "$?$(grep -c Delivered \
    "$work/out")" 00

# A file is damaged, with its size and mtime as they were.
mkdir "$work/www3"
portal_at "$work/www3"
file=$state/public/releases.ics
touch -r "$file" "$work/stamp"
printf X | dd of="$file" bs=1 seek=40 conv=notrunc 2>/dev/null
touch -r "$work/stamp" "$file"
yugao 15 push >"$work/out" 2>&1
is "a damaged file is not sent" "$?" 5
ok "which says what mends it" grep -q 'the next yugao run repairs it' \
    "$work/out"
is "and does not blame the portal" \
    "$(grep -c 'will not take' "$work/out")" 0
yugao 16 -q run >"$work/out" 2>&1
is "the next run mends and sends it" "$? $(bytes "$work/www3")" \
    "0 $(bytes "$work/www2")"

# A portal's directory is gone.
mv "$work/www3" "$work/away"
sed -i 's/(example)/(renamed)/' "$work/office/yugao.json"
yugao 17 run >"$work/out" 2>&1
is "without its directory, deliveries stay queued" $? 5
ok "it is named" grep -q "directory $work/www3" "$work/out"
mv "$work/away" "$work/www3"
yugao 30 -q run
is "and go when it is back" "$(bytes "$work/www3")" \
    "$(bytes "$state/public/")"

# Names that nothing has.
for command in status run push; do
	yugao 31 $command --portal nosuch >"$work/out" 2>&1
	is "$command refuses a portal that is not there" \
	    "$? $(grep -c 'no portal "nosuch"' "$work/out")" "2 1"
done
yugao 31 log nosuch >"$work/out" 2>&1
is "log refuses a release that is not there" \
    "$? $(grep -c 'knows no release "nosuch"' "$work/out")" "2 1"
key=$(yugao 31 --json status | jq -r '.releases[0].release')
yugao 31 log "${key}9" >"$work/out" 2>&1
ok "and names the nearest" grep -q "did you mean" "$work/out"
yugao 31 status >"$work/out"
ok "status tells the key that explain needs" grep -q " $key\$" "$work/out"

# The ledger is lost, or empty.
cp "$state/yugao.db" "$work/backup.db"
tree=$(bytes "$state/public/")
for mishap in rm truncate; do
	if [ $mishap = rm ]; then
		rm "$state/yugao.db"
	else
		: >"$state/yugao.db"
	fi
	for command in run push diff status; do
		yugao 32 $command >"$work/out" 2>&1
		is "$command refuses a tree without a ledger ($mishap)" \
		    "$? $(grep -c 'put back a backup' "$work/out")" "1 1"
	done
	is "and the tree stays as it is ($mishap)" \
	    "$(bytes "$state/public/")" "$tree"
done
cp "$work/backup.db" "$state/yugao.db"
yugao 33 -q run >"$work/out" 2>&1
is "the backup puts it right" "$? $(bytes "$state/public/")" "0 $tree"
rm -r "$state/yugao.db" "$state/trees" "$state/public"
yugao 34 -q run >"$work/out" 2>&1
is "who removes the tree too begins anew" $? 0

#!/bin/sh
# What a mistyped argument does: it is told, and costs nothing.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:9/
: >"$work/token"
office "$work"
rm -f "$work"/portals/*
cd "$work" || exit 1
yugao() {
	"$bin/yugao" --lang en --now 2025-12-26T13:58:00+08:00 "$@" \
	    >out 2>err
	echo $?
}
for command in check publish; do
	is "$command of a file that is not there is wrong input" \
	    "$(yugao "$command" nosuch.json)" 2
	ok "and is told by name" grep -q 'no file nosuch.json' err
	is "$command of a folder as well" "$(yugao "$command" plans)" 2
done
is "diff -q says nothing of changes" \
    "$(yugao -q diff --exit-code; cat out err)" 4
before=$(sha256sum departments/nbs.json)
is "diff --save spares what is no review" \
    "$(yugao diff --save departments/nbs.json)" 2
is "which is as it was" "$(sha256sum departments/nbs.json)" "$before"
is "a folder is spared as well" "$(yugao diff --save plans)" 2
is "a new file is written" "$(yugao diff --save review.json)" 0
is "and a review is replaced" "$(yugao diff --save review.json)" 0
: >empty.json
is "and an empty file" "$(yugao diff --save empty.json)" 0
is "what was saved can be said" "$(yugao publish review.json)" 0
is "but not twice" "$(yugao publish review.json)" 2

# What is gone from a plan has a place.
sed 's/"id": "ppi"/"id": "ppj"/' plans/nbs-2026.json >new &&
    mv new plans/nbs-2026.json
is "a release that is gone is a mistake" "$(yugao -q diff)" 2
ok "at its plan" grep -q '^plans/nbs-2026.json:1:1: .*nbs/ppi/' err
rm plans/nbs-2026.json
ln -s gone plans/nbs-2026.json
is "a plan that leads nowhere is a mistake" "$(yugao -q diff)" 2
ok "at its name" grep -q '^plans/nbs-2026.json: .* no file' err

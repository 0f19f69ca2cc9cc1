# What the measurements share.  Each is a script that sources this from the
# repository's root; peers take turns, and medians are shown.
#   BENCH_RUNS (3)
case ${BUILD:-build} in
/*) bin=$BUILD ;;
*) bin=$(pwd)/${BUILD:-build} ;;
esac
# shellcheck disable=SC2034 # the measurements use it
bench=$bin/bench
runs=${BENCH_RUNS:-3}
work=$(mktemp -d "${TMPDIR:-/tmp}/yugao-bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM

say() {
	[ ! -t 2 ] || printf '\r\033[K%s' "$*" >&2
}
# Appends what a command took (wall, processor, KiB) to a list.
measure() { # list command …
	list=$1
	shift
	"$bench/measure" "$work/took" "$@" >"$work/out"
	cat "$work/took" >>"$work/$list"
}
median() { # list column
	sort -n -k "$2" "$work/$1" | awk -v c="$2" \
	    '{ v[NR] = $c } END { print v[int((NR + 1) / 2)] }'
}
calc() { # an awk expression
	awk "BEGIN { printf \"%.${2:-2}f\", $1 }"
}
memory() { # list
	calc "$(median "$1" 3) / 1024" 0
}
ms() { # list column
	calc "$(median "$1" "$2") * 1000" 1
}
row() {
	printf '%-42s %9s %9s  %s\n' "$@"
}
ratio() { # one other aim, each "clock processor"
	one=$1
	other=$2
	calc "${one% *} / ${other% *}" 1
	printf 'x by the clock, '
	calc "${one#* } / ${other#* }" 1
	printf 'x by processor (aim: %s)' "$3"
}
both() { # list: medians of clock and processor
	echo "$(median "$1" 1) $(median "$1" 2)"
}

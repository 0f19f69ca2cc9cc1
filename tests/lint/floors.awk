# Reads sources, then floors.txt (last); prints every include that climbs.
# Which module a public header belongs to is in the table below.
BEGIN {
	split("arena message error diag buf day digest file terminal secret signature hmac", b, " ")
	for (i in b) owner[b[i]] = "base"
	split("plan act department form office period portal scheme series timing", p, " ")
	for (i in p) owner[p[i]] = "plan"
	owner["lint"] = "artifact"
	owner["announcement"] = owner["log"] = owner["record"] = owner["checkpoint"] = owner["standing"] = owner["confirmation"] = owner["copy"] = owner["watch"] = "ledger"
	owner["foreign"] = owner["markup"] = owner["words"] = owner["ical"] = "artifact"
	owner["rate"] = owner["transport"] = owner["fetch"] = owner["ping"] = "channel"
	owner["notice"] = "calendar"
	owner["archive"] = "sheet"
	owner["verdict"] = owner["outcomes"] = "policy"
	owner["watching"] = "watch"
	owner["suppose"] = "announce"
	owner["supervision"] = "report"
	owner["monitor"] = "report"
	owner["deadline"] = owner["backlog"] = owner["inspect"] = owner["probe"] = "outbox"
	split("openssl iconv sqlite3 libical jansson zlib curl microhttpd getopt csv zip expat xlsxwriter qrencode", names, " ")
	for (i in names) library[names[i]] = 1
}

FILENAME ~ /floors\.txt$/ {
	if ($0 !~ /^#/ && NF >= 3) {
		floor[$1] = $2
		m = split($3, libs, ",")
		for (i = 1; i <= m; i++) allowed[$1, libs[i]] = 1
	}
	next
}

/^#include </ {
	n++
	file[n] = FILENAME
	line[n] = FNR
	header[n] = $2
	gsub(/[<>]/, "", header[n])
}

function module_of(path, parts) {
	split(path, parts, "/")
	if (parts[1] == "src") return parts[2]
	sub(/\.h$/, "", parts[3])
	return (parts[3] in owner) ? owner[parts[3]] : parts[3]
}

END {
	for (i = 1; i <= n; i++) {
		from = module_of(file[i])
		if (header[i] ~ /^yugao\//) {
			name = header[i]
			sub(/^yugao\//, "", name)
			sub(/\.h$/, "", name)
			to = (name in owner) ? owner[name] : name
			if (!(to in floor))
				print file[i] ":" line[i] ": unknown header " header[i]
			else if (to != from && floor[to] >= floor[from])
				print file[i] ":" line[i] ": " from " (floor " floor[from] ") includes " to " (floor " floor[to] ")"
		} else
			for (l in library)
				if (index(header[i], l) == 1 && !((from, l) in allowed))
					print file[i] ":" line[i] ": " header[i] " belongs elsewhere"
	}
}

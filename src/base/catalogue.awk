# Turns the message catalogues (flat JSON, one pair a line) into the C table
# that message.c searches.  The language is the start of the file's name.

function fail(text) {
	print FILENAME ":" FNR ": " text | "cat >&2"
	close("cat >&2")
	failed = 1
	exit 1
}

# Takes one JSON string off the front of rest and returns it as the inside
# of a C string literal.
function take_string(	out, c) {
	if (substr(rest, 1, 1) != "\"")
		fail("expected a string")
	rest = substr(rest, 2)
	out = ""
	while ((c = substr(rest, 1, 1)) != "\"") {
		if (c == "")
			fail("string does not end on this line")
		if (c == "\\") {
			c = substr(rest, 1, 2)
			if (c != "\\\"" && c != "\\\\" && c != "\\n")
				fail("only the escapes \\\" \\\\ \\n are read")
			rest = substr(rest, 3)
		} else {
			rest = substr(rest, 2)
		}
		# In C11, ??( and the like are trigraphs.
		out = out (c == "?" ? "\\?" : c)
	}
	rest = substr(rest, 2)
	return out
}

# Shell sort; compares as strings, and ids are plain ASCII.
function sort_ids(	gap, i, j, id) {
	for (gap = int(n / 2); gap > 0; gap = int(gap / 2))
		for (i = gap + 1; i <= n; i++) {
			id = ids[i]
			for (j = i; j > gap && ids[j - gap] > id; j -= gap)
				ids[j] = ids[j - gap]
			ids[j] = id
		}
}

function literal(key) {
	return (key in text) ? "\"" text[key] "\"" : "NULL"
}

FNR == 1 {
	if (NR > 1 && !ended)
		fail("the file before this one has no closing brace")
	ended = 0
	name = FILENAME
	sub(/.*\//, "", name)
	lang = substr(name, 1, 2)
	if (lang != "zh" && lang != "en")
		fail("the file's name must begin with zh or en")
	comma = "none yet"
}

/^[ \t]*\{?[ \t]*$/ { next }

/^[ \t]*\}[ \t]*$/ {
	if (comma == "yes")
		fail("comma before the closing brace")
	ended = 1
	next
}

{
	if (ended)
		fail("something after the closing brace")
	if (comma == "no")
		fail("the pair before this one needs a comma")
	rest = $0
	sub(/^[ \t]+/, "", rest)
	id = take_string()
	if (id !~ /^[a-z0-9_]+\.[a-z0-9_.]+$/)
		fail("\"" id "\" is not an id like module.snake_case")
	if (!match(rest, /^[ \t]*:[ \t]*/))
		fail("expected a colon after the id")
	rest = substr(rest, RLENGTH + 1)
	if ((lang, id) in text)
		fail("\"" id "\" is there twice in " lang)
	sentence = take_string()
	if (rest !~ /^[ \t]*,?[ \t]*$/)
		fail("expected the end of the line after the sentence")
	comma = rest ~ /,/ ? "yes" : "no"
	text[lang, id] = sentence
	if (!(id in seen)) {
		seen[id] = 1
		ids[++n] = id
	}
}

END {
	if (failed)
		exit 1
	if (!ended)
		fail("no closing brace")
	sort_ids()
	print "/* Made by src/base/catalogue.awk; do not edit. */"
	print "static const struct catalogue_row {"
	print "\tconst char *id, *text[2]; /* zh, en */"
	print "} catalogue[] = {"
	for (i = 1; i <= n; i++)
		print "\t{ \"" ids[i] "\", { " literal("zh" SUBSEP ids[i]) \
		    ", " literal("en" SUBSEP ids[i]) " } },"
	print "};"
}

#!/bin/sh
# The reference portal, asked with curl.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
umask 022
start_portal "$work/www"
auth='Authorization: Bearer 0123456789abcdef0123456789abcdef'
head -c 20000 /dev/zero | tr '\0' 'a' >"$work/a"
head -c 20000 /dev/zero | tr '\0' 'b' >"$work/b"
code() {
	curl -s -o "$work/body" -D "$work/headers" -w '%{http_code}' "$@"
}
value() { # header of the last answer
	tr -d '\r' <"$work/headers" | sed -n "s/^$1: //Ip" | tail -n 1
}

is "a write without a token is refused" \
    "$(code -T "$work/a" "${url}x/a.ics")" 401
is "a write with a wrong token is refused" \
    "$(code -H 'Authorization: Bearer wrong' -T "$work/a" "${url}a.ics")" 401
is "a refused write leaves nothing" "$(find "$work/www" -type f)" ''
is "PUT makes a file and its folders" \
    "$(code -H "$auth" -T "$work/a" "${url}x/a.ics")" 201
etag=$(value ETag)
is "If-None-Match: * refuses what is there" \
    "$(code -H "$auth" -H 'If-None-Match: *' -T "$work/b" "${url}x/a.ics")" 412
is "a stale If-Match is refused" \
    "$(code -H "$auth" -H 'If-Match: "old"' -T "$work/b" "${url}x/a.ics")" 412
is "If-Match of a file that is not there is refused" \
    "$(code -H "$auth" -H 'If-Match: *' -T "$work/b" "${url}none.ics")" 412
is "GET gives the type" \
    "$(code "${url}x/a.ics") $(value Content-Type)" \
    "200 text/calendar; charset=utf-8"
is "GET gives the bytes" "$(cmp "$work/body" "$work/a" && echo same)" same
is "its ETag is that of the PUT" "$(value ETag)" "$etag"
is "other sites may read it" "$(value Access-Control-Allow-Origin)" '*'
date=$(value Last-Modified)
is "304 by ETag" "$(code -H "If-None-Match: $etag" "${url}x/a.ics")" 304
is "304 by a weak ETag in a list" \
    "$(code -H "If-None-Match: \"z\", W/$etag" "${url}x/a.ics")" 304
is "304 by date" "$(code -H "If-Modified-Since: $date" "${url}x/a.ics")" 304
is "the ETag beats the date" "$(code -H 'If-None-Match: "z"' \
    -H "If-Modified-Since: $date" "${url}x/a.ics")" 200
is "gzip is another representation" \
    "$(code -H 'Accept-Encoding: gzip' "${url}x/a.ics"; value ETag)" \
    "200${etag%\"}-gzip\""
is "its Vary says so" "$(value Vary)" Accept-Encoding
is "gzip unpacks to the same bytes" \
    "$(gzip -dc <"$work/body" | cmp - "$work/a" && echo same)" same
is "gzip;q=0 is respected" "$(code -H 'Accept-Encoding: gzip;q=0, br' \
    "${url}x/a.ics"; value Content-Encoding)" 200
is "HEAD has the length and no body" \
    "$(code -I "${url}x/a.ics"; value Content-Length)" 20020000
is "If-Match of the current ETag writes" \
    "$(code -H "$auth" -H "If-Match: $etag" -T "$work/b" "${url}x/a.ics")" 204
is "a new body within a second has another Last-Modified" \
    "$(code -H "If-Modified-Since: $date" "${url}x/a.ics")" 200
for path in ../a.ics %2e%2e/a.ics x/../../a.ics .hidden x//a.ics x/%5c..%5ca; do
	is "PUT $path is refused" "$(code --path-as-is -H "$auth" \
	    -T "$work/a" "$url$path")" 403
done
is "a path outside the prefix is not found" \
    "$(code --path-as-is "${url}../../etc/passwd")" 404
ln -s /etc/passwd "$work/www/link.txt"
is "a link is not followed" "$(code "${url}link.txt")" 404
is "a folder leads to its page" "$(code "${url}x"; value Location)" \
    301/calendar/x/
is "DELETE needs the token" "$(code -X DELETE "${url}x/a.ics")" 401
is "DELETE with a stale If-Match is refused" \
    "$(code -X DELETE -H "$auth" -H 'If-Match: "old"' "${url}x/a.ics")" 412
is "DELETE removes" "$(code -X DELETE -H "$auth" "${url}x/a.ics")" 204
is "DELETE again finds nothing" \
    "$(code -X DELETE -H "$auth" "${url}x/a.ics")" 404
is "another method is refused" "$(code -X PATCH "${url}x/a.ics")" 405
is "OPTIONS answers a browser's question" "$(code -X OPTIONS "$url")" 204

# What an answer of 304 and conditions say.
is "PUT over several lines of If-None-Match reads them all" "$(code -H "$auth" \
    -T "$work/a" "${url}c.ics"; etag=$(value ETag); code -H "$auth" \
    -H 'If-None-Match: "z"' -H "If-None-Match: $etag" \
    -T "$work/b" "${url}c.ics")" 201412
code "${url}c.ics" >"$work/last"
etag=$(value ETag)
date=$(value Last-Modified)
old='Thu, 01 Jan 2026 00:00:00 GMT'
is "304 has the length that 200 would have" \
    "$(code -H 'If-None-Match: *' "${url}c.ics"; value Content-Length)" 30420000
is "several lines of If-None-Match are one list" "$(code \
    -H 'If-None-Match: "z"' -H "If-None-Match: $etag" \
    -H 'If-None-Match: "y"' "${url}c.ics")" 304
is "GET with a stale If-Match is refused" \
    "$(code -H 'If-Match: "old"' "${url}c.ics")" 412
is "GET with the current If-Match is answered" \
    "$(code -H "If-Match: $etag" "${url}c.ics")" 200
is "PUT of what has changed since is refused" "$(code -H "$auth" \
    -H "If-Unmodified-Since: $old" -T "$work/b" "${url}c.ics")" 412
is "so is DELETE" "$(code -X DELETE -H "$auth" \
    -H "If-Unmodified-Since: $old" "${url}c.ics")" 412
is "PUT of what has not changed since is taken" "$(code -H "$auth" \
    -H "If-Unmodified-Since: $date" -T "$work/a" "${url}c.ics")" 204
is "gzip is gzip in capitals, and not another word" "$(
    code -H 'Accept-Encoding: br, GZIP ;q=0.5' "${url}c.ics"
    value Content-Encoding
    code -H 'Accept-Encoding: gzipped' "${url}c.ics"
    value Content-Encoding)" "200gzip
200"
is "bearer is Bearer" "$(code -H "Authorization: bearer ${auth##* }" \
    -T "$work/a" "${url}c.ics")" 204

# What cannot be kept as a file.
is "a part of a file is refused" "$(code -H "$auth" \
    -H 'Content-Range: bytes 0-9/20000' -T "$work/a" "${url}c.ics")" 400
is "a coded file is refused" "$(code -H "$auth" \
    -H 'Content-Encoding: gzip' -T "$work/a" "${url}c.ics")" 415
is "identity is no coding" "$(code -H "$auth" \
    -H 'Content-Encoding: Identity' -T "$work/a" "${url}c.ics")" 204
is "PUT on a folder is a conflict" \
    "$(code -H "$auth" -T "$work/a" "${url}x")" 409
is "PUT below a file is a conflict" \
    "$(code -H "$auth" -T "$work/a" "${url}c.ics/x/a.ics")" 409
for path in c.ics%00.x %00 c.ics%ff %c0%afc.ics %zz c%; do
	is "GET $path is malformed" "$(code "$url$path")" 400
	is "PUT $path is malformed" \
	    "$(code -H "$auth" -T "$work/a" "$url$path")" 400
done
is "a Chinese name is a name" "$(code -H "$auth" -T "$work/a" \
    "${url}%E5%8F%91%E5%B8%83.ics")" 201
is "nothing else was written" "$(cd "$work/www" && find . -type f | sort)" \
    "./c.ics
./发布.ics"

# Requests whose end is not clear.
raw() {
	/usr/bin/python3 "$root/tests/e2e/raw.py" "$port" "$@"
}
crlf='\r\n'
put="PUT /calendar/raw.ics HTTP/1.1$crlf$auth$crlf"
host="Host: x$crlf"
is "two lengths are malformed" "$(raw "$put${host}Content-Length: 3${crlf}\
Content-Length: 5$crlf${crlf}hello")" 400
is "a length and chunks are malformed" "$(raw "$put${host}Content-Length: 5\
${crlf}Transfer-Encoding: chunked$crlf${crlf}0$crlf$crlf")" 400
is "an unknown coding is malformed" "$(raw "$put${host}\
Transfer-Encoding: gzip, chunked$crlf${crlf}0$crlf$crlf")" 400
is "a length with a space before its colon is malformed" \
    "$(raw "$put${host}Content-Length : 5$crlf${crlf}hello")" 400
is "no Host is malformed" \
    "$(raw "${put}Content-Length: 5$crlf${crlf}hello")" 400
is "two Hosts are malformed" \
    "$(raw "$put$host${host}Content-Length: 5$crlf${crlf}hello")" 400
is "none of them was written" "$(code "${url}raw.ics")" 404
is "a target may be a whole URL" \
    "$(raw "GET HTTP://x/calendar/c.ics?y=1 HTTP/1.1$crlf$host$crlf")" 200
before=$(requests)
is "the count of requests does not count its own question" \
    "$before" "$(requests)"
ok "SIGTERM stops it cleanly" stop_portal
port=0
start_portal "$work/www" --limit 1000
is "a body over the limit is refused" \
    "$(code -H "$auth" -T "$work/a" "${url}big.ics")" 413
is "also one without a length" "$(code -H "$auth" \
    -H 'Transfer-Encoding: chunked' -T "$work/a" "${url}big.ics")" 413
is "nothing of it stays" "$(find "$work/www/.upload" -type f)" ''
stop_portal

# A connection gets on, or it is ended.
port=0
start_portal "$work/www" --timeout 1 --per-address 8
is "a header that comes byte by byte is not waited for" \
    "$(raw "GET /calendar/ HTTP/1.1$crlf${host}X: " 0.2 1 50)" closed
is "nor is a body" \
    "$(raw "$put${host}Content-Length: 99$crlf$crlf" 0.2 1 50)" closed
is "a slow link has its time" "$(raw "$put${host}Content-Length: 20000\
$crlf$crlf" 0.2 2000 10)" 201
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
	raw "GET /calendar/ HTTP/1.1${crlf}X: " 0.2 1 50 >"$work/slow.$i" &
	slow=$!
done
is "one address does not shut out another" "$(code --interface 127.0.0.2 \
    --retry 3 "${url}raw.ics")" 200
wait "$slow"
wait_closed() {
	tries=0
	until [ "$(cat "$work"/slow.* | grep -c closed)" = 12 ]; do
		tries=$((tries + 1))
		[ "$tries" -le 100 ] || return 1
		sleep 0.1
	done
}
ok "and all its slow connections are ended" wait_closed
stop_portal

# A portal that is killed, and two portals of one folder.
port=0
start_portal "$work/www"
arriving() {
	tries=0
	until [ -n "$(find "$work/www/.upload" -type f)" ]; do
		tries=$((tries + 1))
		[ "$tries" -le 100 ] || return 1
		sleep 0.1
	done
}
raw "${put}${host}Content-Length: 100$crlf$crlf" 0.1 5 20 >"$work/put" &
slow=$!
ok "a body arrives in a file of its own" arriving
port=0
start_portal "$work/www"
wait "$slow"
is "another portal leaves it alone" "$(cat "$work/put")" 204
raw "${put}${host}Content-Length: 100$crlf$crlf" 0.2 1 50 >"$work/put" &
slow=$!
ok "the next body arrives" arriving
kill -9 "$portal"
wait "$portal" 2>/dev/null
wait "$slow"
ok "a killed portal leaves a part of a file" arriving
start_portal "$work/www"
is "the next portal removes it" "$(find "$work/www/.upload" -type f)" ''
chmod 644 "$work/token"
ok "a token that others can read is refused" \
    sh -c "! '$bin/yugao-portal' --token-file '$work/token' '$work/www'"
"$bin/yugao-portal" --help --lang en >"$work/out" 2>"$work/err"
is "help is asked for and told" \
    "$? $(grep -c '^usage: ' "$work/out") $(cat "$work/err")" "0 1 "
is "so is the version" "$("$bin/yugao-portal" --version)" \
    "yugao-portal $(cat "$root/VERSION")"
"$bin/yugao-portal" --lang en --bogus "$work/www" >"$work/out" 2>"$work/err"
is "an unknown option is told once, with the usage" \
    "$? $(wc -l <"$work/err") $(cat "$work/out")" "2 1 "

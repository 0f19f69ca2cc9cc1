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
is "a folder is not a file" "$(code "${url}x")" 404
is "DELETE needs the token" "$(code -X DELETE "${url}x/a.ics")" 401
is "DELETE with a stale If-Match is refused" \
    "$(code -X DELETE -H "$auth" -H 'If-Match: "old"' "${url}x/a.ics")" 412
is "DELETE removes" "$(code -X DELETE -H "$auth" "${url}x/a.ics")" 204
is "DELETE again finds nothing" \
    "$(code -X DELETE -H "$auth" "${url}x/a.ics")" 404
is "another method is refused" "$(code -X PATCH "${url}x/a.ics")" 405
is "OPTIONS answers a browser's question" "$(code -X OPTIONS "$url")" 204
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
is "nothing of it stays" "$(find "$work/www" -type f)" ''
chmod 644 "$work/token"
ok "a token that others can read is refused" \
    sh -c "! '$bin/yugao-portal' --token-file '$work/token' '$work/www'"

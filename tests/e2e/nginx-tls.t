#!/bin/sh
# Pushing to nginx over TLS with a CA of its own, which wants a certificate
# of ours and a password too.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
PATH=$PATH:/usr/sbin:/sbin
now=2025-12-26T13:58:00+08:00
mkdir -p "$work/www" "$work/nginx" "$work/tls"
port=$(/usr/bin/python3 -c 'import socket
s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
password=correct-horse-battery
printf 'yugao:%s\n' "$(openssl passwd -apr1 $password)" >"$work/htpasswd"
(umask 077 && printf '%s\n' $password >"$work/password")
make_key() { # name, what openssl req is told besides
	name=$1
	shift
	(umask 077 && openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 \
	    -nodes -keyout "$work/tls/$name.key" -subj "/CN=$name" "$@" \
	    2>>"$work/openssl.log")
}
make_key ca -x509 -days 2 -out "$work/tls/ca.pem"
for name in server next client; do
	make_key $name -out "$work/tls/$name.csr"
	echo subjectAltName=IP:127.0.0.1 >"$work/tls/$name.ext"
	openssl x509 -req -in "$work/tls/$name.csr" -CA "$work/tls/ca.pem" \
	    -CAkey "$work/tls/ca.key" -CAcreateserial -days 2 \
	    -extfile "$work/tls/$name.ext" -out "$work/tls/$name.pem" \
	    2>>"$work/openssl.log"
done
chmod 600 "$work/tls/client.pem"
pin() {
	echo "sha256//$(openssl x509 -in "$work/tls/$1.pem" -noout -pubkey |
	    openssl pkey -pubin -outform der |
	    openssl dgst -sha256 -binary | openssl enc -base64)"
}
user=
[ "$(id -u)" -ne 0 ] || user="user root;"
cat >"$work/nginx.conf" <<END
$user
daemon off;
worker_processes 1;
pid $work/nginx.pid;
error_log $work/error.log;
events { worker_connections 64; }
http {
	access_log $work/access.log;
	client_body_temp_path $work/nginx/body;
	proxy_temp_path $work/nginx/proxy;
	fastcgi_temp_path $work/nginx/fastcgi;
	uwsgi_temp_path $work/nginx/uwsgi;
	scgi_temp_path $work/nginx/scgi;
	server {
		listen 127.0.0.1:$port ssl http2;
		ssl_certificate $work/tls/server.pem;
		ssl_certificate_key $work/tls/server.key;
		ssl_client_certificate $work/tls/ca.pem;
		ssl_verify_client on;
		location /calendar/ {
			alias $work/www/;
			dav_methods PUT DELETE;
			create_full_put_path on;
			auth_basic yugao;
			auth_basic_user_file $work/htpasswd;
		}
	}
}
END
nginx -c "$work/nginx.conf" -p "$work/nginx" 2>>"$work/error.log" &
pids="$pids $!"
url=https://127.0.0.1:$port/calendar/
ok "nginx starts" until_file "$work/nginx.pid"
mkdir "$work/office"
office "$work/office"
portal() { # members of "tls"
	cat >"$work/office/portals/portal.json" <<END
{ "id": "portal", "kind": "http-put", "url": "$url",
  "allow_private": ["127.0.0.0/8"], "tls": { $1 },
  "auth": { "kind": "basic", "user": "yugao",
  "secret": { "file": "$work/password" } } }
END
}
ca="\"ca\": \"$work/tls/ca.pem\""
client="\"client_certificate\": {\"file\": \"$work/tls/client.pem\"},
    \"client_key\": {\"file\": \"$work/tls/client.key\"}"
bytes() {
	(cd "$1" && find . -type f -exec sha256sum {} + | sort)
}
push() {
	"$bin/yugao" -c "$work/office/yugao.json" --lang en --now "$now" \
	    "$@" >"$work/out" 2>&1
}
# Ends with exit 5, says this and writes nothing.
is_told() { # what holds, words
	is "$1" "$? $(find "$work/www" -type f | wc -l)" "5 0"
	ok "and it is told why" grep -q "$2" "$work/out"
}
portal "$client"
push run
is_told "a CA that nobody knows is not trusted" "certificate cannot be verified"
portal "$ca, $client, \"pin\": [\"$(pin next)\"]"
push push --portal portal
is_told "a key that fits no pin is refused" "fits no tls.pin"
portal "$ca"
push push --portal portal
is_told "nginx refuses who shows no certificate" "(400)"
portal "$ca, \"client_certificate\": {\"file\": \"$work/tls/client.pem\"},
    \"client_key\": {\"file\": \"$work/tls/next.key\"}"
push push --portal portal
is_told "a key of another certificate is noticed" "belong together"
chmod 644 "$work/tls/client.key"
portal "$ca, $client"
push push --portal portal
is_told "a key that others can read is not used" "chmod 600"
chmod 600 "$work/tls/client.key"
printf 'wrong\n' >"$work/password"
push push --portal portal
is_told "a wrong password is refused" 401
printf '%s\n' $password >"$work/password"
portal "$ca, $client, \"pin\": [\"$(pin next)\", \"$(pin server)\"]"
push push --portal portal
is "all being right, and one of two pins, it delivers" \
    "$? $(bytes "$work/www")" "0 $(bytes "$work/office/state/public/")"
before=$(wc -l <"$work/access.log")
push run
is "the second run sends nothing" "$? $(wc -l <"$work/access.log")" \
    "0 $before"
is "no secret is anywhere" "$(grep -rlF -e $password -e "$(
    sed -n 2p "$work/tls/client.key")" "$work/office" "$work/out" \
    "$work/error.log" "$work/access.log")" ''

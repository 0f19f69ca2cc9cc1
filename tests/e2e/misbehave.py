#!/usr/bin/python3
"""A server whose paths name how it misbehaves; tests/tables/misbehaviour.txt
says what yugao makes of each.

misbehave.py FOLDER makes certificates in the folder, prints a line
"server port" for each of its servers, then "ready", and ends when its
standard input does.
"""
import asyncio
import json
import email.utils
import gzip
import hashlib
import os
import re
import socket
import ssl
import struct
import subprocess
import sys
import time

folder = sys.argv[1]
stored, counts = {}, {}
CRLF = b"\r\n"


# Each answer is the last on its connection, and says so: a client that asked
# again on one that is being closed would see a reset.
def head(status, *fields, reason="Reason"):
    lines = ["HTTP/1.1 %s %s" % (status, reason)] + list(fields)
    if int(status) >= 200 and not any(
            field.lower().startswith("connection:") for field in fields):
        lines.append("Connection: close")
    return "\r\n".join(lines).encode("latin-1") + CRLF + CRLF


def plain(status, *fields, body=b""):
    return head(status, "Content-Length: %d" % len(body), *fields) + body


def etag(body):
    return '"%s"' % hashlib.sha256(body).hexdigest()[:16]


class Talk:
    """One connection with what was asked on it."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer
        self.method = self.path = self.name = ""
        self.fields, self.body, self.count = {}, b"", 0

    async def ask(self):
        raw = await self.reader.readuntil(CRLF + CRLF)
        lines = raw.decode("latin-1").split("\r\n")
        self.method, self.path, _ = lines[0].split(" ", 2)
        self.fields = {k.lower(): v.strip() for k, _, v in
                       (line.partition(":") for line in lines[1:] if line)}
        self.name = self.path.strip("/").split("/")[0]
        if self.name != "answers-early":
            self.body = await self.reader.readexactly(
                int(self.fields.get("content-length", 0)))
        self.count = counts[self.name] = counts.get(self.name, 0) + 1

    async def say(self, data):
        self.writer.write(data)
        await self.writer.drain()

    async def drip(self, data, every=0.1):
        for i in range(len(data)):
            await self.say(data[i:i + 1])
            await asyncio.sleep(every)

    async def hang(self):
        await self.reader.read()
        await asyncio.sleep(30)

    def reset(self):
        raw = self.writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER,
                       struct.pack("ii", 1, 0))
        self.writer.transport.abort()

    # A WebDAV that obeys conditions.
    def dav(self):
        have = stored.get(self.path)
        if self.method in ("GET", "HEAD"):
            if have is None:
                return plain(404)
            return plain(200, "ETag: " + etag(have), body=have)
        if self.fields.get("if-none-match") == "*" and have is not None:
            return plain(412)
        if "if-match" in self.fields and (
                have is None or self.fields["if-match"] != etag(have)):
            return plain(412)
        if self.method == "DELETE":
            return plain(404 if stored.pop(self.path, None) is None else 204)
        stored[self.path] = self.body
        return plain(201 if have is None else 204, "ETag: " + etag(self.body))


scenarios = {}


def scenario(function):
    scenarios[function.__name__.replace("_", "-").strip("-")] = function
    return function


# What is said whole, and then the connection is closed.
said = {
    "status-line-half": b"HTTP/1.1 201 Cre",
    "no-status-line": b"<html>created</html>",
    "ssh": b"SSH-2.0-OpenSSH_9.2\r\n",
    "smtp": b"220 mail.example ESMTP\r\n",
    "binary": bytes(range(256)) * 4,
    "status-word": b"HTTP/1.1 fine\r\nContent-Length: 0\r\n\r\n",
    "status-zero": b"HTTP/1.1 000 Zero\r\nContent-Length: 0\r\n\r\n",
    "status-999": plain(999),
    "version-9": b"HTTP/9.9 201 Created\r\nContent-Length: 0\r\n\r\n",
    "http-1-0": b"HTTP/1.0 201 Created\r\n\r\n",
    "no-reason": b"HTTP/1.1 201\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    "line-feeds": b"HTTP/1.1 201 Created\nContent-Length: 0\nConnection: close\n\n",
    "nul-in-header": head(201, "X: a\0b", "Content-Length: 0"),
    "folded-header": head(201, "X: a", " b", "Content-Length: 0"),
    "no-colon": head(201, "nonsense", "Content-Length: 0"),
    "truncated": head(201, "Content-Length: 100") + b"short",
    "extra-bytes": plain(201) + b"HTTP/1.1 500 Smuggled\r\n\r\n",
    "two-lengths": head(201, "Content-Length: 0", "Content-Length: 5"),
    "negative-length": head(201, "Content-Length: -5"),
    "word-length": head(201, "Content-Length: long"),
    "huge-length": head(201, "Content-Length: 9223372036854775808"),
    "lying-length": head(201, "Content-Length: 99999999999"),
    "chunk-bad": head(201, "Transfer-Encoding: chunked") + b"zz\r\nabc",
    "chunk-half": head(201, "Transfer-Encoding: chunked") + b"20\r\nabc",
    "chunk-huge": head(201, "Transfer-Encoding: chunked") + b"f" * 40 + CRLF,
    "chunk-no-end": head(201, "Transfer-Encoding: chunked") + b"3\r\nabc\r\n",
    "chunk-and-length": head(201, "Transfer-Encoding: chunked",
                             "Content-Length: 3") + b"0\r\n\r\n",
    "coding-unknown": head(201, "Transfer-Encoding: sdch") + b"abc",
    "interim-then-ok": head(103, 'ETag: "early"') + plain(201),
    "interim-flood": head(103) * 5000,
    "switching": head(101, "Upgrade: websocket", "Connection: upgrade"),
    "header-1mb": head(201, "X: " + "x" * (1 << 20), "Content-Length: 0"),
    "headers-10000": head(201, *["X: y"] * 10000),
    "headers-80kb": head(201, *["X: " + "y" * 1000] * 80),
    "etag-weak": plain(201, 'ETag: W/"w"'),
    "etag-bare": plain(201, "ETag: v1"),
    "etag-huge": plain(201, 'ETag: "%s"' % ("e" * 5000)),
    "html-login": plain(200, "Content-Type: text/html",
                        body=b"<form action=login>"),
    "cookie": plain(201, "Set-Cookie: a=b; Path=/"),
    "gzip-bomb": plain(201, "Content-Encoding: gzip",
                       body=gzip.compress(bytes(64 << 20), 9)),
    "retry-seconds": plain(503, "Retry-After: 120"),
    "retry-past": plain(503, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT"),
    "retry-negative": plain(503, "Retry-After: -5"),
    "retry-garbage": plain(503, "Retry-After: soon"),
    "retry-empty": plain(503, "Retry-After:"),
    "retry-year": plain(429, "Retry-After: 99999999"),
    "retry-overflow": plain(429, "Retry-After: 99999999999999999999"),
    "redirect-write": plain(302, "Location: /dav/f.ics"),
    "redirect-write-303": plain(303, "Location: /dav/f.ics"),
    "redirect-write-file": plain(307, "Location: file:///etc/passwd"),
    "redirect-write-nowhere": plain(308),
    "redirect-loop": plain(302, "Location: /redirect-loop/f.ics"),
    "redirect-file": plain(302, "Location: file:///etc/passwd"),
    "redirect-gopher": plain(302, "Location: gopher://127.0.0.1/1"),
    "redirect-metadata": plain(302, "Location: http://169.254.169.254/latest"),
    "redirect-alibaba": plain(302, "Location: http://100.100.100.200/"),
    "redirect-mapped": plain(
        302, "Location: http://[::ffff:169.254.169.254]/"),
    "redirect-zero": plain(302, "Location: http://0.0.0.0/"),
    "redirect-decimal": plain(302, "Location: http://2852039166/"),
    "redirect-public": plain(302, "Location: http://192.0.2.1/"),
    "redirect-password": plain(302, "Location: http://u:p@127.0.0.1/"),
    "nothing": b"",
}


@scenario
async def retry_date(talk):
    when = email.utils.formatdate(time.time() + 120, usegmt=True)
    await talk.say(plain(503, "Retry-After: " + when))


@scenario
async def dav(talk):
    await talk.say(talk.dav())


@scenario
async def echo(talk):
    """Repeats what nobody else should know, as problem details do."""
    told = "You sent: " + talk.fields.get("authorization", "nothing")
    print(told, file=sys.stderr, flush=True)
    await talk.say(plain(422, "Content-Type: application/problem+json",
                         "X-Told: " + told, body=told.encode()))


@scenario
async def problem(talk):
    """Problem details with what steers a terminal, and our own secret."""
    told = {"title": "示例 quota used up", "status": 422,
            "detail": "try \x1b[2J again " +
            talk.fields.get("authorization", "")[7:]}
    await talk.say(plain(422, "Content-Type: application/problem+json",
                         body=json.dumps(told).encode()))


@scenario
async def ping(talk):
    print(talk.method, talk.path, file=sys.stderr, flush=True)
    await talk.say(plain(200))


@scenario
async def silent(talk):
    await talk.hang()


@scenario
async def slow_headers(talk):
    await talk.drip(plain(201, "X: " + "y" * 200))


@scenario
async def slow_body(talk):
    await talk.say(head(201, "Content-Length: 500"))
    await talk.drip(b"z" * 500)


@scenario
async def slow_chunks(talk):
    await talk.say(head(201, "Transfer-Encoding: chunked"))
    await talk.drip(b"1\r\nz\r\n" * 100)


@scenario
async def slow_interim(talk):
    while True:
        await talk.say(head(102))
        await asyncio.sleep(0.5)


@scenario
async def hangs_in_status(talk):
    await talk.say(b"HTTP/1.1 20")
    await talk.hang()


@scenario
async def hangs_in_headers(talk):
    await talk.say(b"HTTP/1.1 201 Created\r\nContent-")
    await talk.hang()


@scenario
async def hangs_before_body(talk):
    await talk.say(head(201, "Content-Length: 10"))
    await talk.hang()


@scenario
async def hangs_in_chunk(talk):
    await talk.say(head(201, "Transfer-Encoding: chunked") + b"a\r\nabc")
    await talk.hang()


@scenario
async def reset(talk):
    talk.reset()


@scenario
async def reset_in_headers(talk):
    await talk.say(b"HTTP/1.1 201 Created\r\nX: ")
    await asyncio.sleep(0.1)
    talk.reset()


@scenario
async def half_closed(talk):
    talk.writer.write_eof()
    await talk.hang()


@scenario
async def answers_early(talk):
    await talk.say(plain(413, "Connection: close"))


@scenario
async def endless_body(talk):
    await talk.say(head(201))
    while True:
        await talk.say(b"z" * 65536)


@scenario
async def endless_chunks(talk):
    await talk.say(head(200, "Transfer-Encoding: chunked"))
    while True:
        await talk.say(b"10000\r\n" + b"z" * 65536 + CRLF)


@scenario
async def endless_headers(talk):
    await talk.say(b"HTTP/1.1 201 Created\r\n")
    while True:
        await talk.say(b"X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n" * 100)


@scenario
async def flapping(talk):
    if talk.count % 2 == 1:
        talk.reset()
    else:
        await talk.say(talk.dav())


@scenario
async def brown_out(talk):
    await talk.say(plain(503) if talk.count < 3 else talk.dav())


async def commit_then(talk, bad):
    first = talk.count == 1
    answer = talk.dav()
    if first:
        await bad()
    else:
        await talk.say(answer)


@scenario
async def commit_then_silent(talk):
    await commit_then(talk, talk.hang)


@scenario
async def commit_then_500(talk):
    await commit_then(talk, lambda: talk.say(plain(500)))


@scenario
async def commit_then_504(talk):
    await commit_then(talk, lambda: talk.say(plain(504)))


@scenario
async def commit_then_truncated(talk):
    await commit_then(talk, lambda: talk.say(said["truncated"]))


@scenario
async def commit_then_nothing(talk):
    await commit_then(talk, lambda: talk.say(b""))


@scenario
async def changed_by_others(talk):
    stored.setdefault(talk.path, b"somebody else's")
    await talk.say(talk.dav())


@scenario
async def changed_always(talk):
    if talk.method == "GET":
        await talk.say(plain(200, 'ETag: "x"', body=b"other"))
    else:
        await talk.say(plain(412))


@scenario
async def changed_read_silent(talk):
    if talk.method == "GET":
        await talk.hang()
    await talk.say(plain(412))


@scenario
async def changed_read_endless(talk):
    if talk.method == "GET":
        await endless_body(talk)
    await talk.say(plain(412))


@scenario
async def changed_read_redirect(talk):
    await talk.say(plain(302, "Location: /login") if talk.method == "GET"
                   else plain(412))


@scenario
async def changed_read_403(talk):
    await talk.say(plain(403 if talk.method == "GET" else 412))


@scenario
async def changed_read_bomb(talk):
    await talk.say(said["gzip-bomb"].replace(b" 201 ", b" 200 ", 1)
                   if talk.method == "GET" else plain(412))


@scenario
async def hops(talk):
    """/hops/5/f.ics leads on to 4 and so on, and 0 is there."""
    left = int(talk.path.split("/")[2])
    await talk.say(plain(200, body=b"here") if left == 0 else
                   plain(302, "Location: /hops/%d/f.ics" % (left - 1)))


@scenario
async def downgrade(talk):
    await talk.say(plain(302, "Location: http://127.0.0.1:%d/dav/f.ics" %
                         ports["http"]))


async def tunnel(talk):
    """CONNECT, for a proxy; what the host is named decides."""
    if "refused" in talk.path:
        return await talk.say(plain(403))
    if "silent" in talk.path:
        return await talk.hang()
    host, _, port = talk.path.rpartition(":")
    reader, writer = await asyncio.open_connection("127.0.0.1", int(port))
    await talk.say(b"HTTP/1.1 200 Connected\r\n\r\n")

    async def pump(source, sink):
        while data := await source.read(65536):
            sink.write(data)
            await sink.drain()
        sink.close()
    await asyncio.gather(pump(talk.reader, writer),
                         pump(reader, talk.writer), return_exceptions=True)


async def serve(reader, writer):
    talk = Talk(reader, writer)
    try:
        while True:
            await talk.ask()
            number = re.fullmatch(r"status-(\d{3})", talk.name)
            if talk.method == "CONNECT":
                await tunnel(talk)
                break
            if talk.name in scenarios:
                await scenarios[talk.name](talk)
            elif talk.name in said:
                await talk.say(said[talk.name])
            elif number:
                await talk.say(plain(int(number[1]), "Connection: close"))
            else:
                await talk.say(plain(404, "X-Unknown: scenario"))
            break
    except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError,
            asyncio.LimitOverrunError):
        pass
    finally:
        if not writer.transport.is_closing():
            writer.close()


async def be_silent(reader, writer):
    await reader.read()
    await asyncio.sleep(30)


async def say_ssh(reader, writer):
    writer.write(said["ssh"])
    writer.close()


async def reset_hello(reader, writer):
    await reader.read(5)
    Talk(reader, writer).reset()


def openssl(*words):
    subprocess.run(("openssl",) + words, cwd=folder, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def certificate(name, alternative, days="2", ca="ca"):
    openssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
            "-nodes", "-keyout", name + ".key", "-out", name + ".csr",
            "-subj", "/CN=" + name)
    with open("%s/%s.ext" % (folder, name), "w") as file:
        file.write("subjectAltName=%s\n" % alternative)
    openssl("x509", "-req", "-in", name + ".csr", "-CA", ca + ".pem",
            "-CAkey", ca + ".key", "-CAcreateserial", "-days", days,
            "-extfile", name + ".ext", "-out", name + ".pem")


def authority(name):
    openssl("req", "-x509", "-newkey", "ec", "-pkeyopt",
            "ec_paramgen_curve:P-256", "-nodes", "-keyout", name + ".key",
            "-out", name + ".pem", "-days", "2", "-subj", "/CN=" + name)


def context(name):
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain("%s/%s.pem" % (folder, name),
                        "%s/%s.key" % (folder, name))
    return tls


def contexts():
    here = "IP:127.0.0.1,DNS:portal.example"
    authority("ca")
    authority("other-ca")
    certificate("right", here)
    certificate("expired", here, days="-1")
    certificate("wrong-name", "DNS:elsewhere.example")
    certificate("unknown-ca", here, ca="other-ca")
    certificate("client", "DNS:client")
    old, client = context("right"), context("right")
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    old.set_ciphers("ALL:@SECLEVEL=0")
    client.verify_mode = ssl.CERT_REQUIRED
    client.load_verify_locations(folder + "/ca.pem")
    return {"tls": context("right"), "expired": context("expired"),
            "wrong-name": context("wrong-name"),
            "unknown-ca": context("unknown-ca"), "old-tls": old,
            "client": client}


ports = {}


async def main():
    servers = []
    for name, function, tls in (
            [("http", serve, None), ("tls-silent", be_silent, None),
             ("tls-ssh", say_ssh, None), ("tls-reset", reset_hello, None)] +
            [(name, serve, tls) for name, tls in contexts().items()]):
        server = await asyncio.start_server(
            function, "127.0.0.1", 0, ssl=tls, limit=1 << 20)
        ports[name] = server.sockets[0].getsockname()[1]
        servers.append(server)
        print(name, ports[name])
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    print("closed", closed.getsockname()[1])
    print("ready", 0, flush=True)
    loop = asyncio.get_running_loop()
    await loop.run_in_executor(None, sys.stdin.read)


# Connections that still hang must not keep the process.
loop = asyncio.new_event_loop()
loop.set_exception_handler(lambda *_: None)
loop.run_until_complete(main())
os._exit(0)

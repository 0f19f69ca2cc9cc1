#!/usr/bin/env python3
"""A department's web server: what stands in FOLDER is there, all else is 404.

Usage: result.py FOLDER PORT-FILE LOG
Sends ETag and answers If-None-Match; a file NAME.moved redirects, NAME.broken
answers 500.  Each request is a line of LOG: method, path, status.
"""
import hashlib
import http.server
import os
import sys

folder, port_file, log = sys.argv[1:4]


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b"", **headers):
        with open(log, "a", encoding="utf-8") as out:
            out.write(f"{self.command} {self.path} {status}\n")
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        path = os.path.join(folder, os.path.basename(self.path))
        if os.path.exists(path + ".moved"):
            return self.answer(302, Location="/")
        if os.path.exists(path + ".broken"):
            return self.answer(500)
        if not os.path.isfile(path):
            return self.answer(404)
        with open(path, "rb") as file:
            body = file.read()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if self.headers.get("If-None-Match") == etag:
            return self.answer(304, ETag=etag)
        return self.answer(200, body, ETag=etag)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(port_file + ".new", "w", encoding="utf-8") as out:
    out.write(f"{server.server_port}\n")
os.rename(port_file + ".new", port_file)
server.serve_forever()

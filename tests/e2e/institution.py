#!/usr/bin/env python3
"""A statistics institution that takes copies by PUT and gives receipts.

Usage: institution.py FOLDER PORT-FILE
Keeps each copy in FOLDER under its path; with a file FOLDER/down it answers
503.  GET /receipts/SHA256 is 200 once FOLDER/received is there and a copy with
that digest was taken, else 404.
"""
import hashlib
import http.server
import os
import sys

folder, port_file = sys.argv[1:3]
taken = set()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def answer(self, status, body=b""):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_PUT(self):
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if os.path.exists(os.path.join(folder, "down")):
            return self.answer(503)
        path = os.path.join(folder, self.path.strip("/").replace("/", "_"))
        with open(path, "wb") as file:
            file.write(body)
        taken.add(hashlib.sha256(body).hexdigest())
        return self.answer(201)

    def do_GET(self):
        digest = self.path.rsplit("/", 1)[-1]
        there = os.path.exists(os.path.join(folder, "received"))
        return self.answer(200 if there and digest in taken else 404)

    def log_message(self, *_):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(port_file + ".new", "w", encoding="utf-8") as out:
    out.write(f"{server.server_port}\n")
os.rename(port_file + ".new", port_file)
server.serve_forever()

"""Serves a feed well and badly on 127.0.0.1: feeds.py FEED PORT_FILE"""
import gzip
import http.server
import os
import sys

with open(sys.argv[1], "rb") as file:
    FEED = file.read()
CALENDAR = "text/calendar; charset=utf-8"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *args):
        pass

    def answer(self, status, body=b"", **headers):
        self.send_response(status)
        headers.setdefault("Content_Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        path = self.path
        good = {"Content_Type": CALENDAR, "ETag": '"1"'}
        if path == "/feed.ics":
            self.answer(200, FEED, **good)
        elif path == "/gzip":
            self.answer(200, gzip.compress(FEED), Content_Encoding="gzip", **good)
        elif path == "/plain":
            self.answer(200, FEED, Content_Type="text/plain")
        elif path == "/charset":
            self.answer(200, FEED, Content_Type="text/calendar")
        elif path.startswith("/hop/"):
            n = int(path[5:])
            where = "/feed.ics" if n == 1 else f"/hop/{n - 1}"
            self.answer(302, b"not this", Location=where)
        elif path == "/to-file":
            self.answer(302, Location="file:///etc/passwd")
        elif path == "/to-metadata":
            self.answer(302, Location="http://169.254.169.254/latest/")
        elif path == "/truncated":
            self.answer(200, FEED, Content_Length=str(len(FEED) + 10), **good)
            self.close_connection = True
        elif path == "/bomb":
            bomb = gzip.compress(bytes(300 << 20), 1)
            self.answer(200, bomb, Content_Encoding="gzip", **good)
        elif path == "/hostile":
            self.answer(200, FEED, Content_Type="a\x1b]0;b\x07c")
        else:
            self.answer(404, FEED, **good)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(sys.argv[2] + ".new", "w") as file:
    file.write(str(server.server_port))
os.rename(sys.argv[2] + ".new", sys.argv[2])
server.serve_forever()

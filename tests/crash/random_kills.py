#!/usr/bin/python3
"""SIGKILL at random moments of `run`, against a portal that records all.

random_kills.py FOLDER KILLS [SEED]

FOLDER/office and FOLDER/twin are the same office with portals of their own,
whose URLs this writes.  Round after round something changes; the one is
killed again and again until a run of it ends, the twin runs undisturbed.
Then portals, ledgers and trees are the same.  Meanwhile no run sends
anything twice, a killed run costs at most one repeat of each message that
was in flight, and no SEQUENCE falls.  Prints TAP.
"""
import collections
import hashlib
import http.server
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time

from torture import BIN, digests

folder, wanted = sys.argv[1], int(sys.argv[2])
chance = random.Random(int(sys.argv[3]) if len(sys.argv) > 3 else 1)
held = {"office": {}, "twin": {}}
sent = collections.Counter()  # of the office, in the run that is on
sequences, fallen = {}, []
lock = threading.Lock()


def etag(body):
    return '"%s"' % hashlib.sha256(body).hexdigest()


def note(who, path, body):
    if who == "office":
        sent[path, etag(body)] += 1
    if not path.endswith(".ics"):
        return
    text = body.decode().replace("\r\n ", "")
    for event in text.split("BEGIN:VEVENT")[1:]:
        uid = re.search(r"\r\nUID:(.*)\r\n", event)[1]
        number = int(re.search(r"\r\nSEQUENCE:(\d+)", event)[1])
        key = (who, path, uid)
        if number < sequences.get(key, 0):
            fallen.append("%s: %d" % (key, number))
        sequences[key] = number


class Portal(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    open = 0

    def setup(self):
        with lock:
            Portal.open += 1
        super().setup()

    def finish(self):
        with lock:
            Portal.open -= 1
        super().finish()

    def log_message(self, *_):
        pass

    def answer(self, status, body=b"", tag=None):
        self.send_response(status)
        if tag:
            self.send_header("ETag", tag)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def place(self):
        _, who, path = self.path.split("/", 2)
        return who, path

    def do_GET(self):
        who, path = self.place()
        with lock:
            have = held[who].get(path)
        if have is None:
            return self.answer(404)
        if self.headers.get("If-None-Match") == etag(have):
            return self.answer(304, tag=etag(have))
        return self.answer(200, have, etag(have))

    def write(self, body):
        who, path = self.place()
        with lock:
            have = held[who].get(path)
            match = self.headers.get("If-Match")
            if ((self.headers.get("If-None-Match") == "*" and
                 have is not None) or
                    (match and (have is None or match != etag(have)))):
                status = 412
            elif body is None:
                status = 404 if held[who].pop(path, None) is None else 204
            else:
                held[who][path] = body
                status = 201 if have is None else 204
            if body is not None:
                note(who, path, body)
        self.answer(status, tag=etag(body) if body and status < 300 else None)

    def do_PUT(self):
        length = int(self.headers["Content-Length"])
        body = self.rfile.read(length)
        if len(body) == length:  # else who sent it is gone
            self.write(body)

    def do_DELETE(self):
        self.write(None)


def settle():
    """What a run that is gone has sent is taken before the next begins."""
    until = time.monotonic() + 30
    quiet = 0
    while quiet < 3 and time.monotonic() < until:
        time.sleep(0.01)
        with lock:
            quiet = quiet + 1 if Portal.open == 0 else 0


def edit(who, name, change):
    path = "%s/%s/%s" % (folder, who, name)
    with open(path) as file:
        document = json.load(file)
    change(document)
    with open(path, "w") as file:
        json.dump(document, file, ensure_ascii=False)


def at(round_):
    return "2026-01-%02dT%02d:%02d:00+08:00" % (
        5 + round_ // 96 % 20, round_ // 4 % 24, round_ % 4 * 15)


def change(who, round_):
    """In turn a release moves, and the office has another name."""
    def move(acts):
        day = 1 + round_ // 2 % 24
        acts["acts"].append({
            "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
            "to": "2026-12-%02dT10:00" % day,
            "reason": "示例：上级部门推迟提供基础数据，相应调整发布",
            "reason_code": "source_data_late", "role": "stat_head",
            "at": at(round_)})

    def name(office):
        office["office"]["name"]["en"] = "Release calendar %d (example)" % (
            round_)
    if round_ % 2:
        edit(who, "acts/cq-demo-2026.json", move)
    else:
        edit(who, "yugao.json", name)


def start(who, round_):
    return subprocess.Popen(
        [BIN + "/yugao", "-c", "%s/%s/yugao.json" % (folder, who), "--lang",
         "en", "--now", at(round_), "-q", "run"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT)


def entries(who):
    database = sqlite3.connect("%s/%s/state/yugao.db" % (folder, who))
    rows = database.execute("SELECT * FROM entry ORDER BY id").fetchall()
    whole = database.execute("PRAGMA integrity_check").fetchall()
    database.close()
    return rows, whole


def same():
    for what, of in (("portals", lambda who: held[who]), ("ledgers", entries),
                     ("trees", lambda who: digests(
                         "%s/%s/state/public/" % (folder, who)))):
        if of("office") != of("twin"):
            yield "the %s differ" % what


def killed_rounds(connections):
    """Rounds until enough kills have landed; yields what is wrong."""
    kills = round_ = 0
    lasted = 1.0
    while kills < wanted:
        for who in ("office", "twin"):
            change(who, round_)
        begun = time.monotonic()
        twin = start("twin", round_)
        told = twin.communicate()[0]
        lasted = (time.monotonic() - begun + lasted) / 2
        if twin.returncode != 0:
            yield "the twin ended with %d: %s" % (twin.returncode, told[:300])
            return
        before = collections.Counter()
        while True:
            sent.clear()
            run = start("office", round_)
            try:
                # Tries that only ever reach the same place end this way.
                told = run.communicate(
                    timeout=chance.uniform(0, lasted * 1.2))[0]
            except subprocess.TimeoutExpired:
                run.kill()
                told = run.communicate()[0]
            settle()
            with lock:
                now = collections.Counter(sent)
            if any(times > 1 for times in now.values()):
                yield "round %d: sent twice: %s" % (round_, now)
            if len([x for x in now if x in before]) > connections:
                yield "round %d: repeated: %s" % (
                    round_, [x for x in now if x in before])
            before += now
            if run.returncode == -9:
                kills += 1
                before = now
                continue
            if run.returncode != 0:
                yield "round %d ended with %d: %s" % (
                    round_, run.returncode, told[:300])
            break
        yield from same()
        round_ += 1
    print("# %d kills landed in %d rounds" % (kills, round_))


class Server(http.server.ThreadingHTTPServer):
    def handle_error(self, *_):
        """Who is killed breaks off what it asked."""


def main():
    server = Server(("127.0.0.1", 0), Portal)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for who in ("office", "twin"):
        edit(who, "portals/portal.json", lambda portal: portal.update(
            url="http://127.0.0.1:%d/%s/" % (server.server_port, who),
            allow_private=True, connections=4))
    wrong = 0
    for line in killed_rounds(4):
        wrong += 1
        if wrong <= 20:
            print("# " + line, flush=True)
    for line in fallen[:20]:
        print("# " + line)
    for good, what in (
            (wrong == 0, "%d kills at random moments change nothing" % wanted),
            (not fallen, "no SEQUENCE falls"),
            (os.path.exists(folder + "/office/state/public"), "it ran")):
        print("%sok - %s" % ("" if good else "not ", what))


main()

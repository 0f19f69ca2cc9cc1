"""A day of pollers: those that know an ETag, those that know a date, those
that know neither.

pollers.py TREE CHANGE URL …
CHANGE is a command that publishes: "CHANGE 1" at ten, "CHANGE 2" at four.
Every poller has yesterday's copy and asks every five minutes, as often as
max-age lets it.
"""
import datetime
import gzip
import http.client
import subprocess
import sys
from urllib.parse import urlsplit

tree, change, urls = sys.argv[1], sys.argv[2], sys.argv[3:]
# What each change of this day concerns.
FILES = {'releases.ics': 2, 'departments/cq-demo/releases.json': 2,
         'departments/nbs/releases.ics': 0}
EVERY = 5
CHANGES = {10 * 60: 1, 16 * 60: 2}


class Poller:
    def __init__(self, url, path, asks, zipped):
        self.server, self.path, self.asks = urlsplit(url), path, asks
        self.zipped = zipped
        self.name = f'{url} {path} {asks}{" gzip" if zipped else ""}'
        self.connection = http.client.HTTPConnection(
            self.server.hostname, self.server.port, timeout=60)
        self.known, self.copy, self.modified = None, None, None
        self.asked = self.full = self.unchanged = 0
        self.problems = []

    def poll(self):
        headers = {'Accept-Encoding': 'gzip' if self.zipped else 'identity'}
        if self.known is not None:
            headers[self.asks] = self.known
        self.connection.request('GET', self.server.path + self.path,
                                headers=headers)
        answer = self.connection.getresponse()
        body = answer.read()
        if answer.status == 304 and self.known is not None:
            self.unchanged += 1
        elif answer.status == 200:
            self.full += 1
            if answer.headers['Content-Encoding'] == 'gzip':
                body = gzip.decompress(body)
            self.copy = body
            self.known = {'If-None-Match': answer.headers['ETag'],
                          'If-Modified-Since': answer.headers['Last-Modified']
                          }.get(self.asks)
        else:
            self.problems.append(f'answer {answer.status}')
        modified = datetime.datetime.strptime(
            answer.headers['Last-Modified'], '%a, %d %b %Y %H:%M:%S GMT')
        if self.modified is not None and modified < self.modified:
            self.problems.append('Last-Modified went back')
        self.modified = modified
        with open(f'{tree}/{self.path}', 'rb') as file:
            if file.read() != self.copy:
                self.problems.append('what the poller holds is not what is '
                                     'public')
        self.asked += 1


def check(name, problems):
    print('ok' if not problems else 'not ok', name, flush=True)
    for problem in problems[:8]:
        print(' ', problem)


pollers = [Poller(url, path, asks, zipped) for url in urls for path in FILES
           for asks in ('If-None-Match', 'If-Modified-Since', 'nothing')
           for zipped in (False, True)]
for poller in pollers:
    poller.poll()  # yesterday
    poller.asked = poller.full = 0
for minute in range(0, 24 * 60, EVERY):
    if minute in CHANGES:
        subprocess.run([*change.split(), str(CHANGES[minute])], check=True)
    for poller in pollers:
        poller.poll()
for url in urls:
    mine = [poller for poller in pollers if poller.server == urlsplit(url)]
    check('every poller holds what is public, after every answer; no date '
          'goes back', [f'{poller.name}: {text}' for poller in mine
                        for text in dict.fromkeys(poller.problems)])
    check('who asks gets a body for each change, and for nothing else',
          [f'{poller.name}: {poller.full} bodies' for poller in mine
           if poller.asks != 'nothing' and
           poller.full != FILES[poller.path]])
    asking = [poller for poller in mine if poller.asks != 'nothing']
    share = (100 * sum(poller.unchanged for poller in asking) /
             sum(poller.asked for poller in asking))
    worst = min(100 * poller.unchanged / poller.asked for poller in asking)
    check(f'at least 99 % are 304: {share:.2f} %, of the poller with the most '
          f'changes {worst:.2f} %', [] if worst >= 99 else [f'{worst}'])
    check('who asks nothing gets everything', [
        poller.name for poller in mine
        if poller.asks == 'nothing' and poller.unchanged > 0])

"""Asks two servers of one tree the same things, and tells where they differ.

serving.py TREE PORTAL NGINX
The form of an ETag is each server's own; everything else that a reader could
notice is the same.
"""
import gzip
import http.client
import os
import sys
from urllib.parse import urlsplit

tree = sys.argv[1]
servers = {'portal': urlsplit(sys.argv[2]), 'nginx': urlsplit(sys.argv[3])}
# What a reader could notice beside status and body.
COMPARED = ('content-type', 'content-encoding', 'content-length',
            'last-modified', 'cache-control', 'vary', 'location',
            'access-control-allow-origin', 'access-control-allow-methods',
            'access-control-allow-headers', 'access-control-max-age',
            'x-content-type-options', 'content-security-policy',
            'referrer-policy', 'accept-ranges', 'content-range')
OLD = 'Thu, 01 Jan 2015 00:00:00 GMT'
LATER = 'Fri, 01 Jan 2100 00:00:00 GMT'


class Answer:
    def __init__(self, server, method, path, headers):
        connection = http.client.HTTPConnection(
            server.hostname, server.port, timeout=60)
        connection.putrequest(method, server.path + path,
                              skip_accept_encoding=True)
        for name, value in headers.items():
            connection.putheader(name, value)
        connection.endheaders()
        response = connection.getresponse()
        self.status = response.status
        self.body = response.read()
        self.headers = {}
        for name, value in response.getheaders():
            name = name.lower()
            self.headers[name] = (self.headers[name] + ', ' + value
                                  if name in self.headers else value)
        connection.close()

    def identity(self):
        if self.headers.get('content-encoding') == 'gzip':
            return gzip.decompress(self.body)
        return self.body


def ask(method, path, headers=None):
    """The answers of both; {etag}, {gzip} and {date} stand for their own."""
    answers = {}
    for name, server in servers.items():
        values = known.get((name, path), {})
        filled = {key: value.format(**values) if '{' in value else value
                  for key, value in (headers or {}).items()}
        answers[name] = Answer(server, method, path, filled)
    return answers['portal'], answers['nginx']


def check(name, problems):
    print('ok' if not problems else 'not ok', name, flush=True)
    for problem in problems[:8]:
        print(' ', problem)


def differences(portal, nginx, without=()):
    if portal.status != nginx.status:
        yield f'status {portal.status}, nginx {nginx.status}'
    for name in COMPARED:
        if name in without:
            continue
        one, other = portal.headers.get(name), nginx.headers.get(name)
        if one != other:
            yield f'{name}: {one!r}, nginx {other!r}'


known = {}
files = []
for folder, _, names in os.walk(tree, followlinks=True):
    for name in names:
        if not name.endswith('.gz') and name != 'link.txt':
            files.append(os.path.relpath(os.path.join(folder, name), tree))
files.sort()
# Every kind of file that there is, and some of each.
kinds = {}
for name in files:
    kinds.setdefault(os.path.splitext(name)[1], []).append(name)
chosen = sorted({name for names in kinds.values()
                 for name in names[:: max(1, len(names) // 6)]}
                | {'releases.ics', 'en/releases.ics', 'releases.json',
                   'index.html', 'changes.atom'})

# The gzip form is one compressor's or another's, and so is its length.  A file
# without a twin is small: the portal makes one all the same, nginx does not.
problems = []
for path in chosen:
    with open(os.path.join(tree, path), 'rb') as file:
        truth = file.read()
    for accept in ({}, {'Accept-Encoding': 'gzip'},
                   {'Accept-Encoding': 'br, gzip;q=0'}):
        pair = ask('GET', path, accept)
        for which, answer in zip(servers, pair):
            if answer.status != 200 or answer.identity() != truth:
                problems.append(f'{path} {accept}: {which} gives other bytes')
            etag = answer.headers.get('etag', '')
            if not etag.startswith('"'):
                problems.append(f'{path}: {which} has no strong ETag: {etag}')
            place = known.setdefault((which, path), {})
            form = 'gzip' if 'content-encoding' in answer.headers else 'etag'
            if place.setdefault(form, etag) != etag:
                problems.append(f'{path}: {which} has two ETags')
            place['date'] = answer.headers['last-modified']
        zipped = ['content-length'] if 'Accept-Encoding' in accept else []
        if not os.path.exists(os.path.join(tree, path + '.gz')):
            zipped += ['content-encoding', 'vary']
        problems += [f'{path} {accept}: {text}' for text
                     in differences(*pair, without=zipped)]
for (which, path), place in known.items():
    if place.get('gzip') == place['etag']:
        problems.append(f'{path}: {which}: the forms share one ETag')
check(f'{len(chosen)} files of {len(kinds)} kinds: bytes, types, headers',
      problems)

ZIP = {'Accept-Encoding': 'gzip'}
TABLE = [
    # what, method, path, headers, status
    ('HEAD', 'HEAD', 'releases.ics', {}, 200),
    ('HEAD of the gzip form', 'HEAD', 'releases.ics', ZIP, 200),
    ('the same ETag', 'GET', 'releases.ics', {'If-None-Match': '{etag}'}, 304),
    ('a weak form of it', 'GET', 'releases.ics',
     {'If-None-Match': 'W/{etag}'}, 304),
    ('a list with it', 'GET', 'releases.ics',
     {'If-None-Match': '"x", {etag}, "y"'}, 304),
    ('any ETag', 'GET', 'releases.ics', {'If-None-Match': '*'}, 304),
    ('another ETag', 'GET', 'releases.ics', {'If-None-Match': '"x"'}, 200),
    ('the gzip form by its ETag', 'GET', 'releases.ics',
     {'If-None-Match': '{gzip}', **ZIP}, 304),
    ('the gzip form by the other ETag', 'GET', 'releases.ics',
     {'If-None-Match': '{etag}', **ZIP}, 200),
    ('identity by the gzip ETag', 'GET', 'releases.ics',
     {'If-None-Match': '{gzip}'}, 200),
    ('the same date', 'GET', 'releases.ics',
     {'If-Modified-Since': '{date}'}, 304),
    ('HEAD with the same date', 'HEAD', 'releases.json',
     {'If-Modified-Since': '{date}'}, 304),
    ('an older date', 'GET', 'releases.ics', {'If-Modified-Since': OLD}, 200),
    ('a later date proves nothing', 'GET', 'releases.ics',
     {'If-Modified-Since': LATER}, 200),
    ('no date', 'GET', 'releases.ics',
     {'If-Modified-Since': 'yesterday'}, 200),
    ('the ETag beats the date', 'GET', 'releases.ics',
     {'If-None-Match': '"x"', 'If-Modified-Since': '{date}'}, 200),
    ('a matching If-Match', 'GET', 'releases.ics',
     {'If-Match': '{etag}'}, 200),
    ('a stale If-Match', 'GET', 'releases.ics', {'If-Match': '"x"'}, 412),
    ('changed since', 'GET', 'releases.ics',
     {'If-Unmodified-Since': OLD}, 412),
    ('a part is not given', 'GET', 'releases.ics',
     {'Range': 'bytes=0-9'}, 200),
    ('the folder', 'GET', '', {}, 200),
    ('a page of a folder', 'GET', 'departments/', ZIP, 200),
    ('a folder without its slash', 'GET', 'departments', {}, 301),
    ('the calendar without its slash', 'GET', '../calendar', {}, 301),
    ('a folder without a page', 'GET', 'assets/', {}, 404),
    ('no such file', 'GET', 'nothing.ics', {}, 404),
    ('no such page', 'GET', 'nothing/', {}, 404),
    ('no such page, HEAD', 'HEAD', 'nothing/', {}, 404),
    ('a hidden file', 'GET', '.hidden', {}, 404),
    ('a hidden folder', 'GET', '.upload/0', {}, 404),
    ('a link below the tree', 'GET', 'link.txt', {}, 404),
    ('a question is no other file', 'GET', 'releases.ics?x=1', {}, 200),
    ('what is escaped', 'GET', 'releases%2Eics', {}, 200),
    ('a way out', 'GET', '%2e%2e/%2e%2e/etc/passwd', {}, (400, 404)),
    ('the compressed twin as a file', 'GET', 'releases.ics.gz', {}, 200),
    ('may I ask with If-None-Match', 'OPTIONS', 'releases.ics', {}, 204),
    ('another method', 'POST', 'releases.ics', {}, 405),
]
for what, method, path, headers, status in TABLE:
    if path == '../calendar':
        pair = [Answer(server._replace(path=''), method,
                       server.path.rstrip('/'), headers)
                for server in servers.values()]
    else:
        pair = ask(method, path, headers)
    allowed = status if isinstance(status, tuple) else (status,)
    problems = [f'{which}: {answer.status}' for which, answer
                in zip(servers, pair) if answer.status not in allowed]
    # Texts of errors and redirects are each server's own; so is whether a
    # 304 repeats the length.
    own = ['content-length']
    if pair[0].status not in (200, 304, 404):
        own += ['content-type', 'cache-control', 'vary']
    if method == 'OPTIONS':
        own += ['access-control-allow-methods']
    if status == 200 and headers.get('Accept-Encoding') != 'gzip':
        own.remove('content-length')
    if status == 200 and method == 'GET':
        bodies = {answer.identity() for answer in pair}
        if len(bodies) != 1:
            problems.append('the bodies differ')
    if status == 304:
        for which, answer in zip(servers, pair):
            if answer.body or not answer.headers.get('etag'):
                problems.append(f'{which}: a body, or no ETag')
            own += ['content-type']
    if not isinstance(status, tuple):
        problems += differences(*pair, without=own)
    check(f'{what}: {status}', problems)

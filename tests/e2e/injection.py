"""An office of hostile words, and strangers who read what became of them.

injection.py make FOLDER            an office whose every word attacks somebody
injection.py refused FOLDER KIND    the same with a word that no plan may hold
injection.py judge TREE             JSON, CSV, Atom, HTML and xlsx by their parsers
"""
import csv
import html.parser
import io
import json
import os
import sys
import xml.parsers.expat
import zipfile

root = os.path.abspath(os.path.join(os.path.dirname(__file__), '../..'))
SCRIPT = '<script>window.hit=1</script>'
IMAGE = '"><img src=x onerror="window.hit=2">'
CLOSE = '</title></textarea></script>--><svg/onload=window.hit=3>'
SHEET = '=HYPERLINK("http://evil.example/","x")'
TEXTS = {
    'title': SCRIPT + IMAGE + '&amp;&#60;]]>;,\\n\\;{0}%s',
    'indicator': "+cmd|' /C calc'!A0" + CLOSE,
    'note': '@SUM(1+1)*' + SHEET + '\\nBEGIN:VEVENT' + SCRIPT,
    'channel': '-2+3' + SHEET + IMAGE,
    'name': SHEET + SCRIPT + "'\"`",
    'definition': "javascript:alert(1) ' onmouseover='window.hit=4' " + CLOSE,
}
REFUSED = {
    'crlf': ('note', 'x\r\nBEGIN:VALARM\r\nEND:VALARM'),
    'nul': ('note', 'x\0y'),
    'escape': ('title', 'x\x1b]0;y\x07'),
    'bidi': ('title', 'x\u202eyz'),
    'isolate': ('note', 'x\u2066yz'),
    'javascript': ('url', 'javascript:alert(1)'),
    'data': ('url', 'data:text/html,<script>alert(1)</script>'),
    'url-crlf': ('url', 'https://data.example/x\r\nSet-Cookie: a=b'),
    'url-space': ('url', 'https://data.example/x y'),
    'url-quote': ('url', 'https://data.example/"onclick="x'),
}


def write(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(value, file, ensure_ascii=False)


def both(text):
    return {'zh': '示例' + text if text[0] == '<' else text, 'en': text}


def make(folder, kind=None):
    write(f'{folder}/yugao.json', {
        'office': {'name': both(TEXTS['name']), 'domain': 'stats.example',
                   'url': 'http://127.0.0.1/calendar/'},
        'timezone': 'Asia/Shanghai', 'language': 'en', 'plans': 'plans',
        'departments': 'departments', 'state': 'state',
        'topics': {'prices': both(SHEET + IMAGE)},
        'calendars': f'{root}/calendars',
        'policy': f'{root}/config/policy/cq-2020-91.json',
        'site_files': f'{root}/config/site'})
    write(f'{folder}/departments/d.json', {
        'id': 'd', 'level': 'national', 'name': both(TEXTS['name'])})
    series = {
        'id': 'hostile', 'title': both(TEXTS['title']), 'class': 'public',
        'frequency': 'annual', 'time': '09:30', 'status': 'confirmed',
        'timing': {'months': [12], 'day': 1}, 'topics': ['prices'],
        'dates': {'2026': '2026-12-01'},
        'indicators': [{'name': both(TEXTS['indicator']), 'unit': SHEET}],
        'definition': both(TEXTS['definition']), 'note': both(TEXTS['note']),
        'channels': [TEXTS['channel']],
        'url': "https://data.example/a?b='c'&d=%3Cscript%3E;x,y#f",
        'contact': {'unit': both(SHEET + IMAGE), 'phone': '023-00000000'}}
    if kind is not None:
        member, text = REFUSED[kind]
        series[member] = both(text) if member != 'url' else text
    write(f'{folder}/plans/d-2026.json', {
        'department': 'd', 'year': 2026, 'timezone': 'Asia/Shanghai',
        'calendar': 'cn', 'series': [series]})


def check(name, problems):
    print('ok' if not problems else 'not ok', name, flush=True)
    for problem in problems[:8]:
        print(' ', problem)


def found(tree, ending):
    for folder, _, names in os.walk(tree, followlinks=True):
        for name in names:
            if name.endswith(ending):
                path = os.path.join(folder, name)
                with open(path, 'rb') as file:
                    yield os.path.relpath(path, tree), file.read()


class Page(html.parser.HTMLParser):
    """What a browser would make of it: scripts, handlers, addresses."""

    def __init__(self):
        super().__init__()
        self.problems = []

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name.startswith('on') or name == 'style':
                self.problems.append(f'<{tag} {name}>')
            if name in ('href', 'src', 'action', 'formaction') and (
                    ':' in (value or '').split('/')[0] and
                    not value.startswith(('http://', 'https://', 'webcal://',
                                          'tel:', 'mailto:'))):
                self.problems.append(f'<{tag} {name}="{value}">')
        kinds = dict(attrs)
        own = (kinds.get('src') or '').split('?')[0]
        if tag == 'script' and kinds.get('type') != 'application/ld+json' \
                and not own.endswith('assets/site.js'):
            self.problems.append('a script of somebody else')
        if tag == 'img' and kinds.get('src') == 'x' or (
                tag == 'svg' and kinds.get('class') != 'qr'):
            self.problems.append(f'<{tag}> out of a text')


def judge(tree):
    title = TEXTS['title']
    problems = []
    for path, data in found(tree, 'releases.json'):
        releases = json.loads(data.decode())['releases']
        problems += [f'{path}: {release["title"]}' for release in releases
                     if title not in release['title']]
    check('JSON holds the words as they were', problems)
    problems, cells = [], 0
    for path, data in found(tree, '.csv'):
        for row in csv.reader(io.StringIO(data.decode('utf-8-sig'))):
            for cell in row:
                cells += 1
                if cell[:1] in ('=', '+', '@', '\t', '\r') or (
                        cell[:1] == '-' and cell != '-'):
                    problems.append(f'{path}: {cell[:60]}')
    check(f'no cell of a CSV is a formula, of {cells}',
          problems or ([] if cells else ['no cell']))
    problems, n = [], 0
    for ending in ('.atom', '.xml', '.svg'):
        for path, data in found(tree, ending):
            names = []
            parser = xml.parsers.expat.ParserCreate()
            parser.StartElementHandler = \
                lambda name, _, names=names: names.append(name)
            try:
                parser.Parse(data, True)
            except xml.parsers.expat.ExpatError as error:
                problems.append(f'{path}: {error}')
            n += 1
            if 'script' in names or 'img' in names:
                problems.append(f'{path}: an element out of a text')
    check(f'{n} XML files are well formed, and words stay words',
          problems or ([] if n else ['none']))
    problems, n = [], 0
    for path, data in found(tree, '.html'):
        page = Page()
        page.feed(data.decode())
        n += 1
        problems += [f'{path}: {text}' for text in page.problems]
    check(f'{n} pages hold no foreign element, handler or address',
          problems or ([] if n else ['none']))
    problems, n = [], 0
    for path, data in found(tree, '.xlsx'):
        n += 1
        with zipfile.ZipFile(io.BytesIO(data)) as book:
            for name in book.namelist():
                if not name.startswith('xl/worksheets/'):
                    continue
                if b'<f>' in book.read(name) or b'<f ' in book.read(name):
                    problems.append(f'{path}: a formula in {name}')
    check(f'{n} workbooks hold no formula',
          problems or ([] if n else ['none']))


if sys.argv[1] == 'judge':
    judge(sys.argv[2])
else:
    make(sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else None)

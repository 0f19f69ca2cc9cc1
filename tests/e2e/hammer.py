"""Publishes again and again, and judges what readers saw meanwhile.

hammer.py publish YUGAO OFFICE FIRST END LOG PATH …
    makes OFFICE and publishes it with the numbers FIRST to END, each time
    with one release moved; LOG gets a line for each publish and PATH: the publish, the path,
    the digest of what was put there, and when the command was back
hammer.py judge LOG SEEN MOST
    SEEN is what the readers of one server wrote (hammer.c); prints what is
    wrong, at most MOST lines, then a comment
"""
import datetime
import hashlib
import json
import os
import subprocess
import sys
import time

root = os.path.abspath(os.path.join(os.path.dirname(__file__), '../..'))


def write(path, value):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, 'w', encoding='utf-8') as file:
        json.dump(value, file, ensure_ascii=False)


def make_office(office):
    write(f'{office}/yugao.json', {
        'office': {'name': {'zh': '示例', 'en': 'Example'},
                   'domain': 'stats.example',
                   'url': 'http://127.0.0.1/calendar/'},
        'timezone': 'Asia/Shanghai', 'language': 'en', 'plans': 'plans',
        'departments': 'departments', 'state': 'state',
        'calendars': f'{root}/calendars', 'topics': {},
        'policy': f'{root}/config/policy/cq-2020-91.json',
        'site_files': f'{root}/config/site'})
    # Outside the jurisdiction nothing is blocked.
    write(f'{office}/departments/d.json', {
        'id': 'd', 'level': 'national',
        'name': {'zh': '示例机构', 'en': 'Example department'}})


def write_plan(office, number):
    # Never the same moment twice: no page has the bytes of an older one.
    write(f'{office}/plans/d-2026.json', {
        'department': 'd', 'year': 2026, 'timezone': 'Asia/Shanghai',
        'calendar': 'cn', 'series': [{
            'id': 'grain', 'title': {'zh': '粮食产量（示例）',
                                     'en': 'Grain output (example)'},
            'frequency': 'annual', 'class': 'public',
            'time': f'09:{number // 28:02}', 'status': 'confirmed',
            'url': 'https://data.example/grain', 'timing': {'months': [12], 'day': 1},
            'dates': {'2026': f'2026-12-{number % 28 + 1:02}'}}]})


def publish(yugao, office, first, end, log, paths):
    make_office(office)
    start = datetime.datetime(2026, 1, 1, 9, tzinfo=datetime.timezone.utc)
    with open(log, 'a', encoding='utf-8') as out:
        for number in range(first, end):
            write_plan(office, number)
            now = start + datetime.timedelta(seconds=number)
            subprocess.run(
                [yugao, '-c', f'{office}/yugao.json', '--now',
                 now.strftime('%Y-%m-%dT%H:%M:%SZ'), '-q', 'publish',
                 '--yes'], check=True)
            back = time.time()
            for path in paths:
                with open(f'{office}/state/public/{path}', 'rb') as file:
                    digest = hashlib.sha256(file.read()).hexdigest()
                print(number, path, digest, f'{back:.6f}', file=out,
                      flush=True)


def judge(log, seen, most):
    versions = {}  # path: [[digest, when the command was back]]
    with open(log, encoding='utf-8') as lines:
        for line in lines:
            _, path, digest, back = line.split()
            there = versions.setdefault(path, [])
            if not there or there[-1][0] != digest:
                there.append([digest, float(back)])
    order = {path: {digest: i for i, (digest, _) in enumerate(there)}
             for path, there in versions.items()}
    problems, gets, sightings, modified = [], 0, {}, {}
    with open(seen, encoding='utf-8') as lines:
        for line in lines:
            if line.startswith('broken'):
                problems.append(line.strip())
                continue
            path, form, digest, date, count, _, last = line.rstrip(
                '\n').split('\t')
            gets += int(count)
            i = order[path].get(digest)
            if i is None:
                problems.append(f'{path} {form}: bytes never published')
                continue
            sightings.setdefault(path, set()).add(i)
            there = versions[path]
            if i + 1 < len(there) and float(last) > there[i + 1][1]:
                late = float(last) - there[i + 1][1]
                problems.append(f'{path} {form}: version {i} was given '
                                f'{late:.3f} s after the next was there')
            when = datetime.datetime.strptime(
                date, '%a, %d %b %Y %H:%M:%S GMT')
            if modified.setdefault((path, i), when) != when:
                problems.append(f'{path}: version {i} has two dates')
    for (path, i), when in sorted(modified.items()):
        if modified.get((path, i - 1), datetime.datetime.min) >= when:
            problems.append(f'{path}: Last-Modified of version {i} is not '
                            'after that of the one before')
    for problem in problems[:most]:
        print(problem)
    print(f'# {gets} answers; versions seen:', *(
        f'{path} {len(found)} of {len(versions[path])}'
        for path, found in sorted(sightings.items())))
    print(f'# gets {gets}', file=sys.stderr)


if sys.argv[1] == 'publish':
    publish(sys.argv[2], sys.argv[3], int(sys.argv[4]), int(sys.argv[5]),
            sys.argv[6], sys.argv[7:])
else:
    judge(sys.argv[2], sys.argv[3], int(sys.argv[4]))

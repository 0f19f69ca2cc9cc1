"""What a change cannot do without: hashes, compresses and writes the files of
a tree that are not those of the tree before.

rewrite.py OLD NEW FOLDER: prints wall and processor seconds, files, megabytes
"""
import hashlib
import os
import resource
import sys
import time
import zlib

old, new, out = sys.argv[1:4]


def processor():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


changed = []
for folder, _, names in os.walk(new):
    for name in names:
        path = os.path.join(folder, name)
        before = os.path.join(old, os.path.relpath(path, new))
        if not os.path.exists(before) or not os.path.samefile(before, path):
            changed.append(path)
texts = {}
for path in changed:
    plain = path[:-3] if path.endswith('.gz') else path
    with open(plain, 'rb') as file:
        texts[plain] = file.read()
wall, cpu = time.monotonic(), processor()
for number, path in enumerate(changed):
    if path.endswith('.gz'):
        squeeze = zlib.compressobj(6, zlib.DEFLATED, 31)
        data = squeeze.compress(texts[path[:-3]]) + squeeze.flush()
    else:
        data = texts[path]
    hashlib.sha256(data).hexdigest()
    with open(os.path.join(out, str(number)), 'wb') as file:
        file.write(data)
os.sync()
print(f'{time.monotonic() - wall:.4f} {processor() - cpu:.4f} '
      f'{len(changed)} {sum(map(len, texts.values())) / 1e6:.1f}')

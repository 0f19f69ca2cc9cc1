"""What the events of .ics files say, one line each, sorted, to be compared.

events.py [--from YEAR] [--until YEAR] FILE-OR-FOLDER …
"""
import os
import sys

from icalendar import Calendar

NAMES = ("UID", "SEQUENCE", "STATUS", "DTSTART", "DTEND", "SUMMARY",
         "DESCRIPTION", "URL", "TRANSP")
first, last = 0, 9999
args = sys.argv[1:]
while args and args[0].startswith("--"):
    if args[0] == "--from":
        first = int(args[1])
    else:
        last = int(args[1])
    args = args[2:]


def files(path):
    if os.path.isfile(path):
        yield path
        return
    for folder, _, names in os.walk(path):
        for name in names:
            if name.endswith(".ics"):
                yield os.path.join(folder, name)


def value(event, name):
    if name not in event:
        return "-"
    found = event[name]
    if hasattr(found, "dt"):
        return found.dt.isoformat()
    return str(found)


lines = []
for arg in args:
    for path in files(arg):
        with open(path, "rb") as file:
            calendar = Calendar.from_ical(file.read())
        for event in calendar.walk("VEVENT"):
            if first <= event["DTSTART"].dt.year <= last:
                lines.append(repr([value(event, name) for name in NAMES]))
print("\n".join(sorted(lines)))

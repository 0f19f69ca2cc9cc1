"""Prints what python3-icalendar or python3-vobject read in feeds.

usage: read.py icalendar|vobject PATH ...

A line an event, of JSON: path, uid, start, title, sequence, status, url, and
what stands in properties that a program may look for.
"""
import datetime
import json
import sys


def text(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime(
            "%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, datetime.date):
        return value.isoformat()
    return str(value)


def by_icalendar(data):
    import icalendar

    for event in icalendar.Calendar.from_ical(data).walk("VEVENT"):
        links = event.get("x-yugao-link", event.get("link", []))
        yield {
            "uid": str(event["uid"]),
            "start": text(event["dtstart"].dt),
            "title": str(event["summary"]),
            "sequence": int(event["sequence"]),
            "status": str(event["status"]),
            "description": str(event["description"]),
            "links": len(links if isinstance(links, list) else [links]),
        }


def by_vobject(data):
    import vobject

    for event in vobject.readOne(data.decode()).contents.get("vevent", []):
        yield {
            "uid": event.uid.value,
            "start": text(event.dtstart.value),
            "title": event.summary.value,
            "sequence": int(event.sequence.value),
            "status": event.status.value,
            "description": event.description.value,
            "links": len(event.contents.get(
                "x-yugao-link", event.contents.get("link", []))),
        }


read = {"icalendar": by_icalendar, "vobject": by_vobject}[sys.argv[1]]
for path in sys.argv[2:]:
    with open(path, "rb") as file:
        for found in read(file.read()):
            print(json.dumps({"path": path, **found}, ensure_ascii=False))

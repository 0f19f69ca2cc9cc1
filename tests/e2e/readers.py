"""Reads a feed with python3-icalendar and python3-vobject, and prints TAP:
each agrees with releases.json, and with NBS's published schedule, on every
UID, start and summary.

usage: readers.py releases.ics releases.json nbs-2026.json
"""

import datetime
import json
import sys

import icalendar
import vobject

tests = 0
failures = 0


def check(name, wrong):
    global tests, failures
    tests += 1
    if wrong:
        failures += 1
        print(f"not ok {tests} - {name}")
        for line in list(wrong)[:10]:
            print(f"# {line}")
    else:
        print(f"ok {tests} - {name}")


def start_text(value):
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime(
            "%Y-%m-%dT%H:%M:%SZ")
    return value.isoformat()


def differences(events, releases):
    wrong = []
    if set(events) != set(releases):
        wrong.append(f"UIDs differ: {set(events) ^ set(releases)}")
    for uid in sorted(set(events) & set(releases)):
        if events[uid] != releases[uid]:
            wrong.append(f"{uid}: {events[uid]} != {releases[uid]}")
    return wrong


def by_icalendar(data):
    calendar = icalendar.Calendar.from_ical(data)
    return {
        str(e["uid"]): (start_text(e["dtstart"].dt), str(e["summary"]))
        for e in calendar.walk("VEVENT")
    }, calendar


def by_vobject(data):
    calendar = vobject.readOne(data.decode())
    return {
        e.uid.value: (start_text(e.dtstart.value), e.summary.value)
        for e in calendar.vevent_list
    }


def published(path):
    """What NBS published: a set of (Beijing date, time)."""
    with open(path, encoding="utf-8") as file:
        schedule = json.load(file)
    dates = []
    for row in schedule["rows"]:
        for d in row["dates"]:
            dates.append((row["title"], d["date"], d["time"]))
    return schedule, dates


def main():
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    with open(sys.argv[2], encoding="utf-8") as file:
        document = json.load(file)
    releases = {
        r["id"]: (r["start"], r["title"]) for r in document["releases"]
    }
    events, calendar = by_icalendar(data)
    check("python3-icalendar agrees on every UID, start and summary",
          differences(events, releases))
    check("python3-vobject agrees on every UID, start and summary",
          differences(by_vobject(data), releases))

    beijing = datetime.timezone(datetime.timedelta(hours=8))
    said = []
    for r in document["releases"]:
        if r["department"] != "nbs" or r["allDay"]:
            continue
        if r["series"].startswith("producer-goods"):
            continue
        at = datetime.datetime.fromisoformat(
            r["start"].replace("Z", "+00:00")).astimezone(beijing)
        said.append((at.strftime("%Y-%m-%d"), at.strftime("%H:%M")))
    schedule, dates = published(sys.argv[3])
    want = sorted((d, t) for _, d, t in dates)
    check("there are 142 dated releases of NBS",
          [] if len(want) == 142 else [len(want)])
    check("each dated release has NBS's date and time",
          [] if sorted(said) == want else
          [f"only said: {x}" for x in said if x not in want] +
          [f"only published: {x}" for x in want if x not in said] +
          [f"{len(said)} said, {len(want)} published"])

    windows = [
        e for e in calendar.walk("VEVENT")
        if not isinstance(e["dtstart"].dt, datetime.datetime)
        and str(e["x-yugao-release"]).startswith("nbs/")
    ]
    check("each of the ten month and window items is there",
          [] if len(windows) == len(schedule["month_precision_items"]) else
          [len(windows)])
    check("each window is an all-day TENTATIVE span of whole months",
          [str(e["uid"]) for e in windows
           if str(e["status"]) != "TENTATIVE"
           or e["dtstart"].dt.day != 1 or e["dtend"].dt.day != 1
           or e["dtend"].dt <= e["dtstart"].dt])
    ten_day = [r for r in document["releases"]
               if r["series"].startswith("producer-goods")]
    check("there are 34 ten-day reports",
          [] if len(ten_day) == 34 else [len(ten_day)])
    check("no event carries an alarm or a recurrence",
          [str(e["uid"]) for e in calendar.walk("VEVENT")
           if e.subcomponents or "rrule" in e])
    print(f"1..{tests}")
    return 1 if failures else 0


sys.exit(main())

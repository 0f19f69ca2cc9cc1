"""python_rrule.py DATES FOLDER: the peer.  Generates the dates of plans whose
rules are plain with python3-dateutil, and writes them to DATES, one a line.
Prints the seconds, of the clock and of the processor, that generating took,
without starting Python, reading plans and writing."""
import glob
import json
import sys
import time
from datetime import datetime

from dateutil import rrule

WEEKDAYS = {"mon": rrule.MO, "tue": rrule.TU, "wed": rrule.WE,
            "thu": rrule.TH, "fri": rrule.FR}
FIRST, LAST = datetime(2026, 1, 1, 9, 30), datetime(2026, 12, 31, 9, 30)


def by_of(timing):
    if "nth" in timing:
        return {"byweekday": WEEKDAYS[timing["weekday"]](timing["nth"])}
    return {"bymonthday": -1 if timing["day"] == "last" else timing["day"]}


def main():
    by = []
    for name in sorted(glob.glob(f"{sys.argv[2]}/*.json")):
        with open(name, encoding="utf-8") as file:
            by += [by_of(one["timing"]) for one in json.load(file)["series"]]
    begin, begun = time.monotonic(), time.process_time()
    dates = [list(rrule.rrule(rrule.MONTHLY, dtstart=FIRST, until=LAST, **one))
             for one in by]
    seconds = time.monotonic() - begin
    processor = time.process_time() - begun
    with open(sys.argv[1], "w", encoding="ascii") as file:
        for series in dates:
            file.writelines(f"{date:%Y-%m-%d %H:%M}\n" for date in series)
    print(f"{seconds:.3f} {processor:.3f}")


main()

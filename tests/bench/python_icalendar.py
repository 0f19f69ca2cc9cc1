"""python_icalendar.py TREE FOLDER: the peer.  Reads the events of a public
tree's releases.json in both languages, and writes each language's feed anew
with python3-icalendar.  Prints the seconds, of the clock and of the processor,
that building and writing took, without starting Python and reading JSON."""
import json
import sys
import time
from datetime import date, datetime

from icalendar import Calendar, Event


def moment(value):
    if len(value) == 10:
        return date.fromisoformat(value)
    return datetime.fromisoformat(value.replace("Z", "+00:00"))


def event_of(release, language):
    event = Event()
    stamp = moment(release["lastModified"])
    event.add("uid", release["id"])
    event.add("dtstamp", stamp)
    event.add("last-modified", stamp)
    event.add("sequence", release["sequence"])
    event.add("status", release["status"].upper())
    event.add("transp", "TRANSPARENT")
    event.add("dtstart", moment(release["start"]))
    if "end" in release:
        event.add("dtend", moment(release["end"]))
    event.add("summary", release["title"])
    event.add("description", "\n".join(
        [release["start"], release["publisher"], release["periodText"],
         "、".join(release["indicators"]), "、".join(release["channels"]),
         release["url"]]))
    event.add("url", release["url"])
    for topic in release["topicNames"]:
        event.add("categories", topic)
    event.add("x-yugao-release", release["release"])
    event.add("x-yugao-period", release["period"])
    event.add("x-yugao-precision", release["precision"])
    return event


def write(feed, path):
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//yugao//bench//EN")
    calendar.add("x-wr-calname", feed["name"])
    for release in feed["releases"]:
        calendar.add_component(event_of(release, feed["language"]))
    with open(path, "wb") as file:
        file.write(calendar.to_ical())


def main():
    seconds = processor = 0.0
    for language, name in (("zh", "releases.json"),
                           ("en", "en/releases.json")):
        with open(f"{sys.argv[1]}/{name}", encoding="utf-8") as file:
            feed = json.load(file)
        begin, begun = time.monotonic(), time.process_time()
        write(feed, f"{sys.argv[2]}/{language}.ics")
        seconds += time.monotonic() - begin
        processor += time.process_time() - begun
    print(f"{seconds:.3f} {processor:.3f}")


main()

"""Holds what readers saw against the ledger, and prints TAP.

usage: compare.py LEDGER.jsonl TREE READER=SEEN.jsonl ...

LEDGER is `yugao --json log --view`; a title is that of the releases.json of
the same language, since the ledger keeps its parts.
"""
import glob
import json
import os
import sys

STATUS = {"tentative": "TENTATIVE", "confirmed": "CONFIRMED",
          "cancelled": "CANCELLED", "postponed": "TENTATIVE",
          "released": "CONFIRMED"}
KINDS = ["releases.ics", "departments/", "districts/", "topics/", "series/",
         "archive/", "releases/"]


def ledger_of(path):
    said = {}
    with open(path, encoding="utf-8") as file:
        for line in file:
            entry = json.loads(line)
            if entry.get("said") is None or "uid" not in entry["said"]:
                continue
            precision = entry["precision"]
            exact = precision == "instant"
            status = entry["status"]
            if status == "confirmed" and precision in ("month", "window"):
                status = "tentative"
            said[entry["said"]["uid"]] = (
                entry["start"] if exact else
                entry["said"]["when"]["start"],
                entry["sequence"], STATUS[status])
    return said


def titles_of(tree):
    titles = {"": {}, "en/": {}}
    for lang, own in titles.items():
        for path in [os.path.join(tree, lang, "releases.json"), *glob.glob(
                os.path.join(tree, lang, "archive/*/releases.json"))]:
            with open(path, encoding="utf-8") as file:
                for release in json.load(file)["releases"]:
                    own[release["id"]] = release["title"]
    return titles


def kind_of(path):
    path = path.removeprefix("en/")
    return next(kind for kind in reversed(KINDS) if path.startswith(kind))


def main():
    said = ledger_of(sys.argv[1])
    tree = os.path.join(sys.argv[2], "")
    titles = titles_of(tree)
    files = {os.path.relpath(os.path.join(folder, name), tree)
             for folder, _, names in os.walk(tree)
             for name in names if name.endswith(".ics")}
    tests = failed = 0
    for argument in sys.argv[3:]:
        reader, path = argument.split("=", 1)
        wrong = {kind: [] for kind in KINDS}
        seen = {}
        with open(path, encoding="utf-8") as file:
            for line in file:
                event = json.loads(line)
                where = os.path.relpath(event["path"], tree)
                uid = event["uid"]
                lang = "en/" if where.startswith("en/") else ""
                seen.setdefault(where, set()).add(uid)
                got = (event["start"], event["sequence"], event["status"])
                if said.get(uid) != got:
                    wrong[kind_of(where)].append(
                        f"{where}: {uid}: {got} != {said.get(uid)}")
                elif event["title"] != titles[lang].get(uid):
                    wrong[kind_of(where)].append(
                        f"{where}: {uid}: {event['title']!r}")
                elif event["links"] < 2:
                    wrong[kind_of(where)].append(
                        f"{where}: {uid}: {event['links']} LINK")
        for where in sorted(files - set(seen)):
            with open(os.path.join(tree, where), encoding="utf-8") as file:
                if "BEGIN:VEVENT" in file.read():
                    wrong[kind_of(where)].append(f"{where}: nothing is read")
        everything = set().union(*seen.values()) if seen else set()
        for uid in sorted(set(said) - everything):
            wrong["releases.ics"].append(f"{uid} is in no feed")
        for kind in KINDS:
            # What is one release's has LINK, which this one refuses.
            if reader == "ruby-icalendar" and kind == "releases/":
                continue
            here = [w for w in files if kind_of(w) == kind]
            tests += 1
            failed += bool(wrong[kind]) or not here
            print("not ok" if wrong[kind] or not here else "ok", tests, "-",
                  f"{reader} agrees with the ledger on {kind} "
                  f"({len(here)} files)")
            for line in wrong[kind][:5]:
                print("#", line)
    print(f"1..{tests}")
    return failed > 0


sys.exit(main())

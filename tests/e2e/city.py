#!/usr/bin/env python3
"""A simulated city (示例: every name and date is made up).

city.py make DIR DEPARTMENTS SERIES DISTRICTS   an office, its plans, its fate
city.py reviews DIR            the reviews that `draft acts --json` asks for
city.py day DIR INSTANT        the acts that people have written by then
city.py look DIR INSTANT       what the portal shows goes into the portal's log
city.py recount DIR PERIOD INSTANT REPORT WORKDAYS
    counts anew, from the acts and the portal's log alone, and compares
"""
import datetime as dt
import json
import os
import random
import sys

TZ = dt.timezone(dt.timedelta(hours=8))
YEAR = 2026
KINDS = ("on_time", "late", "missed", "early", "unrecorded")


def instant(text):
    return dt.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(TZ)


def stamp(when):
    return when.astimezone(TZ).isoformat(timespec="seconds")


def load(*path):
    with open(os.path.join(*path), encoding="utf-8") as file:
        return json.load(file)


def save(data, *path):
    name = os.path.join(*path)
    os.makedirs(os.path.dirname(name), exist_ok=True)
    with open(name, "w", encoding="utf-8") as file:
        json.dump(data, file, ensure_ascii=False, indent=1)


def both(zh, en):
    return {"zh": zh + "（示例）", "en": en + " (example)"}


def department(i, districts):
    county = i % 4 == 3
    region = sorted(districts)[i % len(districts)] if county else "500000"
    level = "county" if county else "city"
    return {
        "id": f"d{i:02d}", "name": both(f"第{i}局", f"Bureau {i}"),
        "region_code": region, "level": level,
        "units": [both("统计处", "Statistics division")],
        "responsible_leader": {"name": "示例分管负责人"},
        "statistics_head": {"name": "示例统计负责人"},
        "contact": {"unit": both("统计处", "Statistics division"),
                    "phone": f"000-{i:08d}"},
    }


def series(n, closed, rng):
    item = {
        "id": f"s{n:02d}", "title": both(f"指标{n}", f"Indicator {n}"),
        "frequency": "monthly", "class": "public",
        "timing": {"day": 5 + rng.randrange(22)},
    }
    if closed:
        item["class"] = "internal"
        if closed == "grounded":
            item["withheld"] = {"ground": "XXGK-16",
                                "review_due": "2026-11-20"}
    return item


def defaults():
    return {
        "time": "09:30", "class": "public", "roll": "none",
        "status": "confirmed",
        "definition": both("涵义", "Definition"),
        "scope": both("范围", "Scope"), "method": both("方法", "Method"),
        "calculation": both("计算", "Calculation"), "sampled": False,
        "data_status": "final", "disclosure_control": True,
        "overlap": False, "census": False, "source": "admin_record",
        "channels": ["网站（示例）"],
    }


def fate(key, day, rng):
    """What becomes of one release: acts, each with the time it is written."""
    at = dt.datetime.combine(day, dt.time(9, 30), TZ)
    acts = []
    chance = rng.random()

    def act(kind, when, **more):
        acts.append({"act": kind, "releases": [key], "role": "stat_head",
                     "at": stamp(when), **more})

    reason = {"reason": both("基础数据报送推迟，需要核对",
                             "Source data arrive late")}
    if rng.random() < 0.25:
        reason = {}
    if chance < 0.03:
        act("cancel", at - dt.timedelta(days=rng.choice((2, 9, 20))),
            reason=both("调查项目停止，不再开展", "The survey has ended"))
        return acts
    if chance < 0.15:
        told = at - dt.timedelta(days=rng.choice((1, 3, 12, 25)), hours=5)
        at += dt.timedelta(days=rng.choice((1, 2, 5, -1)))
        if at > told + dt.timedelta(days=1):
            act("move", told, to=at.strftime("%Y-%m-%dT%H:%M"), **reason)
    out = at + dt.timedelta(seconds=rng.choice((0, 20, 300, 600)))
    chance = rng.random()
    if chance < 0.05:
        out = at + dt.timedelta(minutes=rng.choice((11, 90, 1439)))
    elif chance < 0.08:
        out = at + dt.timedelta(days=rng.choice((2, 4)))
    elif chance < 0.10:
        out = at - dt.timedelta(minutes=rng.choice((1, 40)))
    elif chance < 0.13:
        return acts
    act("released", out + dt.timedelta(minutes=5), released=stamp(out))
    return acts


def make(folder, departments, per, districts):
    rng = random.Random(91)
    office = os.path.join(folder, "office")
    codes = {f"5001{i:02d}": both(f"第{i}区", f"District {i}")
             for i in range(1, districts + 1)}
    root = os.environ["root"]
    save({"office": {"name": both("江城统计", "Jiangcheng statistics"),
                     "domain": "city.example",
                     "url": "https://city.example/calendar/"},
          "timezone": "Asia/Shanghai", "language": "zh", "plans": "plans",
          "acts": "acts", "departments": "departments",
          "portals": "portals", "calendars": f"{root}/calendars",
          "policy": f"{root}/config/policy/cq-2020-91.json",
          "state": "state", "site": False, "gzip": False,
          "districts": codes}, office, "yugao.json")
    save({"id": "www", "kind": "directory", "path": os.path.join(folder, "www"),
          "required": True}, office, "portals", "www.json")
    os.makedirs(os.path.join(folder, "www"), exist_ok=True)
    os.makedirs(os.path.join(office, "acts"), exist_ok=True)
    world = {"releases": {}, "closed": [], "departments": []}
    for i in range(departments):
        name = f"d{i:02d}"
        world["departments"].append(name)
        save(department(i, codes), office, "departments", name + ".json")
        rows = []
        for n in range(per):
            closed = {0: "grounded", 1: "bare" if i % 3 == 0 else None}.get(n)
            rows.append(series(n, closed, rng))
            for month in range(1, 13):
                day = dt.date(YEAR, month, rows[-1]["timing"]["day"])
                before = dt.date(YEAR, month, 1) - dt.timedelta(days=1)
                key = f"{name}/{rows[-1]['id']}/{before:%Y-%m}"
                if closed:
                    world["closed"].append(
                        [name, day.isoformat(), closed == "grounded"])
                else:
                    world["releases"][key] = fate(key, day, rng)
        save({"department": name, "year": YEAR, "timezone": "Asia/Shanghai",
              "calendar": "cn", "defaults": defaults(), "series": rows},
             office, "plans", f"{name}-{YEAR}.json")
    save(world, folder, "world.json")


def reviews(folder):
    found = {}
    for file in json.load(sys.stdin)["files"]:
        for act in file["acts"]:
            if act["act"] == "review":
                for key in act["items"]:
                    found.setdefault(key.split("/")[0], []).append(act)
                    break
    save(found, folder, "reviews.json")


def day(folder, now):
    world, seen = load(folder, "world.json"), load(folder, "reviews.json")
    for name in world["departments"]:
        acts = [act for key, fates in world["releases"].items()
                if key.startswith(name + "/") for act in fates
                if instant(act["at"]) <= now]
        acts += [{**act, "who": "示例审查员"} for act in seen.get(name, [])]
        acts.sort(key=lambda act: instant(act["at"]))
        if acts:
            save({"department": name, "year": YEAR, "acts": acts},
                 folder, "office", "acts", f"{name}-{YEAR}.json")


def look(folder, now):
    shown = load(folder, "www", "releases.json")["releases"]
    name = os.path.join(folder, "portal.json")
    log = load(name) if os.path.exists(name) else {}
    for release in shown:
        state = [release["start"], release["status"]]
        told = log.setdefault(release["release"], [])
        if not told or told[-1][1:] != state:
            told.append([stamp(now), *state])
    save(log, name)


class Count(dict):
    def __missing__(self, key):
        return 0

    def add(self, key, n=1):
        self[key] += n


def workdays_between(workdays, first, last):
    return sum(1 for text in workdays if str(first) < text <= str(last))


def judge(told, released, now, count):
    """T_eff: the last time told before the one before it and itself."""
    valid, off = instant(told[0][1]), False
    for before, (at, start, status) in zip(told, told[1:]):
        notice, when = instant(at), instant(start)
        if status == "cancelled":
            off = off or notice < valid
        elif when != instant(before[1]) and \
                notice < min(valid, when, instant(before[1])):
            valid, off = when, False
    return valid, off


def outcome(valid, released, now):
    if released is None:
        if now < valid:
            return "coming"
        late = now - valid > dt.timedelta(hours=24)
        return "missed" if late else "open"
    late = released - valid
    if late < dt.timedelta(0):
        return "early"
    if late <= dt.timedelta(minutes=10):
        return "on_time"
    return "late" if late <= dt.timedelta(hours=24) else "missed"


def changes(told, fates, inside, workdays, count):
    for before, (at, start, status) in zip(told, told[1:]):
        notice, old, new = instant(at), instant(before[1]), instant(start)
        if status == "released" or not inside(notice):
            continue
        if status == "cancelled":
            kind, nearest = "cancelled", old
        elif new.date() != old.date():
            kind = "later" if new > old else "earlier"
            nearest = min(old, new)
        elif new != old:
            kind, nearest = "clock", min(old, new)
        else:
            continue
        count.add("changes")
        count.add(kind)
        if not any(act.get("reason") for act in fates
                   if act["act"] in ("move", "cancel")):
            count.add("unreasoned")
        if notice >= nearest:
            count.add("notice_after")
        elif workdays_between(workdays, notice.date(), nearest.date()) >= 5:
            count.add("notice_enough")
        else:
            count.add("notice_short")


def first_told(told, inside, count):
    notice, start = instant(told[0][0]), instant(told[0][1])
    if not inside(start):
        return
    count.add("first")
    if notice >= start:
        count.add("first_after")
    elif (start.date() - notice.date()).days >= 28 or \
            notice.year < start.year:
        count.add("first_enough")
    else:
        count.add("first_short")


def period_of(text):
    year = int(text[:4])
    months = range(1, 13)
    if len(text) > 4:
        months = range(int(text[6]) * 3 - 2, int(text[6]) * 3 + 1)
    return lambda when: when.year == year and when.month in months


def recount(folder, period, now, workdays):
    world, log = load(folder, "world.json"), load(folder, "portal.json")
    inside = period_of(period)
    counts = {name: Count() for name in world["departments"]}
    for key, told in log.items():
        count = counts[key.split("/")[0]]
        fates = world["releases"][key]
        told = [row for row in told if instant(row[0]) <= now]
        # The portal has to have shown that it is out, as the ledger has.
        out = [instant(act["released"]) for act in fates
               if act["act"] == "released"]
        shown = any(row[2] == "released" for row in told)
        released = out[0] if out and shown else None
        valid, off = judge(told, released, now, count)
        if inside(valid):
            count.add("items")
            what = "called_off" if off else outcome(valid, released, now)
            count.add(what)
            if what in KINDS:
                count.add("judged")
                count.add("unrecorded" if released is None else "unwitnessed")
        if released is not None and inside(released):
            count.add("copies_due")
            count.add("copy_breach", (now.date() - released.date()).days > 10)
        first_told(told, inside, count)
        changes(told, fates, inside, workdays, count)
    for name, when, grounded in world["closed"]:
        if inside(dt.date.fromisoformat(when)):
            counts[name].add("withheld")
            counts[name].add("grounded", grounded)
    return counts


def compare(folder, period, now, report, workdays):
    counts = recount(folder, period, now, workdays)
    told = {row["department"]: row["counts"]
            for row in load(report)["now"]["departments"]}
    bad = sorted(set(counts) ^ set(told))
    for name in sorted(set(counts) & set(told)):
        for metric, value in told[name].items():
            if isinstance(value, dict) and value["n"] != counts[name][metric]:
                bad.append(f"{name} {metric}: {value['n']} told, "
                           f"{counts[name][metric]} counted")
    total = Count()
    for count in counts.values():
        for metric, n in count.items():
            total.add(metric, n)
    print(json.dumps(dict(sorted(total.items()))))
    for line in bad[:20]:
        print(line)
    return 1 if bad else 0


def main():
    verb, folder, rest = sys.argv[1], sys.argv[2], sys.argv[3:]
    if verb == "make":
        make(folder, *map(int, rest))
    elif verb == "reviews":
        reviews(folder)
    elif verb == "day":
        day(folder, instant(rest[0]))
    elif verb == "look":
        look(folder, instant(rest[0]))
    elif verb == "recount":
        with open(rest[3], encoding="utf-8") as file:
            workdays = file.read().split()
        return compare(folder, rest[0], instant(rest[1]), rest[2], workdays)
    return 0


sys.exit(main())

"""make_rules.py FOLDER SERIES: plans with so many monthly series of 2026 in
all, with rules of every form.  FOLDER/plain has those whose rules are a day of
the month, its last day, or an n-th weekday, and nothing else;
FOLDER/other has the rest."""
import json
import os
import sys

A_PLAN = 700  # a multiple of 7: a base is in the plan of what follows it
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri")


def plain(n):
    return (
        {"timing": {"day": 1 + n // 10 % 28}},
        {"timing": {"day": "last"}},
        {"timing": {"weekday": WEEKDAYS[n // 10 % 5],
                    "nth": (1, 2, 3, 4, -1)[n // 50 % 5]}},
    )


def other(n):
    return (
        {"timing": {"day": 9}, "roll": "following"},
        {"timing": {"workday": 11}},
        {"timing": {"after_period": {"days": 15}}, "roll": "nearest"},
        {"timing": {"after": f"s{n // 10 * 10 + 4:06}", "workdays": 1}},
        {"timing": [{"day": 14, "months": [1, 4, 7, 10]}, {"day": 17}],
         "roll": "following-notice"},
        {"timing": {"weekday": "fri", "nth": 3, "after_week_of": 12},
         "reference": {"lag": 0}},
        {"timing": {"before_month_end": {"workdays": 3}}},
    )


def write(folder, rules):
    os.makedirs(folder)
    for first in range(0, len(rules), A_PLAN):
        department = f"{os.path.basename(folder)}{first // A_PLAN:04}"
        plan = {"department": department, "year": 2026,
                "defaults": {"frequency": "monthly", "time": "09:30",
                             "class": "public"},
                "series": [{"id": f"s{n:06}", "title": f"示例第{n}号", **rule}
                           for n, rule in rules[first:first + A_PLAN]]}
        with open(f"{folder}/{department}.json", "w", encoding="utf-8") as f:
            json.dump(plan, f, ensure_ascii=False)


def main():
    folder, series = sys.argv[1], range(int(sys.argv[2]))
    write(f"{folder}/plain",
          [(n, plain(n)[n % 10]) for n in series if n % 10 < 3])
    write(f"{folder}/other",
          [(n, other(n)[n % 10 - 3]) for n in series if n % 10 >= 3])


main()

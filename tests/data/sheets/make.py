#!/usr/bin/python3
"""Makes the sheets of this folder from ../schedules/nbs-2026.json.

nbs-2026.csv and nbs-2026.xlsx are shaped as the National Bureau of Statistics
publishes its calendar: a row a content, a column a month, clock times below,
notes after the table.  rows-2026.csv says the same, one row a release.
Run it in this folder with python3-openpyxl; the files are kept.
"""

import csv
import datetime
import json
import os

import openpyxl
from openpyxl.styles import Alignment

os.chdir(os.path.dirname(os.path.abspath(__file__)))
with open("../schedules/nbs-2026.json", encoding="utf-8") as file:
    nbs = json.load(file)

DAYS = "一二三四五六日"
MONTHS = ["%d月" % month for month in range(1, 13)]
HEAD = ["序号", "内容"] + MONTHS
TITLE = "国家统计局2026年主要统计信息发布日程表"


def title(row):
    return row["title_zh"] or row["title"]


def cell(dates):
    """The day and weekday of each date, with the mark of its note."""
    marks = []
    for date in dates:
        day = datetime.date.fromisoformat(date["date"])
        mark = "%d/%s" % (day.day, DAYS[day.weekday()])
        marks.append(mark + ("注5" if date["note"] else ""))
    return "\n".join(marks) or "……"


def months(row):
    """Dates and clock times, a list of each for every month."""
    dates = [[] for _ in range(12)]
    for date in row["dates"]:
        dates[int(date["date"][5:7]) - 1].append(date)
    return [cell(d) for d in dates], [
        d[0]["time"].lstrip("0") if d else "" for d in dates
    ]


def notes():
    return ["注：" + nbs["notes"][0]] + nbs["notes"][1:]


with open("nbs-2026.csv", "w", encoding="utf-8", newline="") as file:
    out = csv.writer(file, lineterminator="\r\n")
    out.writerow([TITLE])
    out.writerow(["密级：公开"])
    out.writerow(HEAD)
    for row in nbs["rows"]:
        dates, times = months(row)
        out.writerow([row["no"], title(row)] + dates)
        out.writerow(["", ""] + times)
    for note in notes():
        out.writerow([note])

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "2026"
wrap = Alignment(wrap_text=True)
sheet.append([TITLE])
sheet.merge_cells("A1:N1")
sheet.append(["密级：公开"])
sheet.append(["序号", "内容", "发布日期"])
sheet.append([None, None] + MONTHS)
for area in ("A3:A4", "B3:B4", "C3:N3"):
    sheet.merge_cells(area)
for row in nbs["rows"]:
    dates, times = months(row)
    sheet.append([row["no"], title(row)] + dates)
    clock = [
        datetime.time.fromisoformat(t.zfill(5)) if t else None for t in times
    ]
    sheet.append([None, None] + clock)
    last = sheet.max_row
    for column in "AB":
        sheet.merge_cells("%s%d:%s%d" % (column, last - 1, column, last))
    for c in sheet[last - 1]:
        c.alignment = wrap
for note in notes():
    sheet.append([note])
    sheet.merge_cells("A%d:N%d" % (sheet.max_row, sheet.max_row))
book.create_sheet("说明")["A1"] = "本表按月排列"
book.save("nbs-2026.xlsx")

with open("rows-2026.csv", "w", encoding="gb18030", newline="") as file:
    out = csv.writer(file, lineterminator="\r\n", delimiter=";")
    out.writerow(
        ["密级", "编号", "内容", "发布日期", "发布时间", "频率", "报告期"]
    )
    for row in nbs["rows"]:
        n = len(row["dates"])
        # Only of the PMI it must be said: two of its dates are in March.
        pmi = n == 12 and row["dates"][0]["date"] == "2026-01-31"
        for month, date in enumerate(row["dates"], 1):
            day = datetime.date.fromisoformat(date["date"])
            out.writerow(
                [
                    "公开",
                    "nbs-%d" % row["no"],
                    title(row).replace("’", "'").replace("é", "e"),
                    "%d月%d日（星期%s）"
                    % (day.month, day.day, DAYS[day.weekday()]),
                    date["time"],
                    {1: "年度", 4: "季度"}.get(n, "月度"),
                    "%d月" % month if pmi else "",
                ]
            )

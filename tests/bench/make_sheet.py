"""make_sheet.py FILE ROWS: a workbook with a plan for 2026 as offices keep
it, twenty columns, one row a release, written with python3-openpyxl."""
import sys
from datetime import date, time

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

COLUMNS = ("序号", "编号", "内容", "英文名称", "频率", "报告期", "发布日期",
           "发布时间", "状态", "密级", "主题", "指标", "渠道", "网址",
           "责任处室", "联系电话", "调查制度", "文号", "有效期", "备注")
SUBJECTS = ("居民消费价格", "规模以上工业生产", "交通运输", "城镇就业与工资",
            "社会消费品零售总额")


def release(page, number):
    series, month = divmod(number, 12)
    subject = SUBJECTS[series % len(SUBJECTS)]
    day = WriteOnlyCell(page, date(2026, month + 1, 9 + series % 18))
    day.number_format = "yyyy-mm-dd"
    clock = WriteOnlyCell(page, time(9, 30))
    clock.number_format = "hh:mm"
    return (number + 1, f"s{series:04}", f"{subject}情况第{series}号",
            f"Example monthly report no. {series}", "月度",
            f"{2025 if month == 0 else 2026}年{month or 12}月", day, clock,
            "确定", "公开", "prices", "同比增长[%]；环比增长[%]",
            "示例统计机构网站", f"https://data.example/s{series:04}",
            "统计处（示例）", "023-00000000", "示例统计调查制度",
            "国统制〔2025〕1号", "2027-06",
            "示例：只用来测速。" if month % 3 == 0 else None)


def main():
    book = Workbook(write_only=True)
    page = book.create_sheet("2026")
    page.append(COLUMNS)
    for number in range(int(sys.argv[2])):
        page.append(release(page, number))
    book.save(sys.argv[1])


main()

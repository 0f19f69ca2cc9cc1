#!/bin/sh
# Spreadsheets as plans: what a real spreadsheet program and openpyxl make of
# a sheet is read alike, and what yugao writes opens in both.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"

# shellcheck disable=SC2034 # office() takes it
url=http://127.0.0.1:9/calendar/
: >"$work/token"
now=2026-01-01T08:00:00+08:00
# said OUT FILE: what would be announced if this were nbs's only plan
said() {
	rm -rf "$work/office"
	office "$work/office"
	rm -f "$work/office/plans"/*
	cp "$2" "$work/office/plans/nbs-2026.${2##*.}"
	(cd "$work/office" && "$bin/yugao" --now "$now" --json diff) \
	    >"$work/diff.json"
	jq -r '.changes[] | select(.release and .kind != "profile") |
	    .release' \
	    "$work/diff.json" >"$1" && [ -s "$1" ]
}
resave() {
	ssconvert "$1" "$2" >"$work/ssconvert.log" 2>&1
}

sheets=$root/tests/data/sheets
ok "openpyxl's matrix is a plan" said "$work/openpyxl" \
    "$sheets/nbs-2026.xlsx"
is "it has the 142 releases of 2026" "$(wc -l <"$work/openpyxl" | tr -d ' ')" \
    142
ok "the same as CSV is a plan" said "$work/csv" "$sheets/nbs-2026.csv"
ok "and says the same" cmp "$work/openpyxl" "$work/csv"
ok "gnumeric opens and saves it" resave "$sheets/nbs-2026.xlsx" \
    "$work/resaved.xlsx"
ok "what gnumeric saved is a plan" said "$work/gnumeric" "$work/resaved.xlsx"
ok "and says the same" cmp "$work/openpyxl" "$work/gnumeric"
ok "what gnumeric makes of the CSV is a plan" \
    resave "$sheets/nbs-2026.csv" "$work/from-csv.xlsx"
ok "it is read" said "$work/from-csv" "$work/from-csv.xlsx"
ok "and says the same" cmp "$work/openpyxl" "$work/from-csv"

ok "a template is written" "$bin/yugao" --lang zh draft \
    --template "$work/nbs-2027.xlsx"
ok "gnumeric opens the template" resave "$work/nbs-2027.xlsx" \
    "$work/template.csv"
ok "its columns are there" grep -q '序号,编号,内容' "$work/template.csv"
ok "openpyxl opens it and sees the drop-downs" /usr/bin/python3 -c '
import sys, openpyxl
sheet = openpyxl.load_workbook(sys.argv[1]).active
lists = [v.formula1 for v in sheet.data_validations.dataValidation]
assert any("公开" in words for words in lists), lists
assert sheet["C2"].comment is not None' "$work/nbs-2027.xlsx"

printf '%s\n' '编号,内容,频率,报告期,发布日期,密级' \
    'cpi,物价,月度,3月,4月10日（周四）,公开' >"$work/nbs-2026.csv"
annotate() {
	(cd "$work/office" && "$bin/yugao" --now "$now" --lang zh check \
	    --annotate "$work/back.xlsx" "$work/nbs-2026.csv")
	[ $? -eq 2 ]
}
ok "a mistake is told and the sheet given back" annotate
ok "the sheet opens" resave "$work/back.xlsx" "$work/back.csv"
ok "and has the mistake beside its row" \
    grep -q '2026-04-10 是星期五，不是星期四' "$work/back.csv"

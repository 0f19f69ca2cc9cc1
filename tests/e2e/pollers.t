#!/bin/sh
# A day of pollers over a day with two changes, at yugao-portal and at nginx.
# shellcheck source=tests/e2e/tap.sh
. "$(dirname "$0")/tap.sh"
url=http://127.0.0.1:8787/calendar/
: >"$work/token"
office "$work/office"
rm -f "$work/office/portals/"*
ok "an office publishes" "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2025-12-26T13:58:00+08:00 publish --yes
public=$work/office/state/public
rm "$work/token"
ok "yugao-portal serves it" start_portal "$public" --per-address 0
ok "nginx serves it" start_nginx "$work/nginx" "$public"
move() { # day instant
	cat <<END
  { "act": "move", "releases": ["cq-demo/logistics/2026-Q3"],
    "to": "2026-10-$1T10:00",
    "reason": "示例：上级部门推迟提供基础数据，相应推迟发布",
    "reason_code": "source_data_late", "role": "stat_head", "at": "$2" }
END
}
acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
$(move 29 2025-12-28T09:50:00+08:00) ] }
END
cp "$work/office/acts/cq-demo-2026.json" "$work/acts.1"
acts <<END
{ "department": "cq-demo", "year": 2026, "acts": [
$(move 29 2025-12-28T09:50:00+08:00),
$(move 30 2025-12-28T15:50:00+08:00) ] }
END
cp "$work/office/acts/cq-demo-2026.json" "$work/acts.2"
cat >"$work/change" <<END
#!/bin/sh
cp "$work/acts.\$1" "$work/office/acts/cq-demo-2026.json"
hour=10
[ "\$1" = 1 ] || hour=16
exec "$bin/yugao" -c "$work/office/yugao.json" \
    --now 2025-12-28T\$hour:00:00+08:00 -q publish --yes
END
/usr/bin/python3 "$root/tests/e2e/pollers.py" "$public" "sh $work/change" \
    "$url" "$nginx_url" >"$work/pollers.tap" 2>"$work/pollers.err"
status=$?
relay "$work/pollers.tap"
is "the day came to its end" "$status" 0
[ "$status" = 0 ] || sed 's/^/# /' "$work/pollers.err" | tail -n 20

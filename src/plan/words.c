#include "words.h"

#include <string.h>

#include <yugao/buf.h>

/* Pairs: what people write, and the one form that is looked for. */
static const char *const same[][2] = {
	{ "週", "周" },
	{ "時", "时" },
	{ "點", "点" },
	{ "號", "号" },
	{ "個", "个" },
	{ "後", "后" },
	{ "與", "与" },
	{ "報", "报" },
	{ "內", "内" },
	{ "開", "开" },
	{ "發", "发" },
	{ "佈", "布" },
	{ "題", "题" },
	{ "標", "标" },
	{ "頻", "频" },
	{ "順", "顺" },
	{ "備", "备" },
	{ "註", "注" },
	{ "審", "审" },
	{ "變", "变" },
	{ "準", "准" },
	{ "單", "单" },
	{ "處", "处" },
	{ "責", "责" },
	{ "聯", "联" },
	{ "繫", "系" },
	{ "電", "电" },
	{ "話", "话" },
	{ "調", "调" },
	{ "製", "制" },
	{ "類", "类" },
	{ "計", "计" },
	{ "劃", "划" },
	{ "間", "间" },
	{ "網", "网" },
	{ "編", "编" },
	{ "規", "规" },
	{ "則", "则" },
	{ "門", "门" },
	{ "級", "级" },
	{ "稱", "称" },
	{ "項", "项" },
	{ "數", "数" },
	{ "據", "据" },
	{ "統", "统" },
	{ "禮", "礼" },
	{ "暫", "暂" },
	{ "預", "预" },
	{ "遲", "迟" },
	{ "於", "于" },
	{ "狀", "状" },
	{ "態", "态" },
	{ "渠", "渠" },
	{ "號", "号" },
	{ "貳", "二" },
	{ "–", "-" },
	{ "—", "-" },
	{ "－", "-" },
	{ "～", "-" },
	{ "〜", "-" },
	{ "~", "-" },
	{ "至", "-" },
	{ "到", "-" },
	{ "，", "," },
	{ "。", ";" },
	{ "；", ";" },
	{ "：", ":" },
	{ "（", "(" },
	{ "）", ")" },
	{ "【", "(" },
	{ "】", ")" },
	{ "「", "\"" },
	{ "」", "\"" },
	{ "“", "\"" },
	{ "”", "\"" },
	{ "‘", "'" },
	{ "’", "'" },
	{ "\xC2\xA0", " " },
	{ "　", " " },
};

/* One character in the form that is looked for. */
static void
fold_one(struct buf *buf, const char *s, size_t len)
{
	uint32_t c = utf8_decode(s, len);
	size_t i;

	if (c >= 0xFF01 && c <= 0xFF5E)
		c -= 0xFEE0;
	if (c < 0x80) {
		buf_putc(buf, c == '\n' || c == '\r' ? ';'
			      : c == '\t'            ? ' '
			      : c == '~'             ? '-'
			      : c >= 'A' && c <= 'Z' ? (char)(c + 32)
						     : (char)c);
		return;
	}
	for (i = 0; i < COUNT(same); i++) {
		if (strlen(same[i][0]) == len &&
		    memcmp(same[i][0], s, len) == 0) {
			buf_puts(buf, same[i][1]);
			return;
		}
	}
	buf_add(buf, s, len);
}

const char *
fold(struct arena *arena, const char *text)
{
	size_t len = strlen(text), i, n;
	struct buf buf;
	char *out;

	buf_init(&buf, arena);
	for (i = 0; i < len; i += n) {
		n = utf8_length(text + i, len - i);
		n = n == 0 ? 1 : n;
		fold_one(&buf, text + i, n);
	}
	/* A space stays only where it parts two Latin words. */
	out = buf.data;
	for (i = n = 0; i < buf.len; i++) {
		char next;

		if (out[i] != ' ') {
			out[n++] = out[i];
			continue;
		}
		next = out[i + strspn(out + i, " ")];
		if (n > 0 && out[n - 1] > ' ' && next > ' ')
			out[n++] = ' ';
	}
	out[n] = '\0';
	return out;
}

bool
take_word(const char **s, const char *word)
{
	size_t len = strlen(word);

	if (strncmp(*s, word, len) != 0)
		return false;
	*s += len;
	return true;
}

bool
take_any(const char **s, const char *const *words, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (take_word(s, words[i]))
			return true;
	return false;
}

void
take_spaces(const char **s)
{
	*s += strspn(*s, " ");
}

static bool
take_chinese_digit(const char **s, int *n)
{
	static const char *const digits[] = { "〇", "一", "二", "三", "四",
		"五", "六", "七", "八", "九", "零", "两" };
	static const int values[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 2 };
	size_t i;

	for (i = 0; i < COUNT(digits); i++) {
		if (take_word(s, digits[i])) {
			*n = values[i];
			return true;
		}
	}
	return false;
}

/* 十 十二 二十 二十三 廿 廿三 卅一 三 */
static bool
take_chinese_number(const char **s, int *n)
{
	int tens = 0, ones = 0;
	bool any = false;

	if (take_word(s, "廿")) {
		tens = 2;
		any = true;
	} else if (take_word(s, "卅")) {
		tens = 3;
		any = true;
	} else {
		any = take_chinese_digit(s, &ones);
		if (take_word(s, "十")) {
			tens = any ? ones : 1;
			ones = 0;
			any = true;
		}
	}
	if (tens > 0)
		take_chinese_digit(s, &ones);
	*n = tens * 10 + ones;
	return any;
}

bool
take_number(const char **s, int *n)
{
	size_t digits = strspn(*s, "0123456789"), i;

	if (digits == 0)
		return take_chinese_number(s, n);
	if (digits > 8)
		return false;
	*n = 0;
	for (i = 0; i < digits; i++)
		*n = *n * 10 + ((*s)[i] - '0');
	*s += digits;
	return true;
}

bool
take_named_weekday(const char **s, enum weekday *weekday)
{
	static const char *const names[] = { "sunday", "monday", "tuesday",
		"wednesday", "thursday", "friday", "saturday" };
	static const char *const prefixes[] = { "星期", "礼拜", "周" };
	static const char *const days[] = { "日", "一", "二", "三", "四", "五",
		"六", "天" };
	const char *at = *s;
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		if (strncmp(at, names[i], 3) != 0)
			continue;
		if (!take_word(&at, names[i]) &&
		    !(take_word(&at, "thurs") || take_word(&at, "tues")))
			at += 3;
		*weekday = (enum weekday)i;
		*s = at + (*at == '.');
		return true;
	}
	if (!take_any(&at, prefixes, COUNT(prefixes)))
		return false;
	for (i = 0; i < COUNT(days); i++) {
		if (take_word(&at, days[i])) {
			*weekday = (enum weekday)(i % 7);
			*s = at;
			return true;
		}
	}
	return false;
}

bool
take_weekday(const char **s, enum weekday *weekday)
{
	static const char *const days[] = { "日", "一", "二", "三", "四", "五",
		"六", "天" };
	size_t i;

	if (take_named_weekday(s, weekday))
		return true;
	for (i = 0; i < COUNT(days); i++) {
		if (take_word(s, days[i])) {
			*weekday = (enum weekday)(i % 7);
			return true;
		}
	}
	return false;
}

bool
take_month_name(const char **s, int *month)
{
	static const char *const names[] = { "january", "february", "march",
		"april", "may", "june", "july", "august", "september",
		"october", "november", "december" };
	size_t i;

	for (i = 0; i < COUNT(names); i++) {
		if (strncmp(*s, names[i], 3) != 0)
			continue;
		if (!take_word(s, names[i]) && !take_word(s, "sept"))
			*s += 3;
		*s += **s == '.';
		*month = (int)i + 1;
		return true;
	}
	return false;
}

/* The half of the day that stands before or behind: 12 for the second. */
static bool
take_half(const char **s, int *add)
{
	static const char *const first[] = { "上午", "早上", "凌晨", "am",
		"a.m." };
	static const char *const second[] = { "下午", "晚上", "晚", "傍晚",
		"pm", "p.m." };

	if (take_any(s, first, COUNT(first)))
		*add = 0;
	else if (take_any(s, second, COUNT(second)))
		*add = 12;
	else
		return false;
	return true;
}

bool
take_time(const char **s, int *minute)
{
	static const char *const hours[] = { "点钟", "点", "时" };
	const char *at = *s;
	int hour, minutes = 0, seconds = 0, add = -1;

	take_half(&at, &add);
	take_spaces(&at);
	if (!take_number(&at, &hour))
		return false;
	if (take_word(&at, ":")) {
		if (strspn(at, "0123456789") != 2 ||
		    !take_number(&at, &minutes))
			return false;
		if (take_word(&at, ":") && !take_number(&at, &seconds))
			return false;
	} else if (take_any(&at, hours, COUNT(hours))) {
		if (take_word(&at, "半"))
			minutes = 30;
		else if (take_number(&at, &minutes))
			take_word(&at, "分");
		take_word(&at, "整");
	} else if (add == -1) {
		return false;
	}
	take_spaces(&at);
	if (add == -1)
		take_half(&at, &add);
	if (add == 12 && hour < 12)
		hour += 12;
	if (hour > 23 || minutes > 59 || seconds != 0)
		return false;
	*minute = hour * 60 + minutes;
	*s = at;
	return true;
}

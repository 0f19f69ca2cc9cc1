/* The words of a sheet's columns, and what a plan calls them. */
#include <string.h>

#include "words.h"

const struct meaning frequency_meanings[] = {
	{ "月度", "monthly" },
	{ "季度", "quarterly" },
	{ "半年度", "half-yearly" },
	{ "年度", "annual" },
	{ "旬度", "ten-day" },
	{ "周度", "weekly" },
	{ "不定期", "irregular" },
	{ "月", "monthly" },
	{ "月报", "monthly" },
	{ "每月", "monthly" },
	{ "季", "quarterly" },
	{ "季报", "quarterly" },
	{ "每季", "quarterly" },
	{ "每季度", "quarterly" },
	{ "半年", "half-yearly" },
	{ "半年报", "half-yearly" },
	{ "年", "annual" },
	{ "年报", "annual" },
	{ "每年", "annual" },
	{ "旬", "ten-day" },
	{ "旬报", "ten-day" },
	{ "每旬", "ten-day" },
	{ "周", "weekly" },
	{ "周报", "weekly" },
	{ "每周", "weekly" },
	{ "一次性", "irregular" },
	{ "临时", "irregular" },
	{ "monthly", "monthly" },
	{ "quarterly", "quarterly" },
	{ "half-yearly", "half-yearly" },
	{ "annual", "annual" },
	{ "yearly", "annual" },
	{ "ten-day", "ten-day" },
	{ "weekly", "weekly" },
	{ "irregular", "irregular" },
};
const size_t n_frequency_meanings = COUNT(frequency_meanings);

const struct meaning roll_meanings[] = {
	{ "不顺延", "none" },
	{ "顺延", "following" },
	{ "顺延不跨月", "modified-following" },
	{ "提前", "preceding" },
	{ "提前不跨月", "modified-preceding" },
	{ "就近", "nearest" },
	{ "避开放假", "following-notice" },
	{ "无", "none" },
	{ "否", "none" },
	{ "是", "following" },
	{ "后延", "following" },
	{ "向后顺延", "following" },
	{ "顺延-下一工作日", "following" },
	{ "none", "none" },
	{ "following", "following" },
	{ "modified-following", "modified-following" },
	{ "preceding", "preceding" },
	{ "modified-preceding", "modified-preceding" },
	{ "nearest", "nearest" },
	{ "following-notice", "following-notice" },
};
const size_t n_roll_meanings = COUNT(roll_meanings);

const struct meaning class_meanings[] = {
	{ "公开", "public" },
	{ "内部", "internal" },
	{ "秘密", "secret" },
	{ "机密", "secret" },
	{ "绝密", "secret" },
	{ "主动公开", "public" },
	{ "不公开", "internal" },
	{ "public", "public" },
	{ "internal", "internal" },
	{ "secret", "secret" },
};
const size_t n_class_meanings = COUNT(class_meanings);

const struct meaning status_meanings[] = {
	{ "确定", "confirmed" },
	{ "暂定", "tentative" },
	{ "已确定", "confirmed" },
	{ "初步", "tentative" },
	{ "待定", "tentative" },
	{ "confirmed", "confirmed" },
	{ "tentative", "tentative" },
};
const size_t n_status_meanings = COUNT(status_meanings);

const struct meaning role_meanings[] = {
	{ "统计负责人", "stat_head" },
	{ "分管负责人", "responsible_leader" },
	{ "统计机构负责人", "stat_head" },
	{ "部门负责人", "responsible_leader" },
	{ "单位负责人", "responsible_leader" },
	{ "分管领导", "responsible_leader" },
	{ "主要负责人", "responsible_leader" },
	{ "stat_head", "stat_head" },
	{ "responsible_leader", "responsible_leader" },
};
const size_t n_role_meanings = COUNT(role_meanings);

const char *
meaning_of(const char *text, const struct meaning *meanings, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(text, meanings[i].word) == 0)
			return meanings[i].value;
	return NULL;
}

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

/* Looked for inside of what stands in a cell, in this order. */
const struct meaning role_meanings[] = {
	{ "统计负责人", "stat_head" },
	{ "分管负责人", "responsible_leader" },
	{ "审查人", "reviewer" },
	{ "经办人", "preparer" },
	{ "新闻发言人", "spokesperson" },
	{ "统计机构负责人", "stat_head" },
	{ "部门负责人", "responsible_leader" },
	{ "单位负责人", "responsible_leader" },
	{ "分管领导", "responsible_leader" },
	{ "主要负责人", "responsible_leader" },
	{ "审核人", "reviewer" },
	{ "审查员", "reviewer" },
	{ "编制人", "preparer" },
	{ "填报人", "preparer" },
	{ "发言人", "spokesperson" },
	{ "stat_head", "stat_head" },
	{ "responsible_leader", "responsible_leader" },
	{ "reviewer", "reviewer" },
	{ "preparer", "preparer" },
	{ "spokesperson", "spokesperson" },
};
const size_t n_role_meanings = COUNT(role_meanings);

const struct meaning decision_meanings[] = {
	{ "改期", "move" },
	{ "延期", "postpone" },
	{ "取消", "cancel" },
	{ "恢复", "reinstate" },
	{ "确认", "confirm" },
	{ "不予公开", "withhold" },
	{ "更正", "reissue" },
	{ "签发", "sign" },
	{ "审查", "review" },
	{ "会商", "consult" },
	{ "已发布", "released" },
	{ "抄送", "copy" },
	{ "签收", "acknowledge" },
	{ "提前", "move" },
	{ "调整日期", "move" },
	{ "暂缓", "postpone" },
	{ "取消发布", "cancel" },
	{ "恢复发布", "reinstate" },
	{ "重新公布", "reissue" },
	{ "签字", "sign" },
	{ "move", "move" },
	{ "postpone", "postpone" },
	{ "cancel", "cancel" },
	{ "reinstate", "reinstate" },
	{ "confirm", "confirm" },
	{ "withhold", "withhold" },
	{ "reissue", "reissue" },
	{ "sign", "sign" },
	{ "review", "review" },
	{ "consult", "consult" },
	{ "released", "released" },
	{ "copy", "copy" },
	{ "acknowledge", "acknowledge" },
};
const size_t n_decision_meanings = COUNT(decision_meanings);

const struct meaning code_meanings[] = {
	{ "节假日调整", "holiday_change" },
	{ "源数据延迟", "source_data_late" },
	{ "质量核查", "quality_check" },
	{ "系统故障", "system_failure" },
	{ "不可抗力", "force_majeure" },
	{ "方法变动", "method_change" },
	{ "上级要求", "policy_order" },
	{ "其他", "other" },
	{ "数据核查", "quality_check" },
	{ "制度方法变动", "method_change" },
	{ "其它", "other" },
	{ "holiday_change", "holiday_change" },
	{ "source_data_late", "source_data_late" },
	{ "quality_check", "quality_check" },
	{ "system_failure", "system_failure" },
	{ "force_majeure", "force_majeure" },
	{ "method_change", "method_change" },
	{ "policy_order", "policy_order" },
	{ "other", "other" },
};
const size_t n_code_meanings = COUNT(code_meanings);

const struct meaning ground_meanings[] = {
	{ "条例第十四条", "XXGK-14" },
	{ "条例第十五条", "XXGK-15" },
	{ "条例第十六条", "XXGK-16" },
	{ "制度规定内部", "scheme_internal" },
	{ "制度规定保密", "scheme_secret" },
	{ "条例第14条", "XXGK-14" },
	{ "条例第15条", "XXGK-15" },
	{ "条例第16条", "XXGK-16" },
	{ "xxgk-14", "XXGK-14" },
	{ "xxgk-15", "XXGK-15" },
	{ "xxgk-16", "XXGK-16" },
	{ "scheme_internal", "scheme_internal" },
	{ "scheme_secret", "scheme_secret" },
};
const size_t n_ground_meanings = COUNT(ground_meanings);

const struct meaning result_meanings[] = {
	{ "通过", "pass" },
	{ "不通过", "fail" },
	{ "未通过", "fail" },
	{ "pass", "pass" },
	{ "fail", "fail" },
};
const size_t n_result_meanings = COUNT(result_meanings);

const struct meaning matter_meanings[] = {
	{ "内容重复", "overlap" },
	{ "联合发布", "joint" },
	{ "普查", "census" },
	{ "重复", "overlap" },
	{ "overlap", "overlap" },
	{ "joint", "joint" },
	{ "census", "census" },
};
const size_t n_matter_meanings = COUNT(matter_meanings);

const struct meaning yes_meanings[] = {
	{ "是", "yes" },
	{ "否", "no" },
	{ "yes", "yes" },
	{ "no", "no" },
};
const size_t n_yes_meanings = COUNT(yes_meanings);

const char *
meaning_of(const char *text, const struct meaning *meanings, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (strcmp(text, meanings[i].word) == 0)
			return meanings[i].value;
	return NULL;
}

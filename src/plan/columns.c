/* The columns of a sheet and what they are called. */
#include <string.h>

#include "table.h"
#include "words.h"

const struct column_name column_names[COLUMNS] = {
	[COLUMN_NO] = { "序号", "no", { "no.", "项次", "#" }, true,
	    "table.column_no" },
	[COLUMN_DEPARTMENT] = { "部门", "department", { "部门编号", "单位" },
	    false, "table.column_department" },
	[COLUMN_YEAR] = { "年份", "year", { "计划年份" }, false,
	    "table.column_year" },
	[COLUMN_ID] = { "编号", "id", { "标识", "系列编号" }, true,
	    "table.column_id" },
	[COLUMN_TITLE] = { "内容", "title",
	    { "发布内容", "数据内容", "数据名称", "名称", "项目", "content",
		"contents", "item" },
	    true, "table.column_title" },
	[COLUMN_TITLE_EN] = { "英文名称", "title (en)",
	    { "英文", "英文内容", "title_en" }, false,
	    "table.column_title_en" },
	[COLUMN_TOPICS] = { "主题", "topics", { "topic", "主题分类" }, false,
	    "table.column_topics" },
	[COLUMN_INDICATORS] = { "指标", "indicators",
	    { "主要指标", "指标名称", "indicator" }, false,
	    "table.column_indicators" },
	[COLUMN_PERIOD] = { "报告期", "period",
	    { "数据所属期", "所属期", "统计期", "reference period" }, true,
	    "table.column_period" },
	[COLUMN_FREQUENCY] = { "频率", "frequency", { "频度", "周期" }, true,
	    "table.column_frequency" },
	[COLUMN_DATE] = { "发布日期", "date",
	    { "日期", "公布日期", "发布日期和时间", "发布日期及时间",
		"release date" },
	    true, "table.column_date" },
	[COLUMN_TIME] = { "发布时间", "time",
	    { "时间", "发布时刻", "release time" }, true, "table.column_time" },
	[COLUMN_RULE] = { "规则", "rule", { "发布规则", "日期规则", "timing" },
	    false, "table.column_rule" },
	[COLUMN_ROLL] = { "顺延", "roll", { "遇假日", "节假日" }, false,
	    "table.column_roll" },
	[COLUMN_STATUS] = { "状态", "status", { NULL }, false,
	    "table.column_status" },
	[COLUMN_CHANNELS] = { "渠道", "channels",
	    { "发布渠道", "发布方式", "channel" }, false,
	    "table.column_channels" },
	[COLUMN_URL] = { "网址", "url", { "链接", "发布网址" }, false,
	    "table.column_url" },
	[COLUMN_CONTACT] = { "责任处室", "contact",
	    { "责任单位", "处室", "负责处室", "contact unit", "unit" }, false,
	    "table.column_contact" },
	[COLUMN_PHONE] = { "联系电话", "phone", { "电话" }, false,
	    "table.column_phone" },
	[COLUMN_SCHEME] = { "调查制度", "scheme",
	    { "统计调查制度", "制度名称", "调查项目" }, false,
	    "table.column_scheme" },
	[COLUMN_APPROVAL_NO] = { "文号", "approval_no",
	    { "批准文号", "制度文号", "approval no" }, false,
	    "table.column_approval_no" },
	[COLUMN_VALID_UNTIL] = { "有效期", "valid_until",
	    { "有效期至", "valid until" }, false, "table.column_valid_until" },
	[COLUMN_FORM_NO] = { "表号", "form_no", { "调查表号", "form no" },
	    false, "table.column_form_no" },
	[COLUMN_MAKER] = { "制定机关", "maker", { "制表机关" }, false,
	    "table.column_maker" },
	[COLUMN_PUBLICATION] = { "制度公布规定", "publication", { "公布规定" },
	    false, "table.column_publication" },
	[COLUMN_OVERLAP] = { "重复交叉", "overlap",
	    { "与统计机构数据重复交叉" }, false, "table.column_overlap" },
	[COLUMN_CENSUS] = { "普查公报", "census", { "普查" }, false,
	    "table.column_census" },
	[COLUMN_SAMPLED] = { "抽样调查", "sampled", { "抽样" }, false,
	    "table.column_sampled" },
	[COLUMN_DISCLOSURE_CONTROL] = { "披露控制", "disclosure_control",
	    { "disclosure control" }, false,
	    "table.column_disclosure_control" },
	[COLUMN_DATA_STATUS] = { "数据状态", "data_status",
	    { "数据性质", "data status" }, false, "table.column_data_status" },
	[COLUMN_CLASS] = { "密级", "class", { "公开属性", "secrecy" }, true,
	    "table.column_class" },
	[COLUMN_REVIEW] = { "保密审查", "review", { "保密审查意见" }, false,
	    "table.column_review" },
	[COLUMN_REASON] = { "变更原因", "reason", { "调整原因", "变更说明" },
	    false, "table.column_reason" },
	[COLUMN_APPROVER] = { "批准人", "approver",
	    { "审批人", "approver role" }, false, "table.column_approver" },
	[COLUMN_APPROVED_ON] = { "批准日期", "approved_on",
	    { "批准时间", "审批日期", "approved on" }, false,
	    "table.column_approved_on" },
	[COLUMN_DOCUMENT] = { "变更文号", "document",
	    { "调整文号", "变更批准文号", "决定文号" }, false,
	    "table.column_document" },
	[COLUMN_DECISION] = { "决定", "decision",
	    { "决定事项", "变更类型", "act" }, false, "table.column_decision" },
	[COLUMN_NEW_DATE] = { "新日期", "new_date",
	    { "新发布日期", "调整后日期", "改期至", "new date" }, false,
	    "table.column_new_date" },
	[COLUMN_OVERRIDE] = { "坚持改期", "override", { NULL }, false,
	    "table.column_override" },
	[COLUMN_DUE] = { "新日期公布期限", "due", { "新日期期限" }, false,
	    "table.column_due" },
	[COLUMN_REASON_CODE] = { "原因代码", "reason_code",
	    { "原因类别", "reason code" }, false, "table.column_reason_code" },
	[COLUMN_ROLE] = { "角色", "role", { "批准人角色", "决定人角色" }, false,
	    "table.column_role" },
	[COLUMN_GROUND] = { "不予公开依据", "ground", { "不公开依据" }, false,
	    "table.column_ground" },
	[COLUMN_REVIEW_DUE] = { "复查期限", "review_due", { "复审期限" }, false,
	    "table.column_review_due" },
	[COLUMN_REVIEW_RESULT] = { "审查结果", "review_result", { "审查结论" },
	    false, "table.column_review_result" },
	[COLUMN_REVIEWER] = { "审查人", "reviewer", { "审核人" }, false,
	    "table.column_reviewer" },
	[COLUMN_REVIEWED_ON] = { "审查时间", "reviewed_on", { "审查日期" },
	    false, "table.column_reviewed_on" },
	[COLUMN_REVIEW_DIGEST] = { "审查摘要", "review_digest", { NULL }, false,
	    "table.column_review_digest" },
	[COLUMN_REVIEW_DOCUMENT] = { "审查文号", "review_document", { NULL },
	    false, "table.column_review_document" },
	[COLUMN_CONSULT_WITH] = { "会商对象", "consult_with",
	    { "会商单位", "会商部门" }, false, "table.column_consult_with" },
	[COLUMN_CONSULT_MATTER] = { "会商事项", "consult_matter", { "事项" },
	    false, "table.column_consult_matter" },
	[COLUMN_CONSULTED_ON] = { "会商时间", "consulted_on", { "会商日期" },
	    false, "table.column_consulted_on" },
	[COLUMN_CONSULT_DOCUMENT] = { "会商文号", "consult_document", { NULL },
	    false, "table.column_consult_document" },
	[COLUMN_RELEASED] = { "实际发布时间", "released", { "实际发布日期" },
	    false, "table.column_released" },
	[COLUMN_RESULT_URL] = { "结果网址", "result_url", { "结果链接" }, false,
	    "table.column_result_url" },
	[COLUMN_COPIED] = { "抄送时间", "copied", { "抄送日期" }, false,
	    "table.column_copied" },
	[COLUMN_COPY_DOCUMENT] = { "抄送文号", "copy_document", { NULL }, false,
	    "table.column_copy_document" },
	[COLUMN_COPY_DIGEST] = { "抄送摘要", "copy_digest", { NULL }, false,
	    "table.column_copy_digest" },
	[COLUMN_ACKNOWLEDGED] = { "签收时间", "acknowledged",
	    { "签收日期", "回执时间" }, false, "table.column_acknowledged" },
	[COLUMN_NOTE] = { "备注", "note", { "说明", "notes", "remarks" }, false,
	    "table.column_note" },
};

const char *
bare_name(struct arena *arena, const char *text, bool cut)
{
	char *name = arena_strdup(arena, fold(arena, text));
	char *bracket = strchr(name, '(');
	size_t i, n = 0;

	if (cut && bracket != NULL && bracket != name)
		*bracket = '\0';
	for (i = 0; name[i] != '\0'; i++)
		if (name[i] != '*' && name[i] != ';')
			name[n++] = name[i];
	while (n > 0 && name[n - 1] == ' ')
		n--;
	name[n] = '\0';
	return name;
}

static bool
is_called(const struct column_name *column, const char *name)
{
	size_t i;

	if (strcmp(name, column->zh) == 0 || strcmp(name, column->en) == 0)
		return true;
	for (i = 0; i < COUNT(column->also) && column->also[i] != NULL; i++)
		if (strcmp(name, column->also[i]) == 0)
			return true;
	return false;
}

enum column
column_of(struct arena *arena, const char *text)
{
	int pass, i;

	for (pass = 0; pass < 2; pass++) {
		const char *name = bare_name(arena, text, pass == 1);

		for (i = 0; i < COLUMNS; i++)
			if (is_called(&column_names[i], name))
				return (enum column)i;
	}
	return COLUMNS;
}

const char *
nearest_column(struct arena *arena, const char *text)
{
	const char *names[2 * COLUMNS];
	size_t i;

	for (i = 0; i < COLUMNS; i++) {
		names[2 * i] = column_names[i].zh;
		names[2 * i + 1] = column_names[i].en;
	}
	return nearest_word(bare_name(arena, text, true), names, COUNT(names));
}

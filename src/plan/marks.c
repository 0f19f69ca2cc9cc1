/* What a row says of its series for the notice's rules. */
#include <string.h>

#include "table.h"
#include "words.h"

const struct meaning data_status_meanings[] = {
	{ "初步数", "preliminary" },
	{ "最终数", "final" },
	{ "初步", "preliminary" },
	{ "初步核算数", "preliminary" },
	{ "快报数", "preliminary" },
	{ "最终", "final" },
	{ "最终核实数", "final" },
	{ "preliminary", "preliminary" },
	{ "final", "final" },
};
const size_t n_data_status_meanings = COUNT(data_status_meanings);

const struct meaning publication_meanings[] = {
	{ "公开", "public" },
	{ "内部", "internal" },
	{ "涉密", "secret" },
	{ "未规定", "unspecified" },
	{ "公布", "public" },
	{ "内部使用", "internal" },
	{ "暂不公布", "internal" },
	{ "秘密", "secret" },
	{ "public", "public" },
	{ "internal", "internal" },
	{ "secret", "secret" },
	{ "unspecified", "unspecified" },
};
const size_t n_publication_meanings = COUNT(publication_meanings);

static const struct {
	enum column column;
	const char *path;
	const struct meaning *meanings; /* NULL: the text itself */
	const size_t *n;
	bool declared; /* yes or no */
} marks[] = {
	{ COLUMN_FORM_NO, "scheme/form_no", NULL, NULL, false },
	{ COLUMN_MAKER, "scheme/maker", NULL, NULL, false },
	{ COLUMN_PUBLICATION, "scheme/publication", publication_meanings,
	    &n_publication_meanings, false },
	{ COLUMN_OVERLAP, "overlap", yes_meanings, &n_yes_meanings, true },
	{ COLUMN_CENSUS, "census", yes_meanings, &n_yes_meanings, true },
	{ COLUMN_SAMPLED, "sampled", yes_meanings, &n_yes_meanings, true },
	{ COLUMN_DISCLOSURE_CONTROL, "disclosure_control", yes_meanings,
	    &n_yes_meanings, true },
	{ COLUMN_DATA_STATUS, "data_status", data_status_meanings,
	    &n_data_status_meanings, false },
};

void
line_marks(struct line *line)
{
	size_t i;

	for (i = 0; i < COUNT(marks); i++) {
		struct entry_cell cell = line_cell(line, marks[i].column);
		const char *value = cell.text;

		if (value != NULL && marks[i].meanings != NULL)
			value = line_word(
			    line, &cell, marks[i].meanings, *marks[i].n);
		if (value != NULL)
			line_put(line, marks[i].path,
			    marks[i].declared
				? json_boolean(strcmp(value, "yes") == 0)
				: json_string(value),
			    cell.at);
	}
}

bool
line_forbids(const struct line *line)
{
	struct entry_cell cell = line_cell(line, COLUMN_PUBLICATION);
	const char *value;

	if (cell.text == NULL)
		return false;
	value = meaning_of(fold(line->table->all->arena, cell.text),
	    publication_meanings, n_publication_meanings);
	return value == NULL || (strcmp(value, "public") != 0 &&
				    strcmp(value, "unspecified") != 0);
}

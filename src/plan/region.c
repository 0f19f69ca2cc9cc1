/* Region codes of GB/T 2260: two digits each of province, city and county. */
#include <string.h>

#include "office.h"
#include "read.h"

#define NATIONAL "100000"

/* Six digits; the first two are a province's. */
static bool
is_code(const char *code)
{
	static const char *const seconds[] = { "", "12345", "123", "1234567",
		"123456", "01234", "12345", "1", "12", "" };

	if (strlen(code) != 6 || strspn(code, "0123456789") != 6)
		return false;
	return strcmp(code, NATIONAL) == 0 ||
	       strchr(seconds[code[0] - '0'], code[1]) != NULL;
}

/* Beijing, Tianjin, Shanghai and Chongqing have no cities below them. */
static bool
is_municipality(const char *code)
{
	static const char *const codes[] = { "11", "12", "31", "50" };
	size_t i;

	for (i = 0; i < COUNT(codes); i++)
		if (strncmp(code, codes[i], 2) == 0)
			return true;
	return false;
}

/* No county stands without a city; a municipality has but two headings. */
static bool
is_possible(const char *code, bool city, bool county)
{
	if (is_municipality(code) && city)
		return code[2] == '0' && (code[3] == '1' || code[3] == '2');
	return city || !county;
}

static bool
has_level(const char *code, bool county, const char *level)
{
	if (strcmp(level, "national") == 0 || strcmp(code, NATIONAL) == 0)
		return strcmp(level, "national") == 0 &&
		       strcmp(code, NATIONAL) == 0;
	return county == (strcmp(level, "county") == 0);
}

void
check_region(const struct node *node, const char *code, const char *level)
{
	bool city, county;

	if (!is_code(code)) {
		COMPLAIN(node, "plan.bad_region", code);
		return;
	}
	city = strncmp(code + 2, "00", 2) != 0;
	county = strcmp(code + 4, "00") != 0;
	if (!is_possible(code, city, county))
		COMPLAIN(node, "plan.bad_region", code);
	else if (is_municipality(code) && city && !county)
		COMPLAIN(node, "plan.region_heading", code);
	else if (level != NULL && !has_level(code, county, level))
		COMPLAIN(node, "plan.region_level", code, level);
}

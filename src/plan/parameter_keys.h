/*
 * The parameters that a policy file may and must give.
 */
#ifndef PLAN_PARAMETER_KEYS_H
#define PLAN_PARAMETER_KEYS_H

#include <stddef.h>

enum parameter_kind {
	KIND_BOOL,
	KIND_NUMBER,
	KIND_WORD,
	KIND_SET,
	KIND_MAP,
	KIND_MONTH_DAY, /* "12-31" */
	KIND_TIME       /* "09:30" */
};

struct parameter_key {
	const char *key;
	enum parameter_kind kind;
	const char *unit;
	/* The words that it may be, or what it must be; else NULL.  A set is
	 * its words with '|' between, a map its "name=value". */
	const char *choices, *fixed;
	/* The loosest that it may be: a number's upper bound, a set's words;
	 * neither may be none. */
	const char *loosest;
	/* Of what may not be loosened: the least consequence. */
	const char *on_fail;
};

extern const struct parameter_key parameter_keys[]; /* sorted by key */
extern const size_t parameter_keys_n;

#endif

/*
 * The survey scheme (统计调查制度) behind a series: what it is, until when it
 * holds, and what it says about publishing (E1 to E8, G9).
 */
#ifndef YUGAO_SCHEME_H
#define YUGAO_SCHEME_H

#include <stdbool.h>
#include <stddef.h>

#include <yugao/day.h>
#include <yugao/message.h>

/* Sharing with other bodies (SSTL-31); any member may be NULL. */
struct sharing {
	const char *content, *mode, *time_limit, *channel, *responsibility;
};

/* The survey scheme (统计调查制度) behind a series; any member may be NULL. */
struct scheme {
	struct text name;
	const char *form_no, *maker, *approval_no, *valid_from, *valid_until;
	const char *publication; /* public, internal, secret, unspecified */
	const char *url;
	bool national;             /* of a national survey: E5 */
	const char *authorisation; /* to publish what others made: E5 */
	struct day renewal_since;  /* asked for, if has_renewal: E2 */
	bool has_renewal;
	const char *const *frequencies; /* that it allows; empty: any: E4 */
	size_t n_frequencies;
	const char *const *channels; /* that it allows; empty: any: E4 */
	size_t n_channels;
	/* E7: no later than this day of the n-th month after the period (one
	 * that the month lacks is its last day); or "as each channel announces"
	 * (deadline_by_notice). */
	int deadline_months, deadline_day; /* day 0: it states none */
	bool deadline_by_notice;
	/* G2: data go to the statistics institution by this day of the n-th
	 * month after the period; day 0: it states none. */
	int report_months, report_day;
	struct sharing sharing;
};

#endif

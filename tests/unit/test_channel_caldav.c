/*
 * What the channel caldav asks and how it ends, whatever a server answers;
 * the answers are those of Radicale 3.1.8 and Xandikos 0.2.8 and worse.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/channel.h>
#include <yugao/error.h>

#include "../../src/channel/caldav.h"
#include "../../src/channel/event.h"
#include "../../src/channel/multistatus.h"

#define STEP caldav_step
#include "channel_story.h"

#define UID "a.b.2026@d"
#define PATH "2026/a.b.2026@d.ics"
#define OURS "2026/a.b.2026%40d.ics"
#define HEAD "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
#define FOOT "END:VEVENT\r\nEND:VCALENDAR\r\n"
#define REST "DTSTART:20260110T013000Z\r\nSTATUS:CONFIRMED\r\n"
/* Ours, as Radicale gives it back, and as others have changed it. */
#define EVENT                                                                 \
	HEAD "UID:" UID "\r\nSEQUENCE:3\r\nDTSTAMP:20260101T000000Z\r\n" REST \
	     "SUMMARY:一\\, 二\r\n" FOOT
#define SHUFFLED                                                   \
	"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\n"   \
	"SUMMARY:一\n \\, 二\nUID:" UID "\nSEQUENCE:3\nX-A:1\n"    \
	"STATUS:CONFIRMED\nDTSTART:20260110T013000Z\nEND:VEVENT\n" \
	"END:VCALENDAR\n"
#define EDITED HEAD "UID:" UID "\r\nSEQUENCE:3\r\n" REST "SUMMARY:改\r\n" FOOT
#define OLDER HEAD "UID:" UID "\r\nSEQUENCE:2\r\n" REST FOOT
#define NEWER HEAD "UID:" UID "\r\nSEQUENCE:4\r\n" REST FOOT
#define ENDLESS HEAD "UID:" UID "\r\nSEQUENCE:99999999999999\r\n" REST FOOT
#define FOREIGN HEAD "UID:theirs\r\nSEQUENCE:0\r\n" REST FOOT
#define DAV_ERROR(name)                               \
	"<?xml version='1.0'?><error xmlns=\"DAV:\" " \
	"xmlns:C=\"urn:ietf:params:xml:ns:caldav\"><" name "/></error>"
#define INNER(status, name)                                              \
	"<a:multistatus xmlns:a=\"DAV:\" "                               \
	"xmlns:c=\"urn:ietf:params:xml:ns:caldav\"><a:response><a:href>" \
	"http%3A//h/</a:href><a:status>HTTP/1.1 " status                 \
	" X</a:status><a:error><" name "/></a:error></a:response>"       \
	"</a:multistatus>"
#define FOUND(hrefs) "<multistatus xmlns=\"DAV:\">" hrefs "</multistatus>"
#define RESPONSE(href)                                             \
	"<response><href>" href "</href><propstat><prop><getetag>" \
	"\"e\"</getetag></prop><status>HTTP/1.1 200 OK</status>"   \
	"</propstat></response>"
#define CONFLICT DAV_ERROR("C:no-uid-conflict")

static struct delivery
new_delivery(struct world *world)
{
	world->body = EVENT;
	world->portal.kind = "caldav";
	world->portal.url = "https://portal.example/dav/";
	return (struct delivery){ .portal = &world->portal,
		.path = PATH,
		.body = EVENT,
		.digest = digest_of(EVENT, strlen(EVENT)),
		.size = (int64_t)strlen(EVENT),
		.content_type = "text/calendar; charset=utf-8",
		.calendar = "统计 <2026> & 更多" };
}

#define PUT_NEW "PUT " OURS " If-None-Match *"
#define PUT_E "PUT " OURS " If-Match \"e\""
#define GET "GET " OURS
#define MAKE "MKCALENDAR 2026/"
#define FIND "REPORT 2026/"

static void
an_event_is_put_on_the_condition_of_what_we_know(void **state)
{
	static const struct story stories[] = {
		{ .name = "new",
		    .v = { { PUT_NEW, 201, "\"1\"" } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"1\"" },
		{ .name = "known",
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { PUT_E, 204, "\"2\"" } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"2\"" },
		{ .name = "without an ETag",
		    .v = { { PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "with a weak ETag",
		    .v = { { PUT_NEW, 201, "W/\"1\"" } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "known without an ETag, as it was",
		    .known = true,
		    .v = { { GET, 200, "\"e\"", SHUFFLED } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true,
		    .result_etag = "\"e\"" },
		{ .name = "known without an ETag, older",
		    .known = true,
		    .v = { { GET, 200, "\"e\"", OLDER },
			{ PUT_E, 201, "\"f\"" } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"f\"" },
		{ .name = "known without an ETag, and gone",
		    .known = true,
		    .v = { { GET, 404 }, { PUT_NEW, 201, "\"f\"" } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"f\"" },
	};

	TELL(*state, stories);
}

static void
a_412_is_settled_by_what_the_event_means(void **state)
{
	static const struct story stories[] = {
		{ .name = "it had arrived",
		    .v = { { PUT_NEW, 412 }, { GET, 200, "\"e\"", SHUFFLED } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true,
		    .result_etag = "\"e\"" },
		{ .name = "edited by somebody",
		    .known = true,
		    .etag = "\"x\"",
		    .v = { { "PUT " OURS " If-Match \"x\"", 412 },
			{ GET, 200, "\"e\"", EDITED },
			{ PUT_E, 204, "\"f\"" } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"f\"" },
		{ .name = "an older one of ours",
		    .v = { { PUT_NEW, 412 }, { GET, 200, "\"e\"", OLDER },
			{ PUT_E, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "deleted by somebody",
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { PUT_E, 412 }, { GET, 404 }, { PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "a higher SEQUENCE",
		    .v = { { PUT_NEW, 412 }, { GET, 200, "\"e\"", NEWER } },
		    .state = DELIVERY_REFUSED,
		    .problem = "newer" },
		{ .name = "a SEQUENCE beyond all numbers",
		    .v = { { PUT_NEW, 412 }, { GET, 200, "\"e\"", ENDLESS } },
		    .state = DELIVERY_REFUSED,
		    .problem = "newer" },
		{ .name = "somebody else's event",
		    .v = { { PUT_NEW, 412 }, { GET, 200, "\"e\"", FOREIGN } },
		    .state = DELIVERY_REFUSED,
		    .problem = "foreign" },
		{ .name = "a login page",
		    .v = { { PUT_NEW, 412 },
			{ GET, 200, "\"e\"", "<html>login</html>" } },
		    .state = DELIVERY_RETRY,
		    .problem = "no_event" },
		{ .name = "an answer that was cut off",
		    .v = { { PUT_NEW, 412 },
			{ GET, 200, "\"e\"", SHUFFLED, CARRIED_ANSWER, true } },
		    .state = DELIVERY_RETRY,
		    .problem = "no_event" },
		{ .name = "an answer that broke off",
		    .v = { { PUT_NEW, 412 },
			{ GET, 200, "\"e\"", SHUFFLED, CARRIED_RETRY } },
		    .state = DELIVERY_RETRY,
		    .problem = "reset" },
		{ .name = "a read that is redirected",
		    .v = { { PUT_NEW, 412 }, { GET, 302 } },
		    .state = DELIVERY_HELD,
		    .problem = "redirected" },
		{ .name = "a read that is forbidden",
		    .v = { { PUT_NEW, 412 }, { GET, 403 } },
		    .state = DELIVERY_HELD,
		    .problem = "forbidden" },
		{ .name = "again and again",
		    .v = { { PUT_NEW, 412 }, { GET, 200, "\"e\"", EDITED },
			{ PUT_E, 412 } },
		    .state = DELIVERY_RETRY,
		    .problem = "changed" },
		{ .name = "inside a 207",
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { PUT_E, 207, NULL, INNER("412", "a:x") },
			{ GET, 200, "\"e\"", SHUFFLED } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true,
		    .result_etag = "\"e\"" },
	};

	TELL(*state, stories);
}

static void
a_calendar_that_is_missing_is_made(void **state)
{
	static const struct story stories[] = {
		{ .name = "Radicale",
		    .v = { { PUT_NEW, 409, NULL, "Conflict in the request." },
			{ MAKE, 201 }, { PUT_NEW, 201, "\"1\"" } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"1\"" },
		{ .name = "Xandikos",
		    .v = { { PUT_NEW, 404 }, { MAKE, 201 },
			{ PUT_NEW, 201, "\"1\"" } },
		    .state = DELIVERY_ACCEPTED,
		    .result_etag = "\"1\"" },
		{ .name = "another was faster (Radicale)",
		    .v = { { PUT_NEW, 409 },
			{ MAKE, 409, NULL, DAV_ERROR("resource-must-be-null") },
			{ PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "another was faster (Xandikos)",
		    .v = { { PUT_NEW, 404 },
			{ MAKE, 207, NULL,
			    INNER("403", "a:resource-must-be-null") },
			{ PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "it exists (405)",
		    .v = { { PUT_NEW, 409 }, { MAKE, 405 }, { PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "it is said to exist, and does not",
		    .v = { { PUT_NEW, 409 }, { MAKE, 405 }, { PUT_NEW, 409 } },
		    .state = DELIVERY_REFUSED,
		    .problem = "no_calendar" },
		{ .name = "the calendar of an event that we knew is gone",
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { PUT_E, 409 }, { MAKE, 201 }, { PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "a property that it does not know",
		    .v = { { PUT_NEW, 404 }, { MAKE, 207, NULL, FOUND("") },
			{ MAKE, 201 }, { PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "a body that it does not read",
		    .v = { { PUT_NEW, 404 }, { MAKE, 415 }, { MAKE, 415 } },
		    .state = DELIVERY_REFUSED,
		    .problem = "media_type" },
		{ .name = "forbidden",
		    .v = { { PUT_NEW, 404 }, { MAKE, 403 } },
		    .state = DELIVERY_REFUSED,
		    .problem = "no_calendar" },
		{ .name = "no parent (Xandikos)",
		    .v = { { PUT_NEW, 404 }, { MAKE, 409 } },
		    .state = DELIVERY_REFUSED,
		    .problem = "no_calendar" },
		{ .name = "a password that has just changed",
		    .v = { { PUT_NEW, 404 }, { MAKE, 401 } },
		    .state = DELIVERY_HELD,
		    .problem = "unauthorized" },
		{ .name = "a server that breaks",
		    .v = { { PUT_NEW, 404 }, { MAKE, 500 } },
		    .state = DELIVERY_RETRY,
		    .problem = "server_error" },
		{ .name = "a connection that breaks",
		    .v = { { PUT_NEW, 404 },
			{ MAKE, 0, NULL, NULL, CARRIED_RETRY } },
		    .state = DELIVERY_RETRY,
		    .problem = "reset" },
	};

	TELL(*state, stories);
}

static void
our_uid_under_another_name_is_found_and_written(void **state)
{
#define OTHER "/dav/2026/other.ics"
	static const struct story stories[] = {
		{ .name = "Radicale",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL, FOUND(RESPONSE(OTHER)) },
			{ "GET 2026/other.ics", 200, "\"o\"", OLDER },
			{ "PUT 2026/other.ics If-Match \"o\"", 201, "\"p\"" } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "Xandikos",
		    .v = { { PUT_NEW, 207, NULL,
			       INNER("412", "c:no-uid-conflict") },
			{ FIND, 207, NULL, FOUND(RESPONSE(OTHER)) },
			{ "GET 2026/other.ics", 200, "\"o\"", SHUFFLED } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true },
		{ .name = "as RFC 4791 has it",
		    .v = { { PUT_NEW, 403, NULL, CONFLICT },
			{ FIND, 207, NULL,
			    FOUND(RESPONSE("https://portal.example" OTHER)) },
			{ "GET 2026/other.ics", 200, "\"o\"", NEWER } },
		    .state = DELIVERY_REFUSED,
		    .problem = "newer" },
		{ .name = "the first one only holds our UID in its own",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL,
			    FOUND(RESPONSE("/dav/2026/x%20y.ics")
				    RESPONSE(OTHER)) },
			{ "GET 2026/x%20y.ics", 200, "\"x\"", FOREIGN },
			{ "GET 2026/other.ics", 200, "\"o\"", EDITED },
			{ "PUT 2026/other.ics If-Match \"o\"", 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "it went while we looked",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL, FOUND(RESPONSE(OTHER)) },
			{ "GET 2026/other.ics", 404 }, { PUT_NEW, 201 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "it is another's whatever the server says",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL, FOUND(RESPONSE(OTHER)) },
			{ "GET 2026/other.ics", 200, "\"o\"", FOREIGN } },
		    .state = DELIVERY_REFUSED,
		    .problem = "foreign" },
		{ .name = "the server leads elsewhere",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL,
			    FOUND(RESPONSE("/dav/2025/other.ics")
				    RESPONSE("/dav/2026/../x.ics") RESPONSE(
					"/dav/2026/%2e%2e%2fx.ics")
					RESPONSE("/dav/2026/a%0d%0a.ics")
					    RESPONSE("/dav/2026/") RESPONSE(
						"file:///x") RESPONSE("")) } },
		    .state = DELIVERY_RETRY,
		    .problem = "uid_conflict" },
		{ .name = "it is in no calendar that we see",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL, FOUND("") } },
		    .state = DELIVERY_RETRY,
		    .problem = "uid_conflict" },
		{ .name = "it cannot be asked",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT }, { FIND, 405 } },
		    .state = DELIVERY_RETRY,
		    .problem = "uid_conflict" },
		{ .name = "the query fails",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT }, { FIND, 503 } },
		    .state = DELIVERY_RETRY,
		    .problem = "server_error" },
		{ .name = "the answer is no XML",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL, "<multistatus" } },
		    .state = DELIVERY_RETRY,
		    .problem = "uid_conflict" },
		{ .name = "and conflicts again",
		    .v = { { PUT_NEW, 409, NULL, CONFLICT },
			{ FIND, 207, NULL, FOUND(RESPONSE(OTHER)) },
			{ "GET 2026/other.ics", 200, "\"o\"", OLDER },
			{ "PUT 2026/other.ics If-Match \"o\"", 409, NULL,
			    CONFLICT } },
		    .state = DELIVERY_RETRY,
		    .problem = "uid_conflict" },
	};

	TELL(*state, stories);
}

static void
only_what_is_ours_is_removed(void **state)
{
#define DELETE_E "DELETE " OURS " If-Match \"e\""
	static const struct story stories[] = {
		{ .name = "as we know it",
		    .remove = true,
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "Radicale's 200",
		    .remove = true,
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 200 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "gone already",
		    .remove = true,
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 404 }, { FIND, 207, NULL, FOUND("") } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true },
		{ .name = "gone already, and nobody can be asked",
		    .remove = true,
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 410 }, { FIND, 403 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "it was under another name",
		    .remove = true,
		    .known = true,
		    .v = { { GET, 404 },
			{ FIND, 207, NULL, FOUND(RESPONSE(OTHER)) },
			{ "GET 2026/other.ics", 200, "\"o\"", OLDER },
			{ "DELETE 2026/other.ics If-Match \"o\"", 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "another's under another name",
		    .remove = true,
		    .known = true,
		    .v = { { GET, 404 },
			{ FIND, 207, NULL, FOUND(RESPONSE(OTHER)) },
			{ "GET 2026/other.ics", 200, "\"o\"", FOREIGN } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "edited by somebody",
		    .remove = true,
		    .known = true,
		    .etag = "\"x\"",
		    .v = { { "DELETE " OURS " If-Match \"x\"", 412 },
			{ GET, 200, "\"e\"", NEWER }, { DELETE_E, 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "replaced by another's event",
		    .remove = true,
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 412 }, { GET, 200, "\"f\"", FOREIGN } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "perhaps never put",
		    .remove = true,
		    .v = { { GET, 404 } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true },
		{ .name = "put, but the answer was lost",
		    .remove = true,
		    .v = { { GET, 200, "\"e\"", EVENT }, { DELETE_E, 204 } },
		    .state = DELIVERY_ACCEPTED },
		{ .name = "something else answers",
		    .remove = true,
		    .v = { { GET, 200, NULL, "hello" } },
		    .state = DELIVERY_RETRY,
		    .problem = "no_event" },
		{ .name = "forbidden",
		    .remove = true,
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 403 } },
		    .state = DELIVERY_HELD,
		    .problem = "forbidden" },
		{ .name = "a 207 is no promise",
		    .remove = true,
		    .known = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 207, NULL, FOUND("") } },
		    .state = DELIVERY_RETRY,
		    .problem = "unexpected" },
		{ .name = "read back as gone",
		    .remove = true,
		    .known = true,
		    .read_back = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 204 }, { GET, 404 } },
		    .state = DELIVERY_ACCEPTED,
		    .was_read = true },
		{ .name = "read back as still there",
		    .remove = true,
		    .known = true,
		    .read_back = true,
		    .etag = "\"e\"",
		    .v = { { DELETE_E, 204 }, { GET, 200, NULL, EVENT } },
		    .state = DELIVERY_ACCEPTED },
	};

	TELL(*state, stories);
}

static void
what_was_taken_is_read_back_by_its_meaning(void **state)
{
#define READ_NEW .read_back = true, .state = DELIVERY_ACCEPTED
#define CHECK "GET " OURS " If-None-Match \"1\""
	static const struct story stories[] = {
		{ .name = "304",
		    READ_NEW,
		    .v = { { PUT_NEW, 201, "\"1\"" }, { CHECK, 304 } },
		    .was_read = true,
		    .result_etag = "\"1\"" },
		{ .name = "Radicale's 200",
		    READ_NEW,
		    .v = { { PUT_NEW, 201, "\"1\"" },
			{ CHECK, 200, "\"1\"", SHUFFLED } },
		    .was_read = true,
		    .result_etag = "\"1\"" },
		{ .name = "without an ETag",
		    READ_NEW,
		    .v = { { PUT_NEW, 201 }, { GET, 200, "\"2\"", SHUFFLED } },
		    .was_read = true,
		    .result_etag = "\"2\"" },
		{ .name = "304 to no condition",
		    READ_NEW,
		    .v = { { PUT_NEW, 201 }, { GET, 304 } } },
		{ .name = "something else",
		    READ_NEW,
		    .v = { { PUT_NEW, 201, "\"1\"" },
			{ CHECK, 200, "\"2\"", EDITED } },
		    .result_etag = "\"1\"" },
		{ .name = "somebody else's",
		    READ_NEW,
		    .v = { { PUT_NEW, 201 }, { GET, 200, "\"2\"", FOREIGN } } },
		{ .name = "nothing",
		    READ_NEW,
		    .v = { { PUT_NEW, 201 }, { GET, 404 } } },
		{ .name = "half of it",
		    READ_NEW,
		    .v = { { PUT_NEW, 201 },
			{ GET, 200, NULL, SHUFFLED, CARRIED_RETRY } } },
	};

	TELL(*state, stories);
}

static void
every_other_answer_ends_as_it_is_documented(void **state)
{
	static const struct {
		int status;
		const char *body;
		enum delivered state;
		const char *problem;
	} cases[] = {
		{ 202, "", DELIVERY_RETRY, "unexpected" },
		{ 207, "", DELIVERY_RETRY, "unexpected" },
		{ 207, "<x", DELIVERY_RETRY, "unexpected" },
		{ 207, FOUND(""), DELIVERY_RETRY, "unexpected" },
		{ 207, INNER("412", "c:valid-calendar-data"), DELIVERY_REFUSED,
		    "calendar_data" },
		{ 301, "", DELIVERY_HELD, "redirected" },
		{ 307, "", DELIVERY_HELD, "redirected" },
		{ 400, "", DELIVERY_REFUSED, "bad_request" },
		{ 401, "", DELIVERY_HELD, "unauthorized" },
		{ 403, "", DELIVERY_HELD, "forbidden" },
		{ 403, DAV_ERROR("C:valid-calendar-data"), DELIVERY_REFUSED,
		    "calendar_data" },
		{ 403, DAV_ERROR("C:max-resource-size"), DELIVERY_REFUSED,
		    "calendar_data" },
		{ 403, DAV_ERROR("need-privileges"), DELIVERY_HELD,
		    "forbidden" },
		{ 409, DAV_ERROR("C:supported-calendar-component"),
		    DELIVERY_REFUSED, "calendar_data" },
		{ 405, "", DELIVERY_REFUSED, "not_allowed" },
		{ 408, "", DELIVERY_RETRY, "busy" },
		{ 410, "", DELIVERY_HELD, "gone" },
		{ 413, "", DELIVERY_REFUSED, "body_too_large" },
		{ 415, "", DELIVERY_REFUSED, "media_type" },
		{ 422, "", DELIVERY_REFUSED, "refused" },
		{ 423, "", DELIVERY_RETRY, "busy" },
		{ 429, "", DELIVERY_RETRY, "busy" },
		{ 500, "", DELIVERY_RETRY, "server_error" },
		{ 503, "", DELIVERY_RETRY, "server_error" },
		{ 507, CONFLICT, DELIVERY_RETRY, "server_error" },
	};
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct story story = { .name = cases[i].body,
			.v = { { PUT_NEW, cases[i].status, NULL,
			    cases[i].body } },
			.state = cases[i].state,
			.problem = cases[i].problem };

		tell(*state, &story);
	}
}

static void
what_cannot_be_right_is_not_sent(void **state)
{
	static const char *const paths[] = { "a.ics", "2026/a", "2026/.ics",
		"../2026/" UID ".ics", "2026//" UID ".ics", "2026/other@d.ics",
		"2026/a\r\nb.ics" };
	struct world *world = *state;
	struct request request;
	struct delivery delivery;
	size_t i;

	for (i = 0; i < COUNT(paths); i++) {
		delivery = new_delivery(world);
		delivery.path = paths[i];
		if (step(world, &delivery, NULL, &request).state !=
		    DELIVERY_REFUSED)
			fail_msg("%s", paths[i]);
	}
	delivery = new_delivery(world);
	delivery.body = "BEGIN:VCALENDAR\r\n";
	delivery.size = (int64_t)strlen(delivery.body);
	assert_int_equal(
	    step(world, &delivery, NULL, &request).state, DELIVERY_REFUSED);
}

static void
what_is_asked_in_xml_is_escaped(void **state)
{
	struct world *world = *state;
	struct multistatus read;
	const char *bodies[] = {
		caldav_make_body(world->arena, "统计 <2026> & \"更多\""),
		caldav_query_body(world->arena, "a<b>&c]]>@d"),
	};
	size_t i;

	for (i = 0; i < COUNT(bodies); i++)
		assert_true(multistatus_read(
		    world->arena, bodies[i], strlen(bodies[i]), &read));
	assert_non_null(strstr(bodies[0],
	    "<D:displayname>统计 &lt;2026&gt; &amp; \"更多\"</D:displayname>"));
	assert_non_null(strstr(bodies[1], ">a&lt;b&gt;&amp;c]]&gt;@d<"));
}

static void
xml_is_read_within_bounds(void **state)
{
	static const char *const bad[] = { "", "x", "<a>", "<a></b>",
		"<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
		"<!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>", "<a>&b;</a>",
		"<a/><b/>", "\xff\xfe<" };
	struct world *world = *state;
	struct multistatus read;
	struct buf deep;
	size_t i;

	for (i = 0; i < COUNT(bad); i++)
		if (multistatus_read(
			world->arena, bad[i], strlen(bad[i]), &read))
			fail_msg("%s", bad[i]);
	buf_init(&deep, world->arena);
	buf_puts(&deep, "<multistatus xmlns='DAV:'>");
	for (i = 0; i < 2 * RESOURCES_MOST; i++)
		buf_puts(&deep, RESPONSE("/x"));
	buf_puts(&deep, "</multistatus>");
	assert_true(multistatus_read(world->arena, deep.data, deep.len, &read));
	assert_int_equal(read.n, RESOURCES_MOST);
	assert_string_equal(read.v[0].etag, "\"e\"");
	assert_int_equal(read.v[0].status, 200);
	buf_clear(&deep);
	for (i = 0; i < 10000; i++)
		buf_puts(&deep, "<a>");
	assert_false(
	    multistatus_read(world->arena, deep.data, deep.len, &read));
}

static bool
reads(struct world *world, const char *data, struct event *event)
{
	return event_read(world->arena, data, strlen(data), event);
}

static void
an_event_that_means_the_same_is_equal(void **state)
{
	static const struct {
		const char *a, *b;
		bool equal;
	} cases[] = {
		{ "SUMMARY:a\\nb", "SUMMARY:a\\Nb", true },
		{ "SUMMARY:a\\,b", "summary:a,b", true },
		{ "SUMMARY:a\\;b", "SUMMARY:a\r\n \\;b", true },
		{ "DTSTART;VALUE=DATE:20260101",
		    "DTSTART;value=\"DATE\":20260101", true },
		{ "A;X=1;Y=2:b", "A;Y=2;X=1:b", true },
		{ "SUMMARY:a", "SUMMARY:a\r\nX-MOZ-GENERATION:1", true },
		{ "SUMMARY:a", "SUMMARY:a\r\nDTSTAMP:20200101T000000Z", true },
		{ "SUMMARY:a", "SUMMARY:A", false },
		{ "SUMMARY:a", "SUMMARY:a\r\nLOCATION:b", false },
		{ "DTSTART;VALUE=DATE:20260101", "DTSTART:20260101", false },
		{ "SUMMARY:a", "SUMMARY:a\r\nBEGIN:VALARM\r\nEND:VALARM",
		    false },
		{ "SUMMARY:a",
		    "SUMMARY:a\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nUID:u", false },
		{ "SEQUENCE:1", "SEQUENCE:2", false },
		{ "SEQUENCE:0", "SUMMARY:a", false },
	};
	struct world *world = *state;
	size_t i;

	for (i = 0; i < COUNT(cases); i++) {
		struct event a, b;

		assert_true(reads(world,
		    arena_printf(
			world->arena, HEAD "UID:u\r\n%s\r\n" FOOT, cases[i].a),
		    &a));
		assert_true(reads(world,
		    arena_printf(
			world->arena, HEAD "UID:u\r\n%s\r\n" FOOT, cases[i].b),
		    &b));
		if (event_equal(&a, &b) != cases[i].equal)
			fail_msg("%s | %s", cases[i].a, cases[i].b);
	}
}

static void
what_is_no_event_is_not_read(void **state)
{
	static const char *const bad[] = { "", "\n", "hello", "BEGIN:VEVENT\n",
		"BEGIN:VCALENDAR\nEND:VCALENDAR\n", HEAD, HEAD "UID:a\n",
		HEAD "SEQUENCE:1\n" FOOT, HEAD "UID:a\n" FOOT FOOT,
		HEAD "UID:a\n" FOOT "UID:b\n", HEAD "UID:a\nUID:b\n" FOOT,
		HEAD "UID:a\nEND:VEVENT\nBEGIN:VEVENT\nUID:b\n" FOOT,
		HEAD "UID:a\n:b\n" FOOT, HEAD "UID:a\nno colon\n" FOOT,
		HEAD "UID:a\nA;B=\"c:d\n" FOOT,
		"BEGIN:VCALENDAR\nBEGIN:VTIMEZONE\nUID:a\nEND:VTIMEZONE\n"
		"END:VCALENDAR\n",
		HEAD "UID:a\n" FOOT HEAD "UID:a\n" FOOT,
		HEAD "UID:a\nBEGIN:VCALENDAR\nEND:VCALENDAR\n" FOOT };
	struct world *world = *state;
	struct event event;
	struct buf big;
	size_t i;

	for (i = 0; i < COUNT(bad); i++)
		if (reads(world, bad[i], &event))
			fail_msg("%zu: %s", i, bad[i]);
	buf_init(&big, world->arena);
	buf_puts(&big, HEAD "UID:a\r\n");
	for (i = 0; i < EVENT_LINES_MOST; i++)
		buf_puts(&big, "A:b\r\n");
	buf_puts(&big, FOOT);
	assert_false(reads(world, big.data, &event));
	buf_clear(&big);
	for (i = 0; i < 100; i++)
		buf_puts(&big, HEAD);
	assert_false(reads(world, big.data, &event));
	assert_true(reads(world,
	    "\xEF\xBB\xBF" HEAD "UID:a\nBEGIN:VTODO\nEND:VTODO\n" FOOT,
	    &event));
}

#define TEST(function) \
	cmocka_unit_test_setup_teardown(function, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_event_is_put_on_the_condition_of_what_we_know),
		TEST(a_412_is_settled_by_what_the_event_means),
		TEST(a_calendar_that_is_missing_is_made),
		TEST(our_uid_under_another_name_is_found_and_written),
		TEST(only_what_is_ours_is_removed),
		TEST(what_was_taken_is_read_back_by_its_meaning),
		TEST(every_other_answer_ends_as_it_is_documented),
		TEST(what_cannot_be_right_is_not_sent),
		TEST(what_is_asked_in_xml_is_escaped),
		TEST(xml_is_read_within_bounds),
		TEST(an_event_that_means_the_same_is_equal),
		TEST(what_is_no_event_is_not_read),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* How the office and its departments stand now. */
#include <yugao/compliance.h>

#include <string.h>

#include <yugao/arena.h>
#include <yugao/buf.h>
#include <yugao/calendar.h>
#include <yugao/office.h>
#include <yugao/policy.h>
#include <yugao/schedule.h>

static const char *const kept[] = {
	"annual_schedule.due",
	"annual_schedule.grace_until",
	"change.min_notice",
	"copy_to.ack_within",
	"copy_to.breach_after",
	"copy_to.target_due",
	"lead.min_lead",
	"release.early_tolerance",
	"release.late_tolerance",
	"release.missed_after",
	"trace.annual_digest_due",
};

static const char *
cites_of(struct arena *arena, const struct parameter *parameter)
{
	struct buf buf;
	size_t i;

	buf_init(&buf, arena);
	for (i = 0; i < parameter->n_cites; i++)
		buf_printf(
		    &buf, "%s%s", i == 0 ? "" : ", ", parameter->cites[i]);
	return buf.data;
}

static void
add_parameters(
    struct arena *arena, const struct office *office, struct standing *standing)
{
	struct standing_parameter *v =
	    arena_alloc(arena, COUNT(kept) * sizeof(*v));
	size_t i, n = 0;

	for (i = 0; i < COUNT(kept); i++) {
		const struct parameter *parameter =
		    policy_parameter(&office->policy, kept[i]);

		if (parameter == NULL)
			continue;
		v[n++] = (struct standing_parameter){
			.key = kept[i],
			.number = parameter->number,
			.string = parameter->string,
			.unit = parameter->unit,
			.cites = cites_of(arena, parameter),
			.basis = arena_printf(arena, "%c",
			    parameter->basis != '\0' ? parameter->basis : 'E'),
		};
	}
	standing->parameters = v;
	standing->n_parameters = n;
}

static void
add_portals(
    struct arena *arena, const struct office *office, struct standing *standing)
{
	const char **v = arena_alloc(arena, office->n_portals * sizeof(*v));
	size_t i, n = 0;

	for (i = 0; i < office->n_portals; i++)
		if (office->portals[i].required)
			v[n++] = office->portals[i].id;
	standing->portals = v;
	standing->n_portals = n;
}

static bool
is_in(const struct parameter *parameter, const char *word)
{
	size_t i;

	for (i = 0; word != NULL && parameter != NULL && i < parameter->n_set;
	     i++)
		if (strcmp(parameter->set[i], word) == 0)
			return true;
	return false;
}

struct days {
	const char **v;
	size_t n, cap;
};

/* Of the calendar that most of the office's own plans count with: the first. */
static const struct calendar *
calendar_in_use(
    const struct office *office, const struct slots *slots, int years[2])
{
	const struct calendar *calendar = NULL;
	size_t i;

	years[0] = years[1] = 0;
	for (i = 0; i < slots->n; i++) {
		const struct plan *plan = slots->v[i].plan;

		if (plan->calendar == NULL ||
		    (i > 0 && plan == slots->v[i - 1].plan) ||
		    !policy_has_jurisdiction(&office->policy,
			office_department(office, plan->department)))
			continue;
		if (calendar == NULL)
			calendar = plan->calendar;
		if (years[0] == 0 || plan->year < years[0])
			years[0] = plan->year;
		if (plan->year > years[1])
			years[1] = plan->year;
	}
	return calendar;
}

static void
add_days(struct arena *arena, const struct office *office,
    const struct slots *slots, struct standing *standing)
{
	struct days off = { 0 }, makeup = { 0 };
	const struct calendar *calendar;
	struct day day;
	int years[2];

	calendar = calendar_in_use(office, slots, years);
	if (calendar == NULL)
		return;
	for (day = day_of(years[0], 1, 1); day_year(day) <= years[1]; day.n++) {
		enum weekday weekday = day_weekday(day);
		bool weekend = weekday == SATURDAY || weekday == SUNDAY;
		bool works = calendar_is_workday(calendar, day);
		char text[DAY_SIZE];

		if (works != weekend)
			continue;
		day_format(text, day);
		if (works)
			ARRAY_PUSH(arena, &makeup, arena_strdup(arena, text));
		else
			ARRAY_PUSH(arena, &off, arena_strdup(arena, text));
	}
	standing->off = off.v;
	standing->n_off = off.n;
	standing->makeup = makeup.v;
	standing->n_makeup = makeup.n;
}

/* Kept from the public: its series is closed, or an act withholds it. */
static bool
is_kept_out(
    const struct office *office, const struct slot *slot, const char **ground)
{
	const struct life *life = slot->life;

	if (!office_opens(office, slot->series)) {
		*ground = slot->series->has_withheld_review
			      ? slot->series->withheld_ground
			      : NULL;
		return true;
	}
	if (life == NULL || life->state != LIFE_WITHHELD ||
	    life->withhold == NULL)
		return false;
	*ground =
	    life->withhold->has_review_due ? life->withhold->ground : NULL;
	return true;
}

struct quarters {
	struct standing_quarter *v;
	size_t n, cap;
};

/* In order of time; there are few. */
static struct standing_quarter *
quarter_of(struct arena *arena, struct quarters *quarters, struct day day)
{
	int year, month, mday, quarter;
	size_t i = quarters->n;

	day_parts(day, &year, &month, &mday);
	quarter = (month + 2) / 3;
	while (i > 0 && (quarters->v[i - 1].year > year ||
			    (quarters->v[i - 1].year == year &&
				quarters->v[i - 1].quarter > quarter)))
		i--;
	if (i > 0 && quarters->v[i - 1].year == year &&
	    quarters->v[i - 1].quarter == quarter)
		return &quarters->v[i - 1];
	ARRAY_PUSH(arena, quarters, ((struct standing_quarter){ 0 }));
	memmove(&quarters->v[i + 1], &quarters->v[i],
	    (quarters->n - 1 - i) * sizeof(*quarters->v));
	quarters->v[i] =
	    (struct standing_quarter){ .year = year, .quarter = quarter };
	return &quarters->v[i];
}

static void
add_quarters(struct arena *arena, const struct office *office,
    const struct slots *slots, struct standing *standing)
{
	const struct parameter *grounds = policy_parameter(
	    &office->policy, "confidentiality.withheld_needs_ground");
	size_t len = strlen(standing->department), i;
	struct quarters quarters = { 0 };

	for (i = 0; i < slots->n; i++) {
		const struct slot *slot = &slots->v[i];
		const char *ground = NULL;
		struct standing_quarter *quarter;

		if (strncmp(slot->release, standing->department, len) != 0 ||
		    slot->release[len] != '/' ||
		    !is_kept_out(office, slot, &ground))
			continue;
		quarter = quarter_of(arena, &quarters, slot->when.start.day);
		quarter->items++;
		quarter->grounded += is_in(grounds, ground);
	}
	standing->quarters = quarters.v;
	standing->n_quarters = quarters.n;
}

void
compliance_standings(struct arena *arena, const struct office *office,
    const struct slots *slots, struct standings *standings)
{
	struct standing whole = { .department = "",
		.name = office->name,
		.timezone = office->timezone,
		.policy = office->policy.id,
		.policy_version = office->policy.version,
		.policy_sha256 = office->policy.digest };
	size_t i;

	add_parameters(arena, office, &whole);
	add_portals(arena, office, &whole);
	add_days(arena, office, slots, &whole);
	*standings = (struct standings){ 0 };
	ARRAY_PUSH(arena, standings, whole);
	for (i = 0; i < office->n_departments; i++) {
		const struct department *department = &office->departments[i];
		struct standing standing = { .department = department->id,
			.name = department->name,
			.level = department->level,
			.outside = !policy_has_jurisdiction(
			    &office->policy, department) };

		add_quarters(arena, office, slots, &standing);
		ARRAY_PUSH(arena, standings, standing);
	}
}

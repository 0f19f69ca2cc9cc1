#include "rules.h"

/* D2: what is not public is absent from every public artefact. */
void
judge_class(
    struct arena *arena, const struct policy_case *c, struct verdict *verdict)
{
	static const struct {
		const char *name;
		enum outcome outcome;
		const char *reason;
	} classes[] = {
		[SECRECY_MISSING] = { "", OUTCOME_WARN, "policy.d2_missing" },
		[SECRECY_PUBLIC] = { "public", OUTCOME_PASS,
		    "policy.d2_public" },
		[SECRECY_INTERNAL] = { "internal", OUTCOME_PASS,
		    "policy.d2_kept_out" },
		[SECRECY_SECRET] = { "secret", OUTCOME_PASS,
		    "policy.d2_kept_out" },
	};
	enum secrecy secrecy = c->slot->series->secrecy;

	(void)arena;
	verdict->measured_text = classes[secrecy].name;
	verdict_set(verdict, classes[secrecy].outcome, classes[secrecy].reason);
}

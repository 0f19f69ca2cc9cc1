#include "read.h"

/* What Excel leaves while a file is open: ~$nbs.xlsx */
static void
drop_backups(struct names *names)
{
	size_t i, kept = 0;

	for (i = 0; i < names->n; i++)
		if (names->v[i][0] != '~')
			names->v[kept++] = names->v[i];
	names->n = kept;
}

void
complain_odd(struct arena *arena, const char *path, struct diags *diags)
{
	DIAG(arena, diags, DIAG_ERROR, (struct place){ .file = path },
	    "plan.not_a_file");
}

const struct error *
list_files(struct arena *arena, const char *directory, const char *suffix,
    struct diags *diags, struct names *names)
{
	const char *department = diags->department;
	const struct error *error;
	struct names odd;
	size_t i;

	error = file_list_odd(arena, directory, suffix, names, &odd);
	if (error != NULL)
		return error;
	drop_backups(names);
	drop_backups(&odd);
	for (i = 0; i < odd.n; i++) {
		const char *path = file_join(arena, directory, odd.v[i]);
		const char *named = department_of_file(arena, path);

		/* A name that is no department's stops everybody. */
		diags->department = is_id(named) ? named : NULL;
		complain_odd(arena, path, diags);
	}
	diags->department = department;
	return NULL;
}

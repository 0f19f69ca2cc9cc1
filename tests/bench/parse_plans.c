/*
 * parse_plans FILE …: the floor under a run that has nothing to say.  It is
 * linked as yugao is, parses the plans with jansson, and does nothing else.
 */
#include <stdio.h>

#include <jansson.h>

int
main(int argc, char **argv)
{
	int i;

	for (i = 1; i < argc; i++) {
		json_error_t error;
		json_t *plan =
		    json_load_file(argv[i], JSON_REJECT_DUPLICATES, &error);

		if (plan == NULL) {
			fprintf(stderr, "%s: %s\n", argv[i], error.text);
			return 1;
		}
		json_decref(plan);
	}
	return 0;
}

/*
 * The files of the office one by one, as office_read() takes them together.
 */
#ifndef PLAN_OFFICE_H
#define PLAN_OFFICE_H

#include <yugao/act.h>
#include <yugao/office.h>

struct node;

/* What the configuration file names but office.c alone needs. */
struct office_paths {
	const char *departments, *portals, *policy;
};

/* Only yugao.json itself; *office is NULL if it has a mistake. */
const struct error *office_read_file(struct arena *arena, const char *path,
    struct diags *diags, struct office **office, struct office_paths *paths);
/*
 * id is what the file's name says; NULL leaves it unchecked.  *ok is false
 * if there is a mistake.
 */
const struct error *
department_read(struct arena *arena, const char *path, const char *id,
    struct diags *diags, struct department *department, bool *ok);
/*
 * The same; paths in the file are relative to the office's own, and the
 * departments that it selects are the office's, if that has any.
 */
const struct error *portal_read(struct arena *arena, const char *path,
    const char *id, const struct office *office, struct diags *diags,
    struct portal *portal, bool *ok);
const struct error *parameters_read(struct arena *arena, const char *path,
    struct diags *diags, struct parameters *parameters, bool *ok);
/* One file of acts, appended to acts if it has no mistake. */
const struct error *acts_read_file(struct arena *arena, const char *path,
    struct diags *diags, struct acts *acts);
/*
 * Complains about a region code (GB/T 2260) that cannot be, or is not of that
 * level; NULL: of any.
 */
void check_region(const struct node *node, const char *code, const char *level);
/* struct department: "enforce_from" */
void read_enforce_from(const struct node *node, void *to, const void *how);

#endif

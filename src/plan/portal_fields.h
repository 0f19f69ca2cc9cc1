/*
 * How the members of a portal's file are read that are more than a word or a
 * number.
 */
#ifndef PLAN_PORTAL_FIELDS_H
#define PLAN_PORTAL_FIELDS_H

#include <yugao/portal.h>

#include "json.h"

/* struct portal: true, false, or the networks */
void read_allow_private(const struct node *node, void *to, const void *how);
void read_auth(const struct node *node, void *to, const void *how);
/* struct tls; the pins joined as libcurl takes them */
void read_tls(const struct node *node, void *to, const void *how);
/* const char *: "http://host:port" */
void read_proxy(const struct node *node, void *to, const void *how);
/* int: in 1,000 seconds, from a number a second */
void read_rate(const struct node *node, void *to, const void *how);
/* int64_t [struct range] */
void read_size(const struct node *node, void *to, const void *how);
void read_hours(const struct node *node, void *to, const void *how);
/* struct selection of patterns, of ids */
void read_feeds(const struct node *node, void *to, const void *how);
void read_ids(const struct node *node, void *to, const void *how);
/* unsigned: bits of enum lang */
void read_languages(const struct node *node, void *to, const void *how);
/* struct portal: one or two secrets */
void read_signing_secrets(const struct node *node, void *to, const void *how);

#endif

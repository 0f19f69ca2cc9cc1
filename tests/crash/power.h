/*
 * A power failure: of what a process wrote, only what it has made sure of is
 * still there afterwards.
 *
 *   SHIM_POWER=FOLDER    on the same file system, for what may come back
 *   SHIM_KEEP=names      names outlive it, contents that were not synced do
 *                        not; without it neither does
 */
#ifndef CRASH_POWER_H
#define CRASH_POWER_H

#include <stdbool.h>

/* Before a call that changes contents or names. */
void power_write(int fd);
void power_gone(int dir, const char *path, bool directory);
void power_rename(int from_dir, const char *from, int to_dir, const char *to);
/* After one that made a name. */
void power_made(int dir, const char *path, bool directory);
/* After fsync(), and after syncfs(). */
void power_synced(int fd);
void power_synced_all(void);
/* Takes back what nobody made sure of. */
void power_fail(void);

#endif

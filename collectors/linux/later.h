/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_LATER_H
#define COLLECTORS_LINUX_LATER_H

/*
 * Beside processes that run already, programs may be named (core/named.h): what starts of them
 * later, and descends from none that is watched, is the session's, too. The kernel witness tells
 * of it from its first instruction on; what only a look at /proc shows ran unseen until then, and
 * the evidence says so.
 */

#include "collectors/collector.h"
#include "collectors/linux/kernel_event.h"

struct later; /* opaque */

/* NULL where the options name nothing; all below do nothing with it, or say no. */
struct later *later_new(struct watch *w);
void later_free(struct later *l);

/* Processes that are meant and ran before the watch: looks again, and hands out all that were found
 * so far; their number. To be asked first while there are rights to look at them. */
size_t later_begun(struct later *l, const pid_t **ret);

/* Each record of the kernel witness, in the order in which they come, before it is written; `path`
 * is that of an exec, "" where it is not known. Where something is named the kernel tells of
 * everybody: false for what is kept only if the process is the session's (of strangers that is
 * all but what they aim at other machines). */
bool later_note(struct later *l, const void *record, const char *path);

/* The same, once it was written. */
void later_written(struct later *l, const void *record);

/* What the former are made of. */
void later_act(struct later *l, const struct event_head *head, struct slice comm);
void later_fork(struct later *l, const struct event_fork *e);
void later_exec(struct later *l, const struct event_exec *e, const char *path);
void later_exit(struct later *l, const struct event_head *head);

/* Did the record's process start later, or descend from one that did? */
bool later_follows(const struct later *l, const struct event_head *head);

/* How many found no room to be followed. */
uint64_t later_lost(const struct later *l);

/* Looks for what no record told of; now and then, however often it is called. */
void later_look(struct later *l);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_NOTIFY_WHO_H
#define COLLECTORS_LINUX_NOTIFY_WHO_H

/*
 * Whose call it is that waits for an answer, and which program that runs. Safe to be
 * called by several threads.
 */

#include "collectors/linux/image.h"
#include "collectors/linux/notify_mark.h"
#include "collectors/linux/notify_queue.h"
#include "core/cursor.h"

#include <sys/stat.h>

enum { NOTIFY_PROGRAMS_MAX = IMAGE_MAX, NOTIFY_CALLERS_MAX = 8 };

/* /proc/PID/status (proc(5)): true where all of it stood there. */
bool notify_who_parse(struct slice status, struct notify_who *ret);

struct notify_programs; /* opaque: shared by all threads */

struct notify_program {
	char path[IMAGE_PATH_MAX];
	uint64_t inode;
};

struct notify_programs *notify_programs_new(void);
void notify_programs_free(struct notify_programs *p); /* NULL-safe */

/* What one thread of ours knows of those whose calls it did last: asking /proc each time would
 * take longer than the calls. An open folder of /proc belongs to one thread alone, however its
 * number is used again. */
struct notify_known {
	int folder;  /* /proc/TID; -1: none */
	int process; /* pidfd of the whole process */
	int64_t until_ns; /* the rest is looked at again */
	struct stat program;
	struct notify_mark mark; /* of the program; not known before its second call */
	struct notify_who who;
};

struct notify_callers {
	bool lasting; /* numbers of threads are not used again soon */
	struct notify_known at[NOTIFY_CALLERS_MAX];
};

void notify_callers_open(struct notify_callers *c);
void notify_callers_close(struct notify_callers *c);

/* Who the thread `tid` is, until the next call, and what it runs now; NULL where it is gone, or cannot
 * be looked at. */
const struct notify_known *notify_who(struct notify_programs *p, struct notify_callers *c, uint32_t tid);

/* The same as it was so lately that its number cannot be another's by now; NULL: to be asked with
 * notify_who(). What it runs is the same if its mark is. */
const struct notify_known *notify_who_lately(const struct notify_callers *c, uint32_t tid);

/* Does a signal wait that would end what the thread `tid` waits for? One for the whole
 * process may be another thread's: that takes it at once. */
bool notify_who_signalled(uint32_t tid);

/* A program by its number; false where there is none of it. */
bool notify_program(struct notify_programs *p, uint32_t number, struct notify_program *ret);

#endif

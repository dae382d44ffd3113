/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/tracked.h"

#include "collectors/linux/later.h"
#include "collectors/linux/proc_tree.h"
#include "core/auto.h"

enum { ROUNDS = 16 };

struct tracked {
	struct kernel_programs *kernel;
	struct proc_entry *found; /* owned */
	pid_t *pids;              /* owned; those that were told */
	size_t count;
};

static bool is_told(const struct tracked *t, pid_t pid)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->pids[i] == pid)
			return true;
	return false;
}

static enum status tell_below(struct tracked *t, pid_t root, struct error *err)
{
	size_t living = proc_descendants(root, t->found, PROC_TREE_MAX);
	enum status status = OK;
	for (size_t i = 0; i < living && !status; i++) {
		if (is_told(t, t->found[i].pid))
			continue;
		if (t->count == PROC_TREE_MAX)
			return fail(err, ERR_LIMIT, "more than %d processes are to be watched", PROC_TREE_MAX);
		status = kernel_track(t->kernel, t->found[i].pid, err);
		t->pids[t->count++] = t->found[i].pid;
	}
	return status;
}

/* One that is forked between the look and the telling is found by looking again: after a look
 * that finds nothing new all are told, and so are their children. */
enum status tracked_begin(struct kernel_programs *k, const struct watch_options *o, struct later *later, struct error *err)
{
	AUTO_FREE struct proc_entry *found = must_alloc(PROC_TREE_MAX, sizeof *found);
	AUTO_FREE pid_t *pids = must_alloc(PROC_TREE_MAX, sizeof *pids);
	struct tracked t = {k, found, pids, 0};
	enum status status = OK;
	for (int round = 0; round < ROUNDS && !status; round++) {
		size_t before = t.count;
		status = tell_below(&t, o->pid, err);
		for (size_t i = 0; i < o->also_count && !status; i++)
			status = tell_below(&t, o->also[i], err);
		const pid_t *begun;
		size_t count = later_begun(later, &begun);
		for (size_t i = 0; i < count && !status; i++)
			if (!is_told(&t, begun[i]))
				status = tell_below(&t, begun[i], err);
		if (!status && t.count == before)
			return OK;
	}
	return status ? status : fail(err, ERR_UNAVAILABLE, "the processes to be watched fork faster than they can be told");
}

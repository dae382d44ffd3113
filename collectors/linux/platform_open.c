/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The privileged beginning of a session. When it is over there are no privileges.
 */
#include "collectors/linux/platform_state.h"

#include "collectors/linux/notify_enter.h"
#include "collectors/posix/begin.h"
#include "collectors/posix/channel.h"

#include <sched.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static void open_cgroup(struct session *s)
{
	struct platform *p = s->w.platform;
	const char *problem = NULL;
	struct error err = {0};
	if (cgroup_open(s->w.options->id, &p->cgroup, &problem, &err) || p->cgroup.folder < 0)
		return;
	cgroup_keeper(&p->cgroup, &p->keeper_hold);
	s->w.cgroup_id = p->cgroup.id;
	s->w.cgroup_level = p->cgroup.level;
}

/* The child is forked before anything of ours is open, and put where it belongs. */
static void enter(void *context, int result)
{
	const struct platform *p = context;
	struct notify_entered entered;
	notify_enter(p->orders[1], &entered);
	/* who does not hear of it does not let the command go */
	if (write(result, &entered, sizeof entered) != sizeof entered)
		_exit(126);
}

static enum status hold_command(struct session *s, struct error *err)
{
	const struct watch_options *o = s->w.options;
	struct platform *p = s->w.platform;
	if (!o->command)
		return OK;
	struct launch_hooks hooks = {.prepare = enter, .context = p};
	enum status status = o->isolate ? isolation_new(&s->w, &p->isolation, err) : OK;
	if (status)
		return status;
	if (p->isolation)
		isolation_inside(p->isolation, &hooks);
	status = channel_open(p->orders, err);
	if (!status)
		status = launch_hold(o->command, s->w.invoker, o->command_to_stderr, &hooks, &p->launch, err);
	if (!status && p->cgroup.folder >= 0)
		status = cgroup_put(&p->cgroup, p->launch.pid, err);
	/* before the kernel witness is on: what is tried to prove it is none of the command's */
	if (!status && p->isolation)
		status = isolation_begin(p->isolation, &p->launch, err);
	s->w.command = p->launch.pid;
	return status;
}

static enum status hand_on(struct session *s, enum head_state state, struct error *err)
{
	return head_tell(s->w.platform->heads, &s->w, state, err);
}

enum status platform_open(struct session *s, session_reasons reasons, struct error *err)
{
	struct platform *p = must_alloc(1, sizeof *p);
	*p = (struct platform){
		.launch = {.go = -1, .result = -1},
		.cgroup = {.root = -1, .folder = -1},
		.keeper_hold = -1,
		.orders = {-1, -1},
		.watched = -1,
	};
	s->w.platform = p;
	s->w.invoker = &p->invoker;
	enum status status = privilege_invoker(&p->invoker, err);
	if (!status)
		status = begin_folder(&s->w, err);
	if (status)
		return status;
	open_cgroup(s);
	status = hold_command(s, err);
	if (status)
		return status;
	/* behind the fork: the command keeps the signals, mask and limits it was given */
	begin_signals();
	umask(077);
	prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0);
	prctl(PR_SET_NAME, "airgap-collect");
	/* never in front of whom we watch: what waits in the rings can wait */
	sched_setscheduler(0, SCHED_BATCH, &(struct sched_param){0});
	begin_limits();
	platform_gather_posture(s);
	p->later = later_new(&s->w);
	session_open_collectors(s, reasons);
	s->w.kernel = session_is_running(s, "kernel");
	if (s->w.options->enforce && !s->w.kernel)
		return fail(err, ERR_PERMISSION, "nothing can be refused without the kernel witness (%s): run with sudo",
			    reasons[0].text);
	if (s->w.options->enforce && !s->w.cgroup_id)
		return fail(err, ERR_UNAVAILABLE, "packets of the session cannot be refused: it has no control group of its own "
			    "here (cgroup v2, outside of a container)");
	if (s->w.options->heads) {
		p->heads = head_tell_open(&s->w);
		s->hand_on = hand_on;
	}
	if (s->w.options->pid && s->w.options->also_count == 0 && !p->later)
		p->watched = (int)syscall(SYS_pidfd_open, s->w.options->pid, 0);
	return privilege_drop(s->w.invoker, 0, err);
}

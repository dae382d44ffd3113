/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The beginning of a session, as root where it was started so. When it is over there are
 * no rights but those of the invoker.
 */
#include "collectors/macos/platform_state.h"

#include "collectors/macos/interrupt.h"
#include "collectors/macos/process_info.h"
#include "collectors/macos/rights.h"
#include "collectors/posix/begin.h"
#include "core/file.h"

#include <fcntl.h>
#include <sys/stat.h>

/* One that is not there is made, with the rights of whoever asks, which are taken here
 * for the first time: before anything is forked (core/macos/groups.h). */
static enum status open_folder(struct session *s, struct error *err)
{
	const char *folder = s->w.options->folder;
	enum status status = rights_lower(s->w.invoker, err);
	if (!status)
		status = file_have_folder(AT_FDCWD, folder, err);
	if (!status)
		status = begin_folder(&s->w, err);
	rights_raise();
	return status;
}

/* The child is forked before anything of ours is open. */
static enum status hold_command(struct session *s, struct error *err)
{
	const struct watch_options *o = s->w.options;
	struct launch *launch = &s->w.platform->launch;
	struct process_info info;
	if (!o->command && o->pid && !process_info_read((uint32_t)o->pid, &info))
		return fail(err, ERR_NO_INPUT, "--pid %d: there is no such process", (int)o->pid);
	if (!o->command)
		return OK;
	enum status status = launch_hold(o->command, s->w.invoker, o->command_to_stderr, NULL, launch, err);
	s->w.command = status ? 0 : launch->pid;
	return status;
}

enum status platform_open(struct session *s, session_reasons reasons, struct error *err)
{
	struct platform *p = must_alloc(1, sizeof *p);
	*p = (struct platform){.launch = {.go = -1, .result = -1}};
	s->w.platform = p;
	s->w.invoker = &p->invoker;
	enum status status = privilege_invoker(&p->invoker, err);
	if (!status)
		status = open_folder(s, err);
	if (!status)
		status = hold_command(s, err);
	if (status)
		return status;
	/* behind the fork: the command keeps the signals, mask and limits it was given */
	begin_signals();
	if (!s->w.options->command)
		interrupt_listen();
	umask(077);
	begin_limits();
	session_open_collectors(s, reasons);
	return privilege_drop(s->w.invoker, 0, err);
}

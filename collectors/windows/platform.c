/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The course of a session as Windows has it: the command, Ctrl-C, the end.
 */
#include <winsock2.h> /* in front of windows.h, wherever that comes from */

#include "collectors/windows/platform_state.h"

#include "collectors/windows/console.h"
#include "collectors/windows/process_info.h"
#include "core/auto.h"
#include "core/windows/wide.h"

#include <shellapi.h>
#include <stdlib.h>

enum {
	STATUS_SHIFT = 8, /* an exit status stands there in what wait(2) tells */
	STATUS_MAX = 255,
};

void platform_arguments(int *argc, char ***argv)
{
	int count = 0;
	wchar_t **wide = CommandLineToArgvW(GetCommandLineW(), &count);
	WSADATA sockets;
	if (WSAStartup(MAKEWORD(2, 2), &sockets) != 0)
		die("Windows has no sockets here (WSAStartup failed)");
	if (!wide)
		return;
	/* for as long as the process lives, as those it replaces */
	char **words = must_alloc((size_t)count + 1, sizeof *words);
	for (int i = 0; i < count; i++) {
		AUTO_TEXT struct text word = text_make(4 * WIDE_MAX);
		wide_add(&word, wide[i], wcsnlen(wide[i], WIDE_MAX));
		words[i] = must_strdup(text_string(&word));
	}
	words[count] = NULL;
	LocalFree(wide);
	*argc = count;
	*argv = words;
}

const char platform_more_rights[] = "run as Administrator";

/* Windows hands out no packets here; event traces are told of as a witness of their own. */
bool platform_wants(const struct session *s, const struct collector *c)
{
	(void)s, (void)c;
	return true;
}

const char *platform_tier(const struct session *s)
{
	(void)s;
	return "polling";
}

void platform_write_before(struct session *s)
{
	(void)s; /* the job tells of the command as of every other process */
}

void platform_note_helpers(struct session *s)
{
	(void)s; /* tools are not born into the job */
}

enum status platform_go(struct session *s, struct error *err)
{
	struct platform *p = s->w.platform;
	if (p->refused.status) {
		*err = p->refused;
		return err->status;
	}
	return launch_go(&p->launch, err);
}

void platform_pause(int milliseconds)
{
	Sleep((DWORD)milliseconds);
}

void platform_wait(struct session *s, int milliseconds)
{
	platform_pause(milliseconds);
	if (console_asks_to_end())
		s->end = "ended by the user";
}

int platform_wait_status(DWORD code)
{
	return (int)(code > STATUS_MAX ? STATUS_MAX : code) << STATUS_SHIFT;
}

void platform_reap(struct session *s)
{
	HANDLE process = s->w.platform->launch.process;
	DWORD code;
	if (!process || s->command_ended || WaitForSingleObject(process, 0) != WAIT_OBJECT_0)
		return;
	if (!GetExitCodeProcess(process, &code))
		code = STATUS_MAX;
	session_command_ended(s, platform_wait_status(code));
}

bool platform_watched_ended(const struct session *s)
{
	HANDLE watched = s->w.platform->watched;
	return watched && WaitForSingleObject(watched, 0) == WAIT_OBJECT_0;
}

size_t platform_living(const struct session *s, uint32_t ret[], size_t max)
{
	return job_living(s->w.platform->job, ret, max);
}

bool platform_name(uint32_t pid, char ret[static PLATFORM_NAME_MAX])
{
	struct process_info info;
	if (!process_info_read(pid, &info))
		return false;
	if (!slice_to_string(slice_of_string(process_info_name(info.exe)), ret, PLATFORM_NAME_MAX))
		ret[0] = 0;
	return true;
}

void platform_close(struct session *s)
{
	struct platform *p = s->w.platform;
	console_done();
	if (!p)
		return;
	launch_abandon(&p->launch);
	job_close(p->job);
	if (p->watched)
		CloseHandle(p->watched);
	s->w.platform = NULL;
	free(p);
}

enum status platform_posture(int argc, char *argv[], struct text *ret, struct error *err)
{
	(void)argc, (void)argv, (void)ret;
	return fail(err, ERR_UNAVAILABLE, "the posture of a machine is gathered on Linux only");
}

enum status platform_snapshot(struct text *ret, struct error *err)
{
	(void)ret;
	return fail(err, ERR_UNAVAILABLE, "one look at the sockets is to be had on Linux only; a session shows them");
}

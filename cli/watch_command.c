/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_command.h"

#include "cli/folder.h"
#include "cli/rights.h"
#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	SUMMARY_MAX = 1 << 20,
	PART = 16 << 10,
	FIXED_WORDS = 5, /* airgap-verify session --apart -o DIR */
	WORDS_MAX = 4096,
	WAIT_MS = 200,
};

/* ---- the start -------------------------------------------------------------------------- */

/* The folder that the words name (-o), or NULL. */
static const char *folder_of(char **words)
{
	for (size_t i = 0; words[i] && strcmp(words[i], "--") != 0; i++) {
		if ((!strcmp(words[i], "-o") || !strcmp(words[i], "--output")) && words[i + 1])
			return words[i + 1];
		if (!strncmp(words[i], "--output=", strlen("--output=")))
			return words[i] + strlen("--output=");
	}
	return NULL;
}

static const char *command_of(char **words)
{
	for (size_t i = 0; words[i]; i++)
		if (!strcmp(words[i], "--") && words[i + 1])
			return words[i + 1];
	return "the session";
}

/* No terminal: neither its keys nor its signals are for the command. */
static _Noreturn void run_child(const struct watch_command *c, char **words, bool named, int hold, const int out[2])
{
	char *all[FIXED_WORDS + WORDS_MAX + 1] = {(char *)"airgap-verify", (char *)"session", (char *)"--apart"};
	size_t count = 3;
	char go;
	int null = open("/dev/null", O_RDONLY);
	if (read(hold, &go, 1) != 1 || null < 0 || setsid() < 0)
		_exit(0); /* it was not to be */
	if (!named) {
		all[count++] = (char *)"-o";
		all[count++] = (char *)c->folder;
	}
	for (size_t i = 0; i < WORDS_MAX && words[i]; i++)
		all[count++] = words[i];
	dup2(null, 0);
	dup2(out[0], 1);
	dup2(out[1], 2);
	signal(SIGPIPE, SIG_DFL);
	execv("/proc/self/exe", all);
	_exit(70);
}

static enum status make_pipe(int ret[static 2], struct error *err)
{
	return pipe2(ret, O_CLOEXEC) == 0 ? OK : fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
}

/* Where the session will lie, and the file beside it. */
static enum status make_place(struct watch_command *c, bool named, struct error *err)
{
	enum status status = rights_give_up(err);
	umask(077);
	if (!status && !named)
		status = folder_make_above(err);
	if (!status)
		status = file_create(AT_FDCWD, c->path, &c->file, err);
	return status;
}

static enum status name_place(struct watch_command *c, char **words, struct error *err)
{
	struct folder folder;
	const char *given = folder_of(words);
	enum status status = folder_name(given, &folder, err);
	if (status)
		return status;
	size_t size = strlen(folder.path), count = 0;
	while (size > 1 && folder.path[size - 1] == '/')
		folder.path[--size] = 0;
	while (words[count])
		count++;
	if (count > WORDS_MAX)
		return fail(err, ERR_USAGE, "watch: a command of more than %d words", WORDS_MAX);
	memcpy(c->folder, folder.path, sizeof folder.path);
	if (snprintf(c->path, sizeof c->path, "%s.output", folder.path) >= (int)sizeof c->path)
		return fail(err, ERR_USAGE, "-o: the path is too long");
	return OK;
}

static void set_up(struct watch_command *c, char **words)
{
	*c = (struct watch_command){.said = -1, .written = -1, .file = -1, .what = command_of(words)};
	c->summary = text_make(SUMMARY_MAX);
	c->tail = text_make(WATCH_TAIL);
}

enum status watch_command_start(char **words, struct watch_command *ret, struct error *err)
{
	int hold[2] = {-1, -1}, said[2] = {-1, -1}, written[2] = {-1, -1};
	bool named = folder_of(words) != NULL;
	set_up(ret, words);
	enum status status = name_place(ret, words, err);
	if (!status)
		status = make_pipe(hold, err);
	if (!status)
		status = make_pipe(said, err);
	if (!status)
		status = make_pipe(written, err);
	if (!status && (ret->pid = fork()) < 0) {
		ret->pid = 0;
		status = fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start a process");
	}
	if (!status && ret->pid == 0)
		run_child(ret, words, named, hold[0], (const int[]){said[1], written[1]});
	const int closed[] = {hold[0], said[1], written[1]};
	for (size_t i = 0; i < LENGTH(closed); i++)
		if (closed[i] >= 0)
			close(closed[i]);
	ret->said = said[0];
	ret->written = written[0];
	if (!status)
		status = make_place(ret, named, err);
	/* without the letter the child ends */
	if (!status && write(hold[1], "g", 1) != 1)
		status = fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start the session");
	auto_close(&hold[1]);
	return status;
}

/* ---- its course -------------------------------------------------------------------------- */

/* The last bytes are for the pane. */
static void keep_tail(struct watch_command *c, struct slice part)
{
	AUTO_TEXT struct text before = c->tail;
	size_t room = WATCH_TAIL - part.size, size = before.size < room ? before.size : room;
	c->tail = text_make(WATCH_TAIL);
	text_add(&c->tail, slice_part(text_slice(&before), before.size - size, size));
	text_add(&c->tail, part);
}

static void keep(struct watch_command *c, struct slice part)
{
	keep_tail(c, part);
	if (c->file < 0 || !file_write_fd(c->file, part, c->path, &c->failure))
		return;
	auto_close(&c->file);
	c->file = -1;
}

/* False at the end of the pipe. */
static bool take(struct watch_command *c, int fd, bool of_session)
{
	unsigned char part[PART];
	ssize_t got = read(fd, part, sizeof part);
	if (got < 0)
		return errno == EINTR || errno == EAGAIN;
	struct slice bytes = slice_of(part, (size_t)got);
	if (of_session)
		text_add(&c->summary, bytes);
	else if (got > 0)
		keep(c, bytes);
	return got > 0;
}

static void notice_end(struct watch_command *c)
{
	if (c->pid > 0 && waitpid(c->pid, &c->status, WNOHANG) == c->pid)
		c->pid = 0;
}

void watch_command_tend(struct watch_command *c, int timeout_ms)
{
	enum { PARTS = 64 }; /* at once: somebody waits for keys */
	notice_end(c); /* asked first: then all that it wrote is there */
	for (int i = 0; i < PARTS; i++) {
		struct pollfd p[] = {{.fd = c->said, .events = POLLIN}, {.fd = c->written, .events = POLLIN}};
		if (poll(p, LENGTH(p), i == 0 ? timeout_ms : 0) <= 0)
			return;
		if (p[0].revents && !take(c, c->said, true)) {
			auto_close(&c->said);
			c->said = -1;
		}
		if (p[1].revents && !take(c, c->written, false)) {
			auto_close(&c->written);
			c->written = -1;
		}
	}
}

void watch_command_ask_end(struct watch_command *c, bool now)
{
	if (c->pid > 0)
		kill(c->pid, c->asked++ || now ? SIGTERM : SIGINT);
}

/* Something that the command left running may hold the pipes open for ever. */
static void wait_for_end(struct watch_command *c)
{
	while (c->pid > 0)
		watch_command_tend(c, WAIT_MS);
	watch_command_tend(c, 0);
}

enum status watch_command_finish(struct watch_command *c, FILE *to, int *ret_status, struct error *err)
{
	wait_for_end(c);
	*ret_status = WIFEXITED(c->status) ? WEXITSTATUS(c->status) : error_exit(ERR_INTERNAL);
	enum status status = c->failure.status;
	if (status)
		*err = c->failure;
	else if (c->file >= 0)
		status = file_close(&c->file, c->path, err);
	if (fwrite(text_string(&c->summary), 1, c->summary.size, to) != c->summary.size && !status)
		status = fail_errno(err, ERR_IO, errno, "cannot write what the session said");
	auto_close(&c->said);
	auto_close(&c->written);
	text_free(&c->summary);
	text_free(&c->tail);
	return status;
}

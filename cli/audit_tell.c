/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_tell.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/json.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE_MAX_BYTES = 64 << 10, JSON_MAX = 4 << 20, NOTIFY_MS = 30000, REASON_SHOWN = 200 };

enum status audit_tell_read(struct store *store, struct audit_told *ret, struct error *err)
{
	bool row = true;
	sqlite3_stmt *q = store_query(store, QUERY_AUDIT_CHANGES);
	enum status status = OK;
	while (!status && !(status = store_step(q, &row, err)) && row) {
		int64_t effect = store_i64(q, 2);
		ret->failing += effect == 3;
		ret->undecided += effect == 2;
		if (effect > 1 && effect > ret->reason_effect) {
			slice_to_string(slice_part(store_slice(q, 1), 0, AUDIT_CHANGE_TEXT - 1), ret->reason, sizeof ret->reason);
			ret->reason_effect = effect;
		}
		if (store_i64(q, 3) == 0 || ret->change_count == AUDIT_CHANGES_MAX)
			continue;
		struct slice title = slice_part(store_slice(q, 1), 0, AUDIT_CHANGE_TEXT - 1);
		slice_to_string(store_slice(q, 0), ret->changes[ret->change_count].check, sizeof ret->changes->check);
		slice_to_string(title, ret->changes[ret->change_count++].title, AUDIT_CHANGE_TEXT);
	}
	sqlite3_reset(q);
	return status;
}

static const char *word_of(const struct audit_told *t)
{
	return t->judged ? verdict_name(t->verdict) : "ERROR";
}

static void add_changes(const struct audit_told *t, struct text *ret)
{
	for (size_t i = 0; i < t->change_count; i++)
		text_addf(ret, "%s%s", i ? " " : "", t->changes[i].check);
}

void audit_tell_line(const struct audit_told *t, struct text *ret)
{
	text_addf(ret, "%s on ", word_of(t));
	text_add_printable(ret, slice_of_string(t->host), sizeof t->host);
	text_add_string(ret, ": ");
	if (!t->judged) {
		text_add_printable(ret, slice_of_string(t->trouble), sizeof t->trouble);
	} else {
		text_addf(ret, "%lld failing, %lld open", (long long)t->failing, (long long)t->undecided);
		if (t->reason[0]) {
			text_add_string(ret, " (");
			text_add_printable(ret, slice_of_string(t->reason), REASON_SHOWN);
			text_add_char(ret, ')');
		}
		text_add_string(ret, "; new: ");
		text_add_string(ret, t->change_count ? "" : "nothing");
		add_changes(t, ret);
	}
	if (t->tight)
		text_add_string(ret, "; four fifths of the disk budget are used");
	if (t->disk_tight)
		text_addf(ret, "; the disk has room for %llu more %s", (unsigned long long)t->nights, text_plural(t->nights, "night", "nights"));
	if (t->unverified)
		text_addf(ret, "; %u %s not verify", t->unverified, t->unverified == 1 ? "bundle does" : "bundles do");
	if (t->bundle[0] || t->folder[0]) {
		text_add_string(ret, "; ");
		text_add_printable(ret, slice_of_string(t->bundle[0] ? t->bundle : t->folder), sizeof t->bundle);
	}
}

static const char *or_null(const char *text)
{
	return *text ? text : NULL;
}

void audit_tell_json(const struct audit_told *t, struct text *ret)
{
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	json_add_string(&j, "verdict", t->judged ? verdict_name(t->verdict) : NULL);
	json_add_i64(&j, "exit", t->exit_status);
	json_add_string(&j, "problem", or_null(t->trouble));
	json_add_string(&j, "host", t->host);
	json_add_string(&j, "session_id", or_null(t->id));
	json_add_string(&j, "scope", or_null(t->scope));
	json_add_time(&j, "began_ns", t->began_ns);
	json_add_time(&j, "ended_ns", t->ended_ns);
	json_add_string(&j, "folder", or_null(t->folder));
	json_add_string(&j, "bundle", or_null(t->bundle));
	json_add_i64(&j, "findings_fail", t->failing);
	json_add_i64(&j, "findings_inconclusive", t->undecided);
	json_add_string(&j, "reason", or_null(t->reason));
	json_begin_array(&j, "changes");
	for (size_t i = 0; i < t->change_count; i++) {
		json_begin_object(&j, NULL);
		json_add_string(&j, "check_id", t->changes[i].check);
		json_add_string(&j, "title", t->changes[i].title);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_add_u64(&j, "deleted", t->deleted);
	json_add_u64(&j, "unverified", t->unverified);
	json_add_bool(&j, "tight", t->tight);
	json_add_bool(&j, "disk_tight", t->disk_tight);
	json_end_object(&j);
	text_add_char(ret, '\n');
}

static enum status add_to_file(const char *path, const struct audit_told *t, struct error *err)
{
	char now[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text line = text_make(LINE_MAX_BYTES);
	AUTO_FD int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "notify_file: %s", path);
	clock_text(t->ended_ns, 0, now);
	text_addf(&line, "%s ", now);
	audit_tell_line(t, &line);
	text_add_char(&line, '\n');
	enum status status = file_write_fd(fd, text_slice(&line), path, err);
	return status ? fail_in(err, "notify_file") : file_close(&fd, path, err);
}

static void set_environment(const struct audit_told *t)
{
	char number[16];
	AUTO_TEXT struct text changes = text_make(LINE_MAX_BYTES);
	add_changes(t, &changes);
	snprintf(number, sizeof number, "%d", t->exit_status);
	setenv("AIRGAP_VERDICT", word_of(t), 1);
	setenv("AIRGAP_EXIT", number, 1);
	setenv("AIRGAP_HOST", t->host, 1);
	setenv("AIRGAP_FOLDER", t->folder, 1);
	setenv("AIRGAP_BUNDLE", t->bundle, 1);
	setenv("AIRGAP_CHANGES", text_string(&changes), 1);
}

/* Why it could not be run goes into `why`, which is closed where it could. */
static _Noreturn void run_program(const char *path, int input, int why, const struct audit_told *t)
{
	int nothing = open("/dev/null", O_WRONLY | O_CLOEXEC);
	setpgid(0, 0); /* what it starts is ended with it */
	set_environment(t);
	if (nothing >= 0 && dup2(input, 0) == 0 && dup2(nothing, 1) == 1)
		execl(path, path, (char *)NULL);
	int code = errno;
	if (write(why, &code, sizeof code) != sizeof code)
		_exit(126);
	_exit(127);
}

/* A file without a name, from which it can be read at leisure. */
static enum status make_input(const struct audit_told *t, int *ret, struct error *err)
{
	AUTO_TEXT struct text json = text_make(JSON_MAX);
	AUTO_FD int fd = memfd_create("audit", MFD_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no memory for what a program is told");
	audit_tell_json(t, &json);
	enum status status = file_write_fd(fd, text_slice(&json), "what a program is told", err);
	if (!status && lseek(fd, 0, SEEK_SET) != 0)
		status = fail_errno(err, ERR_IO, errno, "what a program is told");
	*ret = status ? -1 : take_fd(&fd);
	return status;
}

/* Its wait status; false where it had to be ended. */
static bool wait_for(pid_t pid, int *ret_status)
{
	int64_t until = clock_mono() + NOTIFY_MS * CLOCK_MILLISECOND;
	enum { TICK_MS = 20 };
	while (waitpid(pid, ret_status, WNOHANG) == 0) {
		if (clock_mono() > until) {
			kill(-pid, SIGKILL); /* our child and its own group, not waited for yet */
			kill(pid, SIGKILL);
			while (waitpid(pid, ret_status, 0) < 0 && errno == EINTR)
				;
			return false;
		}
		poll(NULL, 0, TICK_MS);
	}
	return true;
}

static enum status run_notify(const char *path, const struct audit_told *t, struct error *err)
{
	int status = 0, code = 0, ends[2];
	AUTO_FD int input = -1;
	enum status made = make_input(t, &input, err);
	if (made)
		return made;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "notify: cannot start %s", path);
	AUTO_FD int why = ends[0];
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		run_program(path, input, ends[1], t);
	close(ends[1]);
	if (pid < 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "notify: cannot start %s", path);
	if (!wait_for(pid, &status))
		return fail(err, ERR_UNAVAILABLE, "notify: %s was ended after %d seconds", path, NOTIFY_MS / 1000);
	if (read(why, &code, sizeof code) == sizeof code)
		return fail_errno(err, ERR_UNAVAILABLE, code, "notify: %s cannot be run; it, and the interpreter that its first line names, "
				  "must be there and executable", path);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		return fail(err, ERR_UNAVAILABLE, "notify: %s ended with %d", path, WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
	return OK;
}

enum status audit_tell_notify(const struct policy_audit *a, const struct audit_told *t, struct error *err)
{
	struct error first = {0}, second = {0};
	enum status status = a->notify_file[0] ? add_to_file(a->notify_file, t, &first) : OK;
	if (a->notify[0] && run_notify(a->notify, t, &second))
		status = status ? fail(err, status, "%s; %s", first.text, second.text) : fail(err, second.status, "%s", second.text);
	else if (status)
		fail(err, status, "%s", first.text);
	return status;
}

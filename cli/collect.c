/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/collect.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define NAME "airgap-collect"

enum { KEPT = 4 }; /* descriptors that it is given */

/* Where airgap-collect lies: beside this program, or where it is installed. */
static enum status find(char ret[static FILE_PATH_MAX], struct error *err)
{
	char self[FILE_PATH_MAX];
	/* first the one with capabilities, where there is one and this user may execute it */
	static const char *const installed[] = {"granted/" NAME, NAME};
	ssize_t size = readlink("/proc/self/exe", self, sizeof self - 1);
	if (size > 0) {
		self[size] = 0;
		char *slash = strrchr(self, '/');
		if (slash && snprintf(ret, FILE_PATH_MAX, "%.*s/%s", (int)(slash - self), self, NAME) <
				     FILE_PATH_MAX &&
		    access(ret, X_OK) == 0)
			return OK;
	}
	for (size_t i = 0; i < LENGTH(installed); i++) {
		snprintf(ret, FILE_PATH_MAX, "%s/%s", LIBEXECDIR, installed[i]);
		if (access(ret, X_OK) == 0)
			return OK;
	}
	return fail(err, ERR_UNAVAILABLE,
		    "%s is neither beside this program nor in %s; install both together", NAME,
		    LIBEXECDIR);
}

enum { ORDER_WORDS = 4 };

/* Pieces of the child's command line, put together before the fork. */
struct words {
	const char **at; /* owned */
	size_t count;
	size_t order; /* place of the words that the order fills in */
};

static void add_word(struct words *w, const char *word)
{
	w->at[w->count++] = word;
}

static struct words make_words(const struct collect_request *r, const char *numbers[static KEPT])
{
	size_t command = 0;
	while (r->command && r->command[command])
		command++;
	struct words w = {must_alloc(r->option_count + command + 24, sizeof(char *)), 0, 0};
	add_word(&w, NAME);
	add_word(&w, "session");
	add_word(&w, "-o");
	add_word(&w, r->folder);
	add_word(&w, "--id");
	add_word(&w, r->id);
	static const char *const names[] = {"--status-fd", "--control-fd", "--policy-fd", "--rules-fd"};
	for (size_t i = 0; i < LENGTH(names); i++) {
		add_word(&w, names[i]);
		add_word(&w, numbers[i]);
	}
	for (size_t i = 0; i < r->option_count; i++)
		add_word(&w, r->options[i]);
	w.order = w.count;
	w.count += ORDER_WORDS;
	if (command)
		add_word(&w, "--");
	for (size_t i = 0; i < command; i++)
		add_word(&w, r->command[i]);
	add_word(&w, NULL);
	return w;
}

/* Takes out the places of words that were not ordered. */
static void fill_order(struct words *w, const struct collect_order *order)
{
	const char *given[ORDER_WORDS] = {order->host ? "--host" : NULL, order->payload ? "--payload" : NULL,
					  "--tier", tier_name(order->tier)};
	size_t to = w->order;
	for (size_t i = 0; i < ORDER_WORDS; i++)
		if (given[i])
			w->at[to++] = given[i];
	for (size_t from = w->order + ORDER_WORDS; from < w->count; from++)
		w->at[to++] = w->at[from];
}

static void stay_open(int fd)
{
	fcntl(fd, F_SETFD, 0);
}

static _Noreturn void run_child(const char *path, struct words *w, int hold, const int kept[static KEPT])
{
	struct collect_order order;
	ssize_t got;
	while ((got = read(hold, &order, sizeof order)) < 0 && errno == EINTR)
		;
	if (got != sizeof order)
		_exit(0); /* it was not to be */
	for (size_t i = 0; i < KEPT; i++)
		stay_open(kept[i]);
	fill_order(w, &order);
	execv(path, (char *const *)(void *)w->at);
	_exit(127);
}

static enum status make_pipe(int ends[static 2], struct error *err)
{
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	return OK;
}

enum status collect_hold(const struct collect_request *request, struct collect *ret, struct error *err)
{
	char path[FILE_PATH_MAX], texts[KEPT][16];
	int status[2], control[2], hold[2];
	*ret = (struct collect){-1, -1, -1, -1, -1, -1};
	enum status result = find(path, err);
	if (!result)
		result = make_pipe(status, err);
	if (!result)
		result = make_pipe(control, err);
	if (!result)
		result = make_pipe(hold, err);
	if (result)
		return result;
	int policy = memfd_create("policy", MFD_CLOEXEC);
	int rules = memfd_create("rules", MFD_CLOEXEC);
	const int kept[KEPT] = {status[1], control[0], policy, rules};
	const char *numbers[KEPT];
	for (size_t i = 0; i < KEPT; i++) {
		snprintf(texts[i], sizeof texts[i], "%d", kept[i]);
		numbers[i] = texts[i];
	}
	struct words words = make_words(request, numbers);
	pid_t pid = fork();
	if (pid == 0) {
		close(hold[1]);
		close(control[1]);
		close(status[0]);
		run_child(path, &words, hold[0], kept);
	}
	int code = errno;
	free(words.at);
	close(hold[0]);
	close(control[0]);
	close(status[1]);
	*ret = (struct collect){pid, status[0], control[1], hold[1], policy, rules};
	if (pid < 0 || policy < 0 || rules < 0)
		return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start %s", NAME);
	return OK;
}

enum status collect_go(struct collect *c, const struct collect_order *order, struct slice policy, struct slice rules,
		       struct error *err)
{
	enum status status = file_write_fd(c->policy, policy, "the policy", err);
	if (!status)
		status = file_write_fd(c->rules, rules, "the rules", err);
	if (status)
		return status;
	if (lseek(c->policy, 0, SEEK_SET) != 0 || lseek(c->rules, 0, SEEK_SET) != 0 ||
	    write(c->hold, order, sizeof *order) != sizeof *order)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start %s", NAME);
	return OK;
}

void collect_order(struct collect *c, char letter)
{
	/* one that is gone needs no orders */
	if (c->control >= 0 && write(c->control, &letter, 1) < 0)
		return;
}

bool collect_ended(const struct collect *c)
{
	siginfo_t told = {.si_pid = 0};
	return c->pid <= 0 ||
	       (waitid(P_PID, (id_t)c->pid, &told, WEXITED | WNOHANG | WNOWAIT) == 0 && told.si_pid != 0);
}

bool collect_wake(const struct collect *c)
{
	siginfo_t told = {.si_pid = 0};
	if (c->pid <= 0 || waitid(P_PID, (id_t)c->pid, &told, WSTOPPED | WNOHANG) != 0 || told.si_pid == 0)
		return false;
	return kill(c->pid, SIGCONT) == 0;
}

void collect_kill(const struct collect *c)
{
	if (c->pid > 0)
		kill(c->pid, SIGKILL); /* our child, not waited for yet */
}

int collect_wait(struct collect *c)
{
	int status = 0;
	auto_close(&c->hold);
	auto_close(&c->control);
	auto_close(&c->status);
	auto_close(&c->policy);
	auto_close(&c->rules);
	c->hold = c->control = c->status = c->policy = c->rules = -1;
	if (c->pid > 0)
		while (waitpid(c->pid, &status, 0) < 0 && errno == EINTR)
			;
	c->pid = -1;
	return status;
}

enum status collect_ask(const char *verb, struct text *ret, struct error *err)
{
	return collect_ask_words((const char *const[]){verb, NULL}, ret, err);
}

enum status collect_ask_words(const char *const words[], struct text *ret, struct error *err)
{
	const char *command[COLLECT_WORDS_MAX + 2] = {NAME};
	char path[FILE_PATH_MAX], part[4096];
	int out[2], status;
	enum status result = find(path, err);
	if (!result)
		result = make_pipe(out, err);
	if (result)
		return result;
	pid_t pid = fork();
	if (pid == 0) {
		dup2(out[1], 1);
		for (size_t i = 0; i < COLLECT_WORDS_MAX && words[i]; i++)
			command[i + 1] = words[i];
		execv(path, (char *const *)(void *)command);
		_exit(127);
	}
	close(out[1]);
	AUTO_FD int from = out[0];
	ssize_t got;
	while ((got = read(from, part, sizeof part)) > 0 || (got < 0 && errno == EINTR))
		if (got > 0)
			text_add(ret, slice_of(part, (size_t)got));
	if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0)
		return fail(err, ERR_UNAVAILABLE, "%s %s failed", path, words[0]);
	return OK;
}

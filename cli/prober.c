/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/prober.h"

#include "analysis/policy.h"
#include "cli/policy_file.h"
#include "cli/probe_try.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/json.h"
#include "core/random.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

enum { LINE_MAX_BYTES = 8192, ORPHAN_WAITS = 200, ORPHAN_WAIT_US = 10000 };

struct prober {
	const char *policy_path;
	struct policy *policy; /* owned */
	char token[TARGET_TOKEN_MAX];
	int output; /* owned */
};

static enum status load_policy(const char *path, struct policy *ret, struct error *err)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	enum status status = policy_file_load(path, &text, ret, err);
	if (!status && !challenge_has_sink(&ret->challenge))
		status = fail(err, ERR_CONFIG, "%s: names no sink in [challenge]", path);
	return status;
}

static void hand_over(int fd, const struct probe_result *r)
{
	if (write(fd, r, sizeof *r) != sizeof *r)
		_exit(1); /* nobody waits for it any more */
}

static _Noreturn void start_program(const struct prober *p, int fd)
{
	char number[16];
	snprintf(number, sizeof number, "%d", fd);
	fcntl(fd, F_SETFD, 0);
	execl("/proc/self/exe", "airgap-verify", "challenge", "--prober-child", p->policy_path, p->token, number, (char *)NULL);
	_exit(127);
}

/* Goes on in a process whose parent has ended. */
static void leave_parent(void)
{
	pid_t before = getpid(), pid = fork();
	if (pid != 0)
		_exit(pid < 0);
	setsid();
	for (int i = 0; i < ORPHAN_WAITS && getppid() == before; i++)
		usleep(ORPHAN_WAIT_US);
	alarm(PROBE_LIMIT_S);
}

static _Noreturn void run_probe(const struct prober *p, const struct probe_target *t, int fd)
{
	struct probe_result r;
	alarm(PROBE_LIMIT_S);
	if (t->probe->kind == PROBE_CHILD)
		start_program(p, fd);
	if (t->probe->kind == PROBE_ORPHAN)
		leave_parent();
	probe_try(t, &p->policy->challenge, p->token, &r);
	hand_over(fd, &r);
	_exit(0);
}

/* False where none comes in time. */
static bool receive(int fd, struct probe_result *ret)
{
	struct pollfd from = {.fd = fd, .events = POLLIN};
	int64_t end = clock_mono() + (PROBE_LIMIT_S + 1) * CLOCK_SECOND;
	for (;;) {
		int64_t left = (end - clock_mono()) / CLOCK_MILLISECOND;
		int ready = poll(&from, 1, left > 0 ? (int)left : 0);
		if (ready < 0 && errno == EINTR)
			continue;
		/* one small write is read whole */
		return ready > 0 && read(fd, ret, sizeof *ret) == sizeof *ret;
	}
}

/* A layer may have ended the process that tried: then that is what came of it. */
static void describe_end(int status, struct probe_result *ret)
{
	memcpy(ret->call, "process", sizeof "process");
	memcpy(ret->answer, "none", sizeof "none");
	ret->code = ECHILD;
	if (WIFSIGNALED(status))
		snprintf(ret->detail, sizeof ret->detail, "the process that tried it was ended by signal %d (%s)",
			 WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(ret->detail, sizeof ret->detail, "the process that tried it ended without a result");
}

static enum status try_once(const struct prober *p, const struct probe_target *t, struct probe_result *ret,
			    struct error *err)
{
	int ends[2], status = 0;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	*ret = (struct probe_result){.from_ns = clock_now().wall_ns};
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		run_probe(p, t, ends[1]);
	}
	int code = errno;
	close(ends[1]);
	AUTO_FD int from = ends[0];
	if (pid < 0)
		return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start a process");
	struct probe_result r;
	bool told = receive(from, &r);
	if (!told)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	if (told) {
		*ret = r;
		return OK;
	}
	ret->pid = pid;
	ret->to_ns = clock_now().wall_ns;
	describe_end(status, ret);
	return OK;
}

static void add_result(struct json *j, const struct probe_target *t, const struct probe_result *r)
{
	char dst[ADDRESS_TEXT_MAX];
	address_text(&t->to, dst);
	json_add_string(j, "proto", t->probe->proto);
	json_add_string(j, "dst", dst);
	if (t->port)
		json_add_u64(j, "dport", t->port);
	if (r->sport)
		json_add_u64(j, "sport", r->sport);
	json_add_i64(j, "pid", r->pid);
	json_add_i64(j, "from_ns", r->from_ns);
	json_add_i64(j, "to_ns", r->to_ns);
	json_add_string(j, "call", r->call);
	json_add_i64(j, "errno", r->code);
	json_add_string(j, "answer", r->answer);
	json_add_string(j, "detail", r->detail);
}

static enum status write_line(const struct prober *p, struct text *line, struct error *err)
{
	text_add_char(line, '\n');
	return file_write_fd(p->output, text_slice(line), "challenge.ndjson", err);
}

static enum status try_probe(const struct prober *p, const struct probe *probe, struct error *err)
{
	AUTO_TEXT struct text line = text_make(LINE_MAX_BYTES);
	struct json j = json_on(&line);
	struct probe_target t = probe_target(probe, &p->policy->challenge);
	struct probe_result r = {0};
	enum status status = t.skipped ? OK : try_once(p, &t, &r, err);
	if (status)
		return status;
	json_begin_object(&j, NULL);
	json_add_string(&j, "probe", probe->name);
	if (t.skipped)
		json_add_string(&j, "skipped", t.skipped);
	else
		add_result(&j, &t, &r);
	json_end_object(&j);
	return write_line(p, &line, err);
}

static enum status write_one(const struct prober *p, const char *name, const char *value, bool first, struct error *err)
{
	AUTO_TEXT struct text line = text_make(LINE_MAX_BYTES);
	struct json j = json_on(&line);
	json_begin_object(&j, NULL);
	json_add_string(&j, name, value);
	if (first) {
		json_add_u64(&j, "version", 1);
		json_add_string(&j, "token", p->token);
	}
	json_end_object(&j);
	return write_line(p, &line, err);
}

static enum status try_all(const struct prober *p, struct error *err)
{
	enum status status = write_one(p, "format", "airgap-verify challenge", true, err);
	for (size_t i = 0; i < probe_count && !status; i++)
		status = try_probe(p, &probes[i], err);
	return status ? status : write_one(p, "end", "all were tried", false, err);
}

enum status prober_run(const char *policy, const char *output, struct error *err)
{
	unsigned char bytes[(TARGET_TOKEN_MAX - 1) / 2];
	struct prober p = {.policy_path = policy, .policy = must_alloc(1, sizeof *p.policy), .output = -1};
	enum status status = load_policy(policy, p.policy, err);
	if (!status)
		status = file_create(AT_FDCWD, output, &p.output, err);
	random_bytes(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(p.token + 2 * i, 3, "%02x", bytes[i]);
	if (!status)
		status = try_all(&p, err);
	if (!status)
		status = file_close(&p.output, output, err);
	free(p.policy);
	return status;
}

enum status prober_child(const char *policy, const char *token, const char *fd, struct error *err)
{
	uint64_t number;
	struct probe_result r = {0};
	AUTO_FREE struct policy *p = must_alloc(1, sizeof *p);
	enum status status = load_policy(policy, p, err);
	if (status)
		return status;
	if (!slice_u64(slice_of_string(fd), 1 << 20, &number) || strlen(token) != TARGET_TOKEN_MAX - 1)
		return fail(err, ERR_USAGE, "only the prober of a challenge starts this");
	struct probe_target t = probe_target(probe_find(SLICE("child")), &p->challenge);
	if (t.skipped)
		return fail(err, ERR_CONFIG, "%s", t.skipped);
	alarm(PROBE_LIMIT_S);
	probe_try(&t, &p->challenge, token, &r);
	hand_over((int)number, &r);
	return OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/sessions/write.h"

#include "collectors/evidence.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static void put(int folder, const char *name, struct slice bytes)
{
	int fd = openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || write(fd, bytes.at, bytes.size) != (ssize_t)bytes.size || close(fd) != 0)
		die("cannot write %s", name);
}

static void write_session(int folder)
{
	AUTO_TEXT struct text t = text_make(1 << 16);
	struct json j = json_on(&t);
	json_begin_object(&j, NULL);
	json_add_string(&j, "format", "airgap-verify session");
	json_add_i64(&j, "version", 1);
	json_begin_object(&j, "options");
	json_add_string(&j, "scope", "session");
	json_end_object(&j);
	json_begin_object(&j, "policy");
	json_add_string(&j, "text", write_policy);
	json_end_object(&j);
	json_end_object(&j);
	put(folder, "session.json", text_slice(&t));
}

static void add_process(struct json *j, unsigned pid, bool ours)
{
	json_add_u64(j, "pid", pid);
	json_add_u64(j, "tid", pid);
	json_add_u64(j, "uid", ours ? 1000 : 33);
	json_add_string(j, "comm", pid == 100 ? "app" : pid == 101 ? "helper" : pid == 102 ? "other-app" : "neighbour");
	if (ours) {
		json_add_bool(j, "cgroup", true);
		json_add_bool(j, "tree", true);
	}
}

static void add_connect(struct evidence *e, int64_t at_ns, unsigned sport, const char *dst, unsigned port, uint64_t cookie,
			bool suite, const struct plan_attempt *a)
{
	struct json *j = evidence_begin(e, "attempt", at_ns);
	if (suite) {
		json_add_u64(j, "pid", 9);
		json_add_u64(j, "tid", 9);
		json_add_string(j, "comm", "airgap-collect");
		json_add_bool(j, "suite", true);
	} else {
		add_process(j, a->pid, a->ours);
	}
	json_add_string(j, "call", "connect");
	json_add_string(j, "proto", "tcp");
	json_add_u64(j, "sport", sport);
	json_add_string(j, "dst", dst);
	json_add_u64(j, "dport", port);
	json_add_u64(j, "cookie", cookie);
	json_add_u64(j, "netns", 1);
	bool left = a && a->remote && !strcmp(a->outcome, "ok");
	if (left)
		json_add_u64(j, "ifindex", 2);
	evidence_end(e);
	if (!a || !strcmp(a->outcome, "ok")) {
		j = evidence_begin(e, "state", at_ns + 1000);
		json_add_u64(j, "cookie", cookie);
		json_add_string(j, "state", "established");
	} else {
		j = evidence_begin(e, "result", at_ns + 1000);
		json_add_u64(j, "tid", a->pid);
		json_add_i64(j, "value", strcmp(a->outcome, "denied") ? -ECONNREFUSED : -EPERM);
	}
	evidence_end(e);
	if (a && a->sent) {
		j = evidence_begin(e, "bytes", at_ns + PLAN_SECOND);
		json_add_u64(j, "cookie", cookie);
		json_add_u64(j, "sent", a->sent);
		evidence_end(e);
	}
}

static void add_canary(const struct plan *p, struct evidence *e, int round)
{
	int64_t at = round ? PLAN_BEGIN_NS + p->length_ns + 6 * PLAN_SECOND : PLAN_BEGIN_NS - 2 * PLAN_SECOND;
	if (p->fault != FAULT_BLIND || round == 0)
		add_connect(e, at, 31001 + (unsigned)round, "127.0.0.1", 32001 + (unsigned)round, 9001 + (unsigned)round, true, NULL);
	struct json *j = evidence_begin(e, "canary", at);
	json_add_i64(j, "round", round + 1);
	json_add_i64(j, "end", at + PLAN_SECOND / 10);
	json_add_string(j, "proto", "tcp");
	json_add_string(j, "src", "127.0.0.1");
	json_add_i64(j, "sport", 31001 + round);
	json_add_string(j, "dst", "127.0.0.1");
	json_add_i64(j, "dport", 32001 + round);
	evidence_end(e);
}

static void add_state(struct evidence *e, const char *state, const char *part, int64_t at_ns)
{
	struct json *j = evidence_begin(e, "witness", at_ns);
	json_add_string(j, "witness", "kernel");
	if (part)
		json_add_string(j, "part", part);
	json_add_string(j, "state", state);
	json_add_string(j, "detail", "");
	if (!part)
		json_add_string(j, "remedy", "");
	evidence_end(e);
}

static void add_beginning(const struct plan *p, struct evidence *e)
{
	const int64_t at = PLAN_BEGIN_NS - PLAN_SECOND;
	add_state(e, "on", NULL, at - 2 * PLAN_SECOND);
	add_state(e, "on", "syscall", at - 2 * PLAN_SECOND);
	add_canary(p, e, 0);
	evidence_checkpoint(e, SLICE("{\"kernel\":0}"), false);
	struct json *j = evidence_begin(e, "command", at);
	json_add_string(j, "state", "started");
	json_add_u64(j, "pid", 100);
	evidence_end(e);
	for (unsigned pid = 100; pid <= 102; pid++) {
		j = evidence_begin(e, "fork", at);
		add_process(j, pid == 100 ? 99 : 100, true);
		json_add_u64(j, "child", pid);
		evidence_end(e);
		j = evidence_begin(e, "exec", at);
		add_process(j, pid, true);
		json_add_u64(j, "ppid", pid == 100 ? 99 : 100);
		json_add_string(j, "exe", pid == 100 ? "/opt/app" : pid == 101 ? "/opt/helper" : "/opt/other-app");
		evidence_end(e);
	}
}

/* Lines as a program writes them, in the order of its clock as it went. */
static void write_log(const struct plan *p, unsigned log, int folder, struct evidence *e)
{
	char name[32], date[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text t = text_make(8 << 20);
	struct json j;
	for (size_t i = 0; i < p->entry_count; i++) {
		const struct plan_entry *entry = &p->entries[i];
		if (entry->log != log)
			continue;
		j = json_on(&t);
		clock_text(entry->at_ns, 9, date);
		json_begin_object(&j, NULL);
		json_add_string(&j, "time", date);
		if (entry->process)
			json_add_string(&j, "process", entry->process);
		if (entry->pid)
			json_add_u64(&j, "pid", entry->pid);
		json_add_string(&j, "host", entry->host);
		json_add_u64(&j, "port", entry->port);
		json_add_string(&j, "proto", "tcp");
		json_add_string(&j, "decision", entry->says);
		json_end_object(&j);
		text_add_char(&t, '\n');
	}
	snprintf(name, sizeof name, "applogs/%u-log", log + 1);
	put(folder, name, text_slice(&t));
	struct json *r = evidence_begin(e, "applog", PLAN_BEGIN_NS + p->length_ns + 7 * PLAN_SECOND);
	json_add_string(r, "app", "app");
	json_add_string(r, "path", "/log");
	json_add_string(r, "copy", name);
	json_add_string(r, "role", "audit");
	json_add_i64(r, "before", 0);
	json_add_u64(r, "after", t.size);
	json_add_i64(r, "copied_from", 0);
	json_add_string(r, "change", p->logs[log].change);
	evidence_end(e);
}

static void add_end(const struct plan *p, struct evidence *e)
{
	const int64_t to = PLAN_BEGIN_NS + p->length_ns + 5 * PLAN_SECOND;
	struct json *j = evidence_begin(e, "command", to);
	json_add_string(j, "state", "ended");
	json_add_i64(j, "status", 0);
	evidence_end(e);
	add_canary(p, e, 1);
	if (p->fault == FAULT_DIED)
		add_state(e, "died", NULL, to);
	j = evidence_begin(e, "close", to + 8 * PLAN_SECOND);
	json_add_string(j, "reason", "the command ended");
	json_add_i64(j, "until", to);
	evidence_end(e);
}

void write_folder(const struct plan *p, int folder)
{
	struct error err = {0};
	struct evidence *e = NULL;
	write_session(folder);
	if (mkdirat(folder, "applogs", 0700) != 0 || evidence_open(folder, "evidence.ndjson", "00", &e, &err))
		die("cannot write a session: %s", err.text);
	add_beginning(p, e);
	for (size_t i = 0; i < p->attempt_count; i++) {
		const struct plan_attempt *a = &p->attempts[i];
		add_connect(e, a->at_ns, a->sport, a->dst, a->port, i + 10, false, a);
	}
	for (unsigned i = 0; i < p->log_count; i++)
		write_log(p, i, folder, e);
	add_end(p, e);
	evidence_checkpoint(e, p->fault == FAULT_LOSS ? SLICE("{\"kernel\":3}") : SLICE("{\"kernel\":0}"), p->fault != FAULT_OPEN);
	if (evidence_close(&e, &err))
		die("cannot write a session: %s", err.text);
}

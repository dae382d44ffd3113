/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a session says of itself in the evidence.
 */
#include "collectors/platform.h"

#include "collectors/processes.h"
#include "collectors/registry.h"
#include "core/auto.h"
#include "core/file.h"

enum { LEFT_MAX = 64 /* processes that are named when the watch ends */ };

void session_write_witnesses(struct session *s, const struct error reasons[])
{
	for (size_t i = 0; collectors[i]; i++) {
		const struct collector *c = collectors[i];
		if (c->wanted && !c->wanted(s->w.options))
			continue;
		bool on = session_is_running(s, c->name);
		if (!on && !reasons[i].status)
			continue; /* this session does without it */
		bool rights = reasons[i].status == ERR_PERMISSION;
		watch_witness(&s->w, c->name, NULL, on ? "on" : "missing",
			      on ? c->witnesses : reasons[i].text,
			      on ? "" : rights ? platform_more_rights : c->needs);
	}
}

enum status session_write_start(struct session *s, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	AUTO_FD int fd = -1;
	enum status status = file_open(s->w.folder, "session.json", &fd, err);
	if (!status)
		status = hash_fd(fd, digest, NULL, err);
	if (status)
		return status;
	struct json *j = evidence_begin(s->w.evidence, "session", clock_now().wall_ns);
	json_add_hex(j, "sha256", digest, sizeof digest);
	json_add_bool(j, "cgroup", s->w.cgroup_id != 0);
	evidence_end(s->w.evidence);
	return OK;
}

void session_write_command(struct session *s, const char *state, const char *member, int64_t value)
{
	struct json *j = evidence_begin(s->w.evidence, "command", clock_now().wall_ns);
	json_add_string(j, "state", state);
	json_add_i64(j, member, value);
	evidence_end(s->w.evidence);
}

uint64_t session_lost(struct session *s, struct text *ret)
{
	uint64_t sum = 0;
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	for (size_t i = 0; i < s->running_count; i++) {
		struct running *r = &s->running[i];
		if (r->state && r->collector->lost)
			r->lost = r->collector->lost(r->state);
		json_add_u64(&j, r->collector->name, r->lost);
		sum += r->lost;
	}
	json_end_object(&j);
	return sum;
}

void session_write_failed(struct session *s, const char *problem)
{
	struct json *j = evidence_begin(s->w.evidence, "command", clock_now().wall_ns);
	json_add_string(j, "state", "not executed");
	json_add_string(j, "problem", problem);
	evidence_end(s->w.evidence);
}

void session_write_left(struct session *s)
{
	uint32_t left[LEFT_MAX];
	size_t count = platform_living(s, left, LEFT_MAX);
	for (size_t i = 0; i < count; i++) {
		char name[PLATFORM_NAME_MAX];
		if (!platform_name(left[i], name))
			continue;
		struct json *j = evidence_begin(s->w.evidence, "left", clock_now().wall_ns);
		json_add_u64(j, "pid", left[i]);
		json_add_string(j, "comm", name);
		evidence_end(s->w.evidence);
	}
}

void session_write_close(struct session *s)
{
	struct clock_pair now = clock_now();
	struct json *j = evidence_begin(s->w.evidence, "close", now.wall_ns);
	json_add_i64(j, "mono", now.mono_ns);
	json_add_i64(j, "until", s->until_ns);
	json_add_string(j, "reason", s->end);
	json_add_bool(j, "command_ended", s->command_ended || !s->w.command);
	json_add_u64(j, "processes", processes_seen(s->w.processes));
	json_add_u64(j, "rounds", s->rounds);
	json_add_u64(j, "records", evidence_records(s->w.evidence));
	evidence_end(s->w.evidence);
}

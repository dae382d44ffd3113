/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_WINDOWS_SESSION_H
#define TESTS_UNIT_WINDOWS_SESSION_H

/*
 * The evidence of a session on Windows, made by the writers of the product: the events as
 * its collector copies them, the records of its course, and its checkpoints. In seconds
 * of its own: the canaries are made at 9 and at 31, the command runs from 10 to 29, and
 * the watch ends at 30. A test tells what happens between.
 */

#include "tests/unit/etl_payload.h"
#include "tests/unit/judge_rows.h"

#include "collectors/evidence.h"
#include "ingest/ingest.h"

/* Nothing of it needs Windows, and the Linux programs do not have it. */
#include "collectors/windows/etw_record.c"

enum { WINDOWS_SUITE = 900, WINDOWS_COMMAND = 1000, WINDOWS_CHILD = 1004, WINDOWS_OTHER = 2000 };

struct windows {
	struct rows *r;
	struct evidence *e;
	int64_t base_ns;  /* of second 0; all of it lies before the checkpoints, which tell the time of now */
	unsigned lost;    /* events, as the last checkpoint tells */
	const char *policy, *scope;
	bool blind_udp, blind_after; /* canaries that no event tells of */
	bool nobody;      /* no process is told of */
};

static inline int64_t windows_time(const struct windows *w, double second)
{
	return w->base_ns + (int64_t)(second * 1e9);
}

static inline void windows_event(struct windows *w, double second, struct build_guid provider, unsigned id, unsigned version,
				 uint32_t pid, struct slice payload)
{
	static struct build b;
	struct etw_record e = {
		.filetime = INT64_C(116444736000000000) + windows_time(w, second) / 100,
		.keyword = UINT64_C(0x8000000000000010),
		.pid = pid,
		.tid = 7,
		.id = (uint16_t)id,
		.flags = 0x40,
		.version = (uint8_t)version,
		.opcode = (uint8_t)id,
		.size = (uint32_t)payload.size,
	};
	b.size = 0;
	build_guid(&b, provider);
	memcpy(e.provider, b.bytes, sizeof e.provider);
	etw_record_write(w->e, &e, payload);
}

/* Of Kernel-Network, from port `lport` to port `rport`: 127.0.0.1 and itself, ::1 and itself. */
static inline struct slice windows_loopback(uint32_t pid, uint32_t size, unsigned lport, unsigned rport, bool v6)
{
	struct build *b = payload();
	build_put(b, pid, 4);
	build_put(b, size, 4);
	for (int i = 0; i < 2; i++)
		if (v6) {
			build_put(b, 0, 15);
			build_put(b, 1, 1);
		} else {
			build_v4(b, 127, 0, 0, 1);
		}
	build_be16(b, rport);
	build_be16(b, lport);
	return build_slice(b);
}

static inline struct json *windows_record(struct windows *w, const char *kind, double second)
{
	return evidence_begin(w->e, kind, windows_time(w, second));
}

static inline void windows_process(struct windows *w, double second, uint32_t pid, uint32_t ppid, const char *comm)
{
	struct json *j = windows_record(w, "process", second);
	json_add_u64(j, "pid", pid);
	json_add_u64(j, "ppid", ppid);
	json_add_string(j, "comm", comm);
	json_add_bool(j, "tree", true);
	evidence_end(w->e);
}

static inline void windows_exit(struct windows *w, double second, uint32_t pid)
{
	struct json *j = windows_record(w, "exit", second);
	json_add_u64(j, "pid", pid);
	json_add_u64(j, "status", 0);
	evidence_end(w->e);
}

/* A row of a table of sockets, from 192.0.2.1 or fe80::1. */
static inline void windows_socket(struct windows *w, double second, uint32_t pid, const char *remote, unsigned rport, const char *state)
{
	struct json *j = windows_record(w, "socket", second);
	json_add_string(j, "witness", "socket_tables");
	json_add_string(j, "moment", "during");
	json_add_string(j, "proto", "tcp");
	json_add_string(j, "local", strchr(remote, ':') ? "fe80::1%12" : "192.0.2.1");
	json_add_u64(j, "lport", 50000);
	json_add_string(j, "remote", remote);
	json_add_u64(j, "rport", rport);
	json_add_string(j, "state", state);
	json_add_u64(j, "pid", pid);
	json_add_string(j, "process", "agent.exe");
	evidence_end(w->e);
}

static inline void windows_canary(struct windows *w, double second, unsigned round, const char *proto, bool v6, unsigned sport)
{
	const char *address = v6 ? "::1" : "127.0.0.1";
	bool udp = proto[0] == 'u';
	struct json *j = windows_record(w, "canary", second);
	json_add_u64(j, "round", round);
	json_add_string(j, "proto", proto);
	json_add_string(j, "dst", address);
	json_add_string(j, "src", address);
	json_add_u64(j, "sport", sport);
	json_add_u64(j, "dport", sport + 1);
	json_add_i64(j, "end", windows_time(w, second + 0.2));
	evidence_end(w->e);
	if ((udp && w->blind_udp) || (round > 1 && w->blind_after))
		return;
	unsigned id = (udp ? 42U : 12U) + (v6 ? 16U : 0U);
	windows_event(w, second + 0.01, guid_network, id, 0, WINDOWS_SUITE,
		      windows_loopback(WINDOWS_SUITE, udp ? 1 : 0, sport, sport + 1, v6));
}

static inline void windows_canaries(struct windows *w, double second, unsigned round)
{
	windows_canary(w, second, round, "tcp", false, 20000 + 100 * round);
	windows_canary(w, second, round, "tcp", true, 20010 + 100 * round);
	windows_canary(w, second, round, "udp", false, 20020 + 100 * round);
	windows_canary(w, second, round, "udp", true, 20030 + 100 * round);
}

static inline void windows_command(struct windows *w, double second, const char *state)
{
	struct json *j = windows_record(w, "command", second);
	json_add_string(j, "state", state);
	json_add_u64(j, state[0] == 's' ? "pid" : "status", state[0] == 's' ? WINDOWS_COMMAND : 0);
	evidence_end(w->e);
}

/* Up to the moment at which the command runs. */
static inline void windows_begin(struct windows *w, struct rows *r)
{
	struct error err = {0};
	*w = (struct windows){.r = r, .base_ns = clock_now().wall_ns - 100 * CLOCK_SECOND, .scope = "session",
			      .policy = "[policy]\nrequired = etw\n"};
	assert_int_equal(evidence_open(r->s->fd, "evidence.ndjson", "00", &w->e, &err), OK);
	struct json *j = windows_record(w, "witness", 1);
	json_add_string(j, "witness", "etw");
	json_add_string(j, "state", "on");
	evidence_end(w->e);
	j = windows_record(w, "network", 1);
	json_add_raw(j, "addresses", SLICE("[{\"address\":\"192.0.2.1\",\"interface\":\"Ethernet\",\"ifindex\":2}]"));
	evidence_end(w->e);
	j = windows_record(w, "etw_session", 1);
	json_add_u64(j, "pid", WINDOWS_SUITE);
	json_add_raw(j, "providers", SLICE("[{\"provider\":\"7dd42a49-5329-4832-8dfd-43d979153a88\"},"
					   "{\"provider\":\"2f07e2ee-15db-40f1-90ef-9d7ba282188a\"}]"));
	evidence_end(w->e);
}

static inline void windows_start(struct windows *w)
{
	windows_canaries(w, 9, 1);
	if (!w->nobody)
		windows_process(w, 9.9, WINDOWS_COMMAND, WINDOWS_SUITE, "agent.exe");
	windows_command(w, 10, "started");
}

static inline void windows_fact(struct windows *w, const char *name, const char *value)
{
	struct error err = {0};
	sqlite3_stmt *q = store_query(w->r->store, QUERY_SESSION_SET);
	store_bind_text(q, 1, name);
	store_bind_text(q, 2, value);
	assert_int_equal(store_run(q, &err), OK);
}

/* To the end, and into the store. */
static inline enum verdict windows_judge(struct windows *w)
{
	struct error err = {0};
	struct ingest_result result;
	struct ingest to = {.path = "evidence.ndjson"};
	char lost[32];
	windows_command(w, 29, "ended");
	windows_canaries(w, 31, 2);
	struct json *j = windows_record(w, "close", 32);
	json_add_i64(j, "until", windows_time(w, 30));
	json_add_string(j, "reason", "the command ended");
	evidence_end(w->e);
	snprintf(lost, sizeof lost, "{\"etw\":%u}", w->lost);
	evidence_checkpoint(w->e, slice_of_string(lost), true);
	assert_int_equal(evidence_close(&w->e, &err), OK);
	rows_do(w->r, FACT("system", "Windows") FACT("clock_synchronised", "true"));
	windows_fact(w, "scope", w->scope);
	windows_fact(w, "policy", w->policy);
	enum status status = ingest_read(w->r->store, &to, w->r->s->fd, &(struct ingest_options){0}, &result, &err);
	assert_string_equal(err.text, "");
	assert_int_equal(status, OK);
	return rows_judge(w->r);
}

#endif

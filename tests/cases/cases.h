/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_CASES_CASES_H
#define TESTS_CASES_CASES_H

/*
 * Real captures, read by the real program and compared with what others say of
 * them. A peer's answer is taken apart into claims ("this conversation is there",
 * "that name was asked for"); each agrees, differs or cannot be compared.
 */

#include "core/address.h"
#include "core/arena.h"
#include "core/json.h"
#include "core/text.h"

enum {
	CASES_PATH_MAX = 1024,
	CASES_NAME_MAX = 1024, /* a name as we write it */
	CASES_WHAT_MAX = 2048, /* a claim in words */
	CASES_KINDS_MAX = 128,
	CASES_ROWS_MAX = 100000, /* of one of our tables, of one file */
};

/* What we made of one capture. */
struct our_flow {
	int64_t id, outer; /* the tunnel that carried it; 0: none */
	int64_t pid;       /* 0: not told */
	const char *proto, *state, *process;
	struct address src, dst;
	int32_t sport, dport; /* -1: none */
	uint64_t packets[2], bytes[2]; /* from src, from dst */
	bool used;                     /* by a claim of the group at hand */
};

struct our_query {
	const char *name, *type, *rcode, *answers, *transport;
	struct address client, server;
	int32_t sport, dport;
	int64_t packet;
};

struct our_name {
	int64_t flow;
	const char *name, *how, *detail;
};

/* An entry of a log. */
struct our_event {
	int64_t line, time_ns;
	const char *host, *proto, *disposition, *direction; /* "" for none */
	struct address src, dst;
	int32_t sport, dport;
};

struct our_attempt {
	const char *call, *proto, *src, *dst, *comm;
	int32_t sport, dport;
	int64_t pid; /* -1: not told */
};

struct our_process {
	int64_t pid, ppid; /* 0: not told */
	const char *comm, *exe;
	bool ended;
};

struct our_socket {
	const char *proto, *local, *remote, *state, *process; /* "" for none */
	int32_t lport, rport;                                 /* -1: none */
	int64_t pid, uid;                                     /* likewise */
	bool used;                                            /* by a claim */
};

struct our_skip {
	const char *reason;
	uint64_t count;
};

struct ours {
	struct our_flow *flows;
	struct our_query *queries;
	struct our_name *names;
	struct our_skip *skips;
	struct our_attempt *attempts;
	struct our_process *processes;
	size_t attempt_count, process_count;
	struct our_socket *sockets;
	struct our_event *events;
	size_t flow_count, query_count, name_count, skip_count, socket_count, event_count;
	uint64_t records;
	bool read; /* the program ended well */
	char problem[256];
};

/* Two ends as a peer gives them; a port of -1 is none, or of no matter. */
struct ends {
	const char *proto; /* as we write it; NULL: any */
	struct address a, b;
	int32_t a_port, b_port;
};

/* Runs PROGRAM ingest on a file, with limits on its time and memory, and loads what
 * it wrote. */
void run_reader(const char *program, const char *file, struct arena *arena, struct ours *ret);
enum status ours_load(const char *database, struct arena *arena, struct ours *ret,
		      struct error *err) MUST_CHECK;

bool same_ends(const struct our_flow *f, const struct ends *e, bool *ret_turned);
bool same_name(const char *a, const char *b); /* without case (RFC 4343) */

/* The flow that fits best: not used yet, of that direction, with those bytes (NULL:
 * of no matter); NULL where none has these ends. */
struct our_flow *best_flow(struct ours *o, const struct ends *e, const uint64_t bytes[]);

const struct our_flow *flow_of(const struct ours *o, int64_t id); /* NULL: none */

/* The rows are ours but `ends` is NULL: on any flow. `how` is a part of the word. */
bool has_name(const struct ours *o, const struct ends *e, const char *name, const char *how);
bool has_query(const struct ours *o, const struct ends *e, const char *name, const char *type);

bool has_detail(const struct ours *o, const char *part);

/* Claims. */
enum outcome { AGREES, DIFFERS, NOT_COMPARABLE };

struct tally; /* opaque */

struct tally *tally_new(const char *folder);
void tally_free(struct tally *t); /* NULL-safe */

/* The peer and the file that the next claims are about. */
void tally_file(struct tally *t, const char *peer, const char *file);

/* `kind` and `peer` are constants; the words tell the claim, then what we have. */
void tally_claim(struct tally *t, const char *kind, enum outcome outcome, const char *format, ...)
	PRINTF_LIKE(4, 5);

/* Prints what was found; false where a difference is neither deliberate nor known. */
bool tally_end(struct tally *t, bool write_known);

/* Peers. Each reads its answer to one capture. */
struct peer_run {
	struct tally *tally;
	struct ours *ours;
	struct arena *arena;
	struct slice answer; /* the whole file */
	const char *path;    /* of what it is the answer to */
};

void peer_zeek(struct peer_run *r);
void peer_ndpi(struct peer_run *r);
void peer_ja4(struct peer_run *r);
void peer_suricata(struct peer_run *r);
void peer_tshark(struct peer_run *r);
void peer_tcpdump(struct peer_run *r);
void peer_etl(struct peer_run *r);
void peer_jc(struct peer_run *r);
void peer_crowdsec(struct peer_run *r);
void peer_crowdsec_alerts(struct peer_run *r);
void peer_w3c(struct peer_run *r);

/* JSON members as C values; NULL or -1 where they are absent, null or something else. */
const char *member_text(struct arena *arena, const struct json_value *v);
int64_t member_number(const struct json_value *v);

/* "192.0.2.1" or "[2001:db8::1]"; ADDRESS_NONE where it is neither. */
struct address address_of(const char *text);

/* "tcp 192.0.2.1:1 > 192.0.2.2:2" */
const char *ends_text(struct arena *arena, const struct ends *e);

#endif

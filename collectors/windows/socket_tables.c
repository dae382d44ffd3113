/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The socket witness of Windows: its tables of TCP and UDP sockets, with the process and
 * the services behind each. Windows announces no socket; the tables are read again and
 * again, and what lived between two readings was not seen.
 */
#include "collectors/registry.h"

#include "collectors/windows/process_info.h"
#include "collectors/windows/services.h"
#include "collectors/windows/socket_table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	ROWS_MAX = 200000,  /* of one reading */
	KNOWN_BITS = 17,
	POLL_MS = 50,
	IDLE_SHARE = 10,    /* reading takes at most one part in so many of the time */
};

struct sockets {
	struct watch *w;
	struct socket_table table;
	struct services services;
	struct process_info owner; /* of the row before: rows of a process stand together */
	uint64_t lost;             /* tables that were refused, rows past the maximum */
	int64_t next_ns;           /* when to read again */
	uint64_t known[1 << KNOWN_BITS]; /* marks of rows written before */
};

static void mix(uint64_t *mark, const void *bytes, size_t size)
{
	/* FNV-1a: rows are no adversary, and a clash writes one twice or hides one that
	 * differs from the last of its slot in nothing but chance */
	const unsigned char *at = bytes;
	for (size_t i = 0; i < size; i++)
		*mark = (*mark ^ at[i]) * UINT64_C(0x100000001b3);
}

/* Was this row written before, in this state? */
static bool is_known(struct sockets *s, const struct socket_row *row)
{
	uint64_t mark = UINT64_C(0xcbf29ce484222325);
	mix(&mark, row->proto, 3);
	mix(&mark, row->state, strlen(row->state));
	mix(&mark, row->local.bytes, sizeof row->local.bytes);
	mix(&mark, row->remote.bytes, sizeof row->remote.bytes);
	mix(&mark, &row->lport, sizeof row->lport);
	mix(&mark, &row->rport, sizeof row->rport);
	mix(&mark, &row->pid, sizeof row->pid);
	mix(&mark, &row->created_ns, sizeof row->created_ns);
	uint64_t *slot = &s->known[mark >> (64 - KNOWN_BITS)];
	bool known = *slot == mark;
	*slot = mark;
	return known;
}

static void add_owner(struct sockets *s, struct json *j, uint32_t pid)
{
	if (!pid)
		return; /* what is left of a connection belongs to nobody */
	json_add_u64(j, "pid", pid);
	if (!s->owner.exe[0] || s->owner.pid != pid)
		process_info_read(pid, &s->owner);
	if (s->owner.exe[0])
		json_add_string(j, "process", s->owner.exe);
	services_look(&s->services);
	services_add(&s->services, j, pid);
}

static void write_row(struct sockets *s, const struct socket_row *row, const char *moment)
{
	char text[ADDRESS_TEXT_MAX];
	struct json *j = evidence_begin(s->w->evidence, "socket", clock_now().wall_ns);
	json_add_string(j, "witness", "socket_tables");
	json_add_string(j, "moment", moment);
	json_add_string(j, "proto", row->proto);
	address_text(&row->local, text);
	json_add_string(j, "local", text);
	json_add_u64(j, "lport", row->lport);
	address_text(&row->remote, text);
	json_add_string(j, "remote", text);
	json_add_u64(j, "rport", row->rport);
	json_add_string(j, "state", row->state);
	add_owner(s, j, row->pid);
	if (row->created_ns)
		json_add_i64(j, "created", row->created_ns);
	evidence_end(s->w->evidence);
}

/* Reads all tables; writes their rows, with `all` also those that were written before.
 * Returns how many there were. */
static uint64_t read_all(struct sockets *s, const char *moment, bool all)
{
	uint64_t rows = 0;
	s->owner.exe[0] = 0; /* its pid may be another's by now */
	for (unsigned kind = 0; kind < SOCKET_TABLE_KINDS; kind++) {
		if (!socket_table_read(&s->table, kind)) {
			s->lost++;
			continue;
		}
		for (size_t i = 0; i < s->table.count; i++) {
			struct socket_row row;
			if (++rows > ROWS_MAX) {
				s->lost++;
				continue;
			}
			socket_table_row(&s->table, i, &row);
			bool known = is_known(s, &row);
			if (all || !known)
				write_row(s, &row, moment);
		}
	}
	return rows;
}

static enum status sockets_open(struct watch *w, void **ret_state, struct error *err)
{
	struct socket_table table = {0};
	bool there = socket_table_read(&table, 0);
	socket_table_free(&table);
	if (!there)
		return fail(err, ERR_UNAVAILABLE, "Windows does not hand out its table of connections");
	struct sockets *s = must_alloc(1, sizeof *s);
	s->w = w;
	*ret_state = s;
	return OK;
}

/* More often than this a session's own loop may ask; a host with many sockets waits for
 * longer, for each reading walks all of them. */
static void sockets_drain(void *state)
{
	struct sockets *s = state;
	int64_t now = clock_mono();
	if (now < s->next_ns)
		return;
	read_all(s, "during", false);
	int64_t took = clock_mono() - now;
	int64_t pause = POLL_MS * CLOCK_MILLISECOND;
	s->next_ns = now + (took * IDLE_SHARE > pause ? took * IDLE_SHARE : pause);
}

static void sockets_round(void *state, const struct round *r)
{
	struct sockets *s = state;
	uint64_t rows = read_all(s, r->moment, strcmp(r->moment, "during") != 0);
	struct json *j = evidence_begin(s->w->evidence, "socket_table", clock_now().wall_ns);
	json_add_string(j, "witness", "socket_tables");
	json_add_string(j, "moment", r->moment);
	json_add_u64(j, "rows", rows);
	evidence_end(s->w->evidence);
}

static uint64_t sockets_lost(void *state)
{
	const struct sockets *s = state;
	return s->lost;
}

static uint64_t sockets_stop(void *state)
{
	struct sockets *s = state;
	uint64_t lost = s->lost;
	socket_table_free(&s->table);
	services_free(&s->services);
	free(s);
	return lost;
}

static void sockets_probe(struct probe *ret)
{
	struct socket_table table = {0};
	ret->works = socket_table_read(&table, 0);
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 ret->works ? "the tables of sockets can be read" : "Windows refuses its tables of sockets");
	socket_table_free(&table);
}

const struct collector collector_socket_tables = {
	.name = "socket_tables",
	.witnesses = "Windows' tables of sockets with their processes, twenty times a second",
	.needs = "nothing; administrator rights to name other users' programs",
	.canaries = true,
	.probe = sockets_probe,
	.open = sockets_open,
	.drain = sockets_drain,
	.round = sockets_round,
	.stop = sockets_stop,
	.lost = sockets_lost,
};

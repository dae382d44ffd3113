/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The socket witness of macOS: there is no table of sockets to ask for, so the open files
 * of each process are gone through. Those of the session's processes twenty times a
 * second, those of all others at every round.
 */
#include "collectors/registry.h"
#include "collectors/macos/process_info.h"
#include "collectors/macos/socket_files.h"
#include "collectors/processes.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	POLL_MS = 50,
	IDLE_SHARE = 10,    /* looking takes at most one part in so many of the time */
	KNOWN_SLOTS = 1 << 17,
};

struct sockets {
	struct watch *w;
	int64_t next_ns; /* when to look again */
	uint64_t lost; /* times that a process was not looked at, or not at all of its files */
	uint64_t known[KNOWN_SLOTS]; /* marks of rows written before */
	uint64_t told[KNOWN_SLOTS];  /* of the session's connections, whatever their state */
	uint32_t pids[PROCESS_INFO_ALL_MAX];
	struct socket_files files;
};

/* One look at a process. */
struct look {
	const char *moment;
	bool all;     /* else only rows that are new */
	bool session; /* it is one of the session's */
	uint32_t pid;
	struct process_info process;
	uint64_t rows, unreadable;
};

/* Was it there before? A clash forgets the older one. */
static bool is_known(uint64_t known[static KNOWN_SLOTS], uint64_t mark)
{
	uint64_t *slot = &known[mark >> 47];
	bool there = *slot == mark;
	*slot = mark;
	return there;
}

static void write_row(struct sockets *s, const struct look *l, const struct socket_row *r)
{
	char text[ADDRESS_TEXT_MAX], path[PROCESS_INFO_PATH_MAX];
	bool named = process_info_path(l->pid, path);
	struct json *j = evidence_begin(s->w->evidence, "socket", clock_now().wall_ns);
	json_add_string(j, "moment", l->moment);
	json_add_string(j, "proto", r->proto);
	address_text(&r->local, text);
	json_add_string(j, "local", text);
	json_add_u64(j, "lport", r->lport);
	address_text(&r->remote, text);
	json_add_string(j, "remote", text);
	json_add_u64(j, "rport", r->rport);
	json_add_string(j, "state", r->state);
	json_add_u64(j, "uid", l->process.uid);
	json_add_u64(j, "pid", l->pid);
	json_add_string(j, "process", named ? path : l->process.comm);
	json_add_string(j, "witness", "socket_tables");
	evidence_end(s->w->evidence);
}

static void tell_row(struct sockets *s, const struct look *l, const struct socket_row *r,
		     uint64_t handle)
{
	struct socket_row stateless = *r;
	stateless.state = "";
	if (r->rport == 0 || is_known(s->told, socket_row_mark(&stateless, handle, l->pid)))
		return;
	if (watch_leaves(s->w, &r->remote))
		watch_tell_egress(s->w, l->pid, slice_of_string(l->process.comm), "socket", r->proto,
				  &r->remote, r->rport);
	else
		s->w->tally.local++;
}

static void look_at(struct sockets *s, struct look *l, uint32_t pid)
{
	struct socket_facts facts;
	struct socket_row row;
	uint64_t handle;
	l->pid = pid;
	if (!process_info_read(pid, &l->process) || l->process.ended)
		return;
	if (!socket_files_open(&s->files, pid)) {
		l->unreadable++;
		/* of another user: what it does is not seen, though it is the session's */
		s->lost += l->session && errno == EPERM;
		return;
	}
	s->lost += s->files.cut;
	while (socket_files_next(&s->files, &facts, &handle)) {
		if (!socket_row_make(&facts, &row))
			continue;
		l->rows++;
		bool known = is_known(s->known, socket_row_mark(&row, handle, pid));
		if (l->all || !known)
			write_row(s, l, &row);
		if (l->session)
			tell_row(s, l, &row, handle);
	}
}

static void look_at_session(struct sockets *s, struct look *l)
{
	int64_t now = clock_mono(), pause = POLL_MS * CLOCK_MILLISECOND;
	size_t at = 0;
	l->session = true;
	for (uint32_t pid = processes_next(s->w->processes, &at); pid;
	     pid = processes_next(s->w->processes, &at))
		look_at(s, l, pid);
	int64_t took = clock_mono() - now;
	s->next_ns = now + (took * IDLE_SHARE > pause ? took * IDLE_SHARE : pause);
}

static void sockets_round(void *state, const struct round *r)
{
	struct sockets *s = state;
	struct look l = {.moment = r->moment, .all = strcmp(r->moment, "during") != 0};
	look_at_session(s, &l);
	l.session = false;
	size_t count = process_info_all(s->pids, PROCESS_INFO_ALL_MAX);
	for (size_t i = 0; i < count; i++)
		if (!processes_has(s->w->processes, s->pids[i]))
			look_at(s, &l, s->pids[i]);
	struct json *j = evidence_begin(s->w->evidence, "socket_table", clock_now().wall_ns);
	json_add_string(j, "moment", r->moment);
	json_add_u64(j, "rows", l.rows);
	json_add_u64(j, "unreadable", l.unreadable);
	json_add_string(j, "witness", "socket_tables");
	evidence_end(s->w->evidence);
}

static void sockets_drain(void *state)
{
	struct sockets *s = state;
	struct look l = {.moment = "during"};
	if (clock_mono() >= s->next_ns)
		look_at_session(s, &l);
}

static enum status sockets_open(struct watch *w, void **ret_state, struct error *err)
{
	(void)err;
	struct sockets *s = must_alloc(1, sizeof *s);
	s->w = w;
	*ret_state = s;
	return OK;
}

static uint64_t sockets_lost(void *state)
{
	const struct sockets *s = state;
	return s->lost;
}

static uint64_t sockets_stop(void *state)
{
	uint64_t lost = sockets_lost(state);
	free(state);
	return lost;
}

static void sockets_probe(struct probe *ret)
{
	ret->works = true;
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 geteuid() == 0 ? "the open sockets of the session's user can be read"
				: "the open sockets of this user can be read");
}

const struct collector collector_socket_tables = {
	.name = "socket_tables",
	.witnesses = "the open sockets of the user's processes: of the session's about every 50 ms (one "
		     "that is opened and closed between is not seen), of all before, during and after",
	.needs = "nothing; other users' sockets are seen by the tools, as root",
	.canaries = true,
	.probe = sockets_probe,
	.open = sockets_open,
	.drain = sockets_drain,
	.round = sockets_round,
	.stop = sockets_stop,
	.lost = sockets_lost,
};

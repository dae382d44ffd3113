/* SPDX-License-Identifier: Apache-2.0 */
/*
 * ss(8) of iproute2 (misc/ss.c), with whatever options:
 *
 *   Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
 *   tcp   ESTAB  0      0      192.0.2.1:22       192.0.2.2:5555    users:(("sshd",pid=7,fd=3))
 *   	 timer:(…) uid:1000 ino:99 sk:1
 *   	 skmem:(…) cubic …
 *
 *   heading    not with -H
 *   Netid      only where more than one family or protocol was asked for
 *   State      not where the filter leaves one
 *   details    (-e -i -m -o) on the row's line or on those below, which begin with a
 *              blank; a narrow terminal puts anything there
 *   users      -p; before iproute2 4 ("sshd",7,3); one row is written a process
 *   uid        -e; left out by ss where it is 0
 *
 * A row and what belongs to it is collected, then read as words. Rows of other
 * families (Unix, netlink, packet, vsock, …) are understood, but no connection.
 */
#include "ingest/registry.h"
#include "ingest/sockets/table.h"

#include <stdlib.h>

enum {
	ROW_MAX = 32 << 10,   /* of a row and its details; more of them is left out */
	PROCESSES_MAX = 64,   /* of one socket that are told apart */
	NAME_MAX_SS = 64,
	SNIFF_ROWS = 5,
};

struct ss {
	struct ingest *to;
	const char *proto; /* of a table without Netid, as far as its states told */
	bool guessed;
	uint64_t line;     /* of the row that is held; 0: none is */
	size_t used;
	unsigned char row[ROW_MAX];
};

/* Those of the Internet have a protocol. */
static const struct netid {
	const char *word, *proto;
} netids[] = {
	{"tcp", "tcp"},	  {"udp", "udp"},   {"raw", "raw"},	{"u_str", NULL}, {"u_dgr", NULL},
	{"u_seq", NULL},  {"nl", NULL},	    {"p_raw", NULL},	{"p_dgr", NULL}, {"v_str", NULL},
	{"v_dgr", NULL},  {"sctp", "sctp"}, {"dccp", "dccp"},	{"mptcp", "mptcp"}, {"icmp6", "icmp6"},
	{"ti_rd", NULL},  {"ti_dg", NULL},  {"ti_st", NULL},	{"ti_sq", NULL}, {"xdp", NULL},
	{"???", NULL},	  {"kcm", NULL},    {"vsock", NULL},	{"tipc", NULL},
};

static const struct netid *netid_of(struct slice word)
{
	for (size_t i = 0; i < LENGTH(netids); i++)
		if (slice_is(word, netids[i].word))
			return &netids[i];
	return NULL;
}

static bool is_number(struct slice word)
{
	uint64_t number;
	return slice_u64(word, UINT64_MAX, &number);
}

/* ss writes its states in capitals with '-' between. */
static const char *state_of(struct slice word)
{
	return slice_find(word, '_') == word.size && !is_number(word) ? socket_state(word) : NULL;
}

/* The columns in front of the addresses. */
struct front {
	const struct netid *netid;
	const char *state;
	bool unknown_state;
};

static bool read_front(struct cursor *c, struct front *ret)
{
	struct slice word;
	*ret = (struct front){0};
	if (!cursor_word(c, SOCKET_WORD_MAX, &word))
		return false;
	ret->netid = netid_of(word);
	if (ret->netid && !cursor_word(c, SOCKET_WORD_MAX, &word))
		return false;
	ret->state = state_of(word);
	/* UNKNOWN is what ss calls a state of a later kernel */
	ret->unknown_state = !ret->state && slice_is(word, "UNKNOWN");
	if ((ret->state || ret->unknown_state) && !cursor_word(c, SOCKET_WORD_MAX, &word))
		return false;
	if (!is_number(word) || !cursor_word(c, SOCKET_WORD_MAX, &word) || !is_number(word))
		return false;
	return ret->netid || ret->state || ret->unknown_state || cursor_left(c) > 0;
}

/* Two numbers alone may be a detail: then an address follows. */
static bool starts_row(struct slice line)
{
	struct cursor c = cursor_over(line);
	struct front f;
	struct slice word;
	struct socket_end e;
	if (!read_front(&c, &f))
		return false;
	return f.netid || f.state || f.unknown_state ||
	       (cursor_word(&c, SOCKET_WORD_MAX, &word) && socket_end_parse(word, ':', false, &e));
}

static bool is_heading(struct slice line)
{
	static const char *const words[] = {"Recv-Q", "Address:Port", NULL};
	return socket_mentions(line, words);
}

/* The number behind the word `key` in the details; -1: it does not stand there. */
static int64_t detail(struct slice details, const char *key)
{
	struct slice needle = slice_of_string(key);
	uint64_t number;
	size_t at = slice_search(details, needle);
	if (at == details.size)
		return -1;
	struct slice rest = slice_part(details, at + needle.size, details.size);
	struct cursor c = cursor_over(rest);
	struct slice word;
	return cursor_word(&c, SOCKET_WORD_MAX, &word) && slice_u64(word, UINT32_MAX, &number)
		       ? (int64_t)number
		       : -1;
}

/* ("name",pid=7,fd=3) or ("name",7,3), and the ',' behind it. */
static bool next_process(struct cursor *c, struct slice *ret_name, int64_t *ret_pid)
{
	struct slice all = cursor_rest(c), inside, digits;
	uint64_t pid;
	if (!slice_starts(all, "(\""))
		return false;
	size_t end = slice_search(all, SLICE("\","));
	if (end > NAME_MAX_SS + 2 || end == all.size)
		return false;
	*ret_name = slice_part(all, 2, end - 2);
	cursor_skip(c, end + 2);
	if (!cursor_until(c, ')', SOCKET_WORD_MAX, &inside))
		return false;
	if (slice_starts(inside, "pid="))
		inside = slice_part(inside, 4, inside.size);
	digits = slice_part(inside, 0, slice_find(inside, ','));
	if (!slice_u64(digits, INT32_MAX, &pid))
		return false;
	*ret_pid = (int64_t)pid;
	if (slice_starts(cursor_rest(c), ","))
		cursor_skip(c, 1);
	return true;
}

static bool is_among(const int64_t pids[], size_t count, int64_t pid)
{
	for (size_t i = 0; i < count; i++)
		if (pids[i] == pid)
			return true;
	return false;
}

/* Writes the row for each of its processes, or once where none is told. */
static enum status write_processes(struct ss *s, struct socket_row *row, struct slice text,
				   struct slice details, struct error *err)
{
	int64_t seen[PROCESSES_MAX];
	size_t count = 0, at = slice_search(details, SLICE("users:("));
	enum status status = OK;
	bool users = at < details.size;
	struct cursor c = cursor_over(slice_part(details, at + (users ? 7 : 0), details.size));
	struct slice name;
	int64_t pid;
	bool any = false;
	while (users && !status && next_process(&c, &name, &pid)) {
		any = true;
		if (is_among(seen, count, pid))
			continue; /* the same socket by another number */
		if (count < PROCESSES_MAX)
			seen[count++] = pid;
		row->pid = pid;
		row->process = name;
		status = socket_write(s->to, row, s->line, text, err);
	}
	if (any || status)
		return status;
	if (users)
		status = ingest_skip(s->to, "a list of processes that cannot be read", s->line, text, err);
	return status ? status : socket_write(s->to, row, s->line, text, err);
}

/* A table of one protocol does not name it; its ports or states do, but for ESTAB. */
static enum status guess_proto(struct ss *s, const struct front *f, struct socket_row *row, struct slice text,
			       struct error *err)
{
	bool connected = f->state && !strcmp(f->state, "ESTAB");
	int32_t protocol = row->local.service.size > 0 ? socket_service(row->local.service, true) : -1;
	if (protocol >= 0) {
		row->proto = "raw"; /* -w: the port is a protocol */
		row->local.port = protocol;
		row->local.service.size = 0;
		return OK;
	}
	if (f->state && !connected)
		s->proto = !strcmp(f->state, "UNCONN") ? "udp" : "tcp";
	row->proto = s->proto ? s->proto : "tcp";
	if (s->proto || s->guessed)
		return OK;
	s->guessed = true;
	return ingest_skip(s->to, "no column tells the protocol: taken for tcp", s->line, text, err);
}

static bool is_other_family(const struct front *f, struct slice peer)
{
	return !f->netid && (slice_is(peer, "*") || is_number(peer) || peer.size == 0);
}

static enum status read_row(struct ss *s, struct error *err)
{
	struct slice text = slice_of(s->row, s->used), local, peer = {0};
	struct cursor c = cursor_over(text);
	struct socket_row row = SOCKET_ROW_NONE;
	struct front f;
	enum status status = OK;
	if (!read_front(&c, &f) || (f.netid && !f.netid->proto))
		return OK;
	bool raw = f.netid && socket_is_raw(f.netid->proto);
	bool two = cursor_word(&c, SOCKET_WORD_MAX, &local) && cursor_word(&c, SOCKET_WORD_MAX, &peer);
	if (!two || !socket_end_parse(local, ':', raw, &row.local) ||
	    !socket_end_parse(peer, ':', raw, &row.remote))
		return is_other_family(&f, peer) ? OK
						 : ingest_skip(s->to, "a row whose addresses cannot be read",
							       s->line, text, err);
	row.state = f.state;
	if (f.netid)
		row.proto = f.netid->proto;
	else
		status = guess_proto(s, &f, &row, text, err);
	if (!status && f.unknown_state)
		status = ingest_skip(s->to, "a state that is not known", s->line, text, err);
	/* behind the processes, whose names may hold anything */
	struct slice details = cursor_rest(&c), behind = details;
	size_t end = slice_search(details, SLICE("))"));
	if (slice_search(details, SLICE("users:(")) < end && end < details.size)
		behind = slice_part(details, end, details.size);
	row.uid = detail(behind, " uid:");
	if (row.uid < 0 && detail(behind, " ino:") > 0)
		row.uid = 0;
	return status ? status : write_processes(s, &row, text, details, err);
}

static enum status end_row(struct ss *s, struct error *err)
{
	enum status status = s->line ? read_row(s, err) : OK;
	s->line = 0;
	s->used = 0;
	return status;
}

static void hold(struct ss *s, struct slice part)
{
	if (s->used > 0 && s->used < ROW_MAX)
		s->row[s->used++] = ' ';
	part = slice_part(part, 0, ROW_MAX - s->used);
	if (part.size > 0)
		memcpy(s->row + s->used, part.at, part.size);
	s->used += part.size;
}

static enum status on_line(void *self, struct slice line, uint64_t number, struct error *err)
{
	struct ss *s = self;
	struct slice plain = slice_trim(line);
	enum status status = OK;
	if (plain.size == 0 || is_heading(line))
		return end_row(s, err);
	bool blank = line.at[0] == ' ' || line.at[0] == '\t';
	if (starts_row(line)) {
		status = end_row(s, err);
		hold(s, plain);
		s->line = number;
		return status;
	}
	struct socket_end e;
	bool address = socket_end_parse(slice_part(plain, 0, slice_find(plain, ' ')), ':', false, &e);
	if (s->line && (blank || address || slice_starts(plain, "users:(")))
		hold(s, plain);
	else
		status = ingest_skip(s->to, "a line that is no row of ss", number, line, err);
	return status;
}

/* A table without Netid is of one protocol: the first rows may tell it. */
static const char *first_proto(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		struct cursor words = cursor_over(line);
		struct front f;
		if (read_front(&words, &f) && !f.netid && f.state && strcmp(f.state, "ESTAB") != 0)
			return !strcmp(f.state, "UNCONN") ? "udp" : "tcp";
	}
	return NULL;
}

static enum status read_ss(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct ss *s = must_alloc(1, sizeof *s);
	*s = (struct ss){.to = to, .proto = first_proto(input_peek(in))};
	enum status status = socket_lines(to, in, on_line, s, ret_records, err);
	if (!status)
		status = end_row(s, err);
	free(s);
	return status;
}

/* Its heading is its own. Rows alone: Netid and State are sure; without a State it
 * might be netstat. */
static unsigned sniff_ss(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	unsigned sure = 0, rows = 0, lead = 0;
	bool whole;
	while (rows < SNIFF_ROWS && lead < SOCKET_LEAD_MAX && cursor_line(&c, &line, &whole) && whole) {
		struct cursor words = cursor_over(line);
		struct front f;
		if (slice_search(line, SLICE("Recv-Q")) < line.size &&
		    slice_search(line, SLICE("Address:Port")) < line.size)
			return 95;
		if (lead == 0 && starts_row(line) && read_front(&words, &f)) {
			sure = f.state ? 80 : f.netid ? 40 : 50;
			rows++;
		} else {
			lead += rows == 0 && slice_trim(line).size > 0;
		}
	}
	return sure;
}

const struct reader reader_ss = {
	.name = "ss",
	.reads = "the table of sockets that ss prints on Linux, with any options",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_ss,
	.read = read_ss,
};

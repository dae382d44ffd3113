/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nettop of macOS: -L, with and without -P, -x, -n, -J,
 *
 *   time,,interface,state,bytes_in,bytes_out,…
 *   10:00:01.000001,sshd.412,,,1000,2000,…
 *   10:00:01.000002,tcp4 192.0.2.1:22<->192.0.2.2:5,en0,Established,1000,2000,…
 *   10:00:01.000003,udp6 *.5353<->*.*,en0,,…
 *
 * and -l, whose columns stand below each other between blanks (nettop_plain.c).
 *
 * The column without a name (quoted where it holds a ',') holds a process with its
 * pid, then its sockets; with -P processes alone, which tell no connection. IPv6 has a
 * '.' before its port. The time is of a clock on some wall and some day: not taken.
 */
#include "ingest/registry.h"
#include "ingest/sockets/nettop.h"

enum { COLUMNS_MAX = 64 };

/* The next field, without its quotes. */
static bool next_field(struct cursor *c, struct slice *ret)
{
	if (cursor_left(c) == 0)
		return false;
	if (slice_starts(cursor_rest(c), "\"")) {
		cursor_skip(c, 1);
		if (!cursor_until(c, '"', cursor_left(c), ret))
			*ret = cursor_take(c, cursor_left(c));
		if (cursor_left(c) > 0)
			cursor_skip(c, 1); /* the ',' behind it */
		return true;
	}
	if (!cursor_until(c, ',', cursor_left(c), ret))
		*ret = cursor_take(c, cursor_left(c));
	return true;
}

static struct slice field_at(struct slice line, int wanted)
{
	struct cursor c = cursor_over(line);
	struct slice field = {0};
	for (int i = 0; i <= wanted; i++)
		if (!next_field(&c, &field))
			return slice_of(NULL, 0);
	return wanted < 0 ? slice_of(NULL, 0) : field;
}

static bool is_heading(struct slice line)
{
	return (slice_starts(line, "time,,") || slice_starts(line, ",")) &&
	       slice_search(line, SLICE(",bytes_in,")) < line.size;
}

static void read_heading(struct nettop *n, struct slice line)
{
	struct cursor c = cursor_over(line);
	struct slice field;
	n->name_at = slice_starts(line, "time,") ? 1 : 0;
	n->state_at = -1;
	for (int i = 0; i < COLUMNS_MAX && next_field(&c, &field); i++)
		if (slice_is(field, "state"))
			n->state_at = i;
}

bool nettop_process(struct nettop *n, struct slice name)
{
	size_t at = name.size;
	uint64_t pid;
	while (at > 0 && name.at[at - 1] != '.')
		at--;
	if (at < 1 || !slice_u64(slice_part(name, at, name.size), INT32_MAX, &pid))
		return false;
	struct slice process = slice_part(slice_part(name, 0, at - 1), 0, NETTOP_PROCESS_MAX);
	n->pid = (int64_t)pid;
	n->process_size = process.size;
	if (process.size > 0)
		memcpy(n->process, process.at, process.size);
	return true;
}

static bool read_ends(struct slice ends, struct socket_row *row)
{
	size_t arrow = slice_search(ends, SLICE("<->"));
	struct slice local = slice_part(ends, 0, arrow), remote = slice_part(ends, arrow + 3, ends.size);
	if (arrow == ends.size)
		return false;
	unsigned char mark = row->family == 6 ? '.' : ':';
	return socket_end_parse(local, mark, false, &row->local) &&
	       socket_end_parse(remote, mark, false, &row->remote);
}

enum status nettop_socket(struct nettop *n, struct slice name, struct slice state, struct slice line,
			  uint64_t number, struct error *err)
{
	struct socket_row row = SOCKET_ROW_NONE;
	struct cursor c = cursor_over(name);
	struct slice proto;
	enum status status = OK;
	if (!cursor_word(&c, SOCKET_WORD_MAX, &proto))
		return OK;
	row.proto = socket_proto(proto, &row.family);
	if (slice_is(proto, "quic4") || slice_is(proto, "quic6")) {
		row.proto = "udp";
		row.family = slice_is(proto, "quic6") ? 6 : 4;
	}
	if (!row.proto || !read_ends(slice_trim(cursor_rest(&c)), &row))
		return ingest_skip(n->to, "a row whose addresses cannot be read", number, line, err);
	row.pid = n->pid;
	row.process = slice_of(n->process, n->process_size);
	if (!strcmp(row.proto, "tcp")) {
		row.state = socket_state(state);
		if (!row.state && state.size > 0)
			status = ingest_skip(n->to, "a state that is not known", number, line, err);
		if (!row.state && !socket_has_peer(&row))
			row.state = "LISTEN";
	}
	return status ? status : socket_write(n->to, &row, number, line, err);
}

static enum status on_line(void *self, struct slice line, uint64_t number, struct error *err)
{
	struct nettop *n = self;
	if (slice_trim(line).size == 0)
		return OK;
	bool plain = nettop_plain_heading(line);
	if (plain || is_heading(line)) {
		n->plain = plain;
		if (!plain)
			read_heading(n, line);
		n->pid = -1;
		n->process_size = 0;
		return OK;
	}
	if (n->plain)
		return nettop_plain_line(n, line, number, err);
	struct slice name = field_at(line, n->name_at);
	if (slice_search(name, SLICE("<->")) < name.size)
		return nettop_socket(n, name, field_at(line, n->state_at), line, number, err);
	return nettop_process(n, name) ? OK : nettop_skip(n, line, number, err);
}

enum status nettop_skip(struct nettop *n, struct slice line, uint64_t number, struct error *err)
{
	n->pid = -1;
	n->process_size = 0;
	return ingest_skip(n->to, "a line that is no row of nettop", number, line, err);
}

static enum status read_nettop(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct nettop n = {.to = to, .name_at = 1, .state_at = 3, .pid = -1};
	return socket_lines(to, in, on_line, &n, ret_records, err);
}

static unsigned sniff_nettop(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line, rows;
	if (!cursor_line(&c, &line, NULL))
		return 0;
	if (is_heading(line))
		return 95;
	rows = cursor_rest(&c);
	return nettop_plain_heading(line) && slice_search(rows, SLICE("<->")) < rows.size ? 85 : 0;
}

const struct reader reader_nettop = {
	.name = "nettop",
	.reads = "the sockets by process that nettop -L or -l writes on macOS",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_nettop,
	.read = read_nettop,
};

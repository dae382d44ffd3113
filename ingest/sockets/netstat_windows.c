/* SPDX-License-Identifier: Apache-2.0 */
/*
 * netstat of Windows (-an, -ano, -anb, -bano, -anq, -ant), in any language:
 *
 *
 *   Active Connections
 *
 *     Proto  Local Address          Foreign Address        State           PID
 *     TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       748
 *     RpcSs
 *    [svchost.exe]
 *     TCP    192.0.2.1:139          0.0.0.0:0              LISTENING       4
 *    Can not obtain ownership information
 *     UDP    [fe80::1%12]:546       *:*                                    1036
 *
 * Rows are known by their form: TCP or UDP and two ends. Title and heading are
 * translated, as some states are (words.c); so is the sentence where Windows does not
 * tell the owner, which is nobody's program in any language. With -b the row's program stands below it in brackets, and above that the
 * components of it that asked for the socket, which are passed over.
 *
 * The file is in the code page of the console (850, 932, 936, 866, …: all keep ASCII)
 * or, redirected by PowerShell, in UTF-16.
 */
#include "ingest/registry.h"
#include "ingest/sockets/table.h"

#include <stdlib.h>

enum {
	ROW_MAX = 1024,   /* of a line that is kept until its program was seen */
	EXE_MAX = 512,
	HEADING_MAX = 4,  /* lines in front of the rows that are none */
	SNIFF_ROWS = 2,
};

struct windows {
	struct ingest *to;
	uint64_t line; /* of the row that is held; 0: none is */
	size_t row_size, exe_size;
	bool refused;  /* something stood below the row, and no program yet */
	unsigned headings;
	unsigned char row[ROW_MAX], exe[EXE_MAX];
};

/* "Active Connections" as Windows says it. Any other language is known by the place. */
static const char *const titles[] = {
	"Active Connections",
	"Aktive Verbindungen",
	"Connexions actives",
	"Conexiones activas",
	"\xe3\x82\xa2\xe3\x82\xaf\xe3\x83\x86\xe3\x82\xa3\xe3\x83\x96\xe3\x81\xaa\xe6\x8e\xa5\xe7\xb6\x9a",
	/* one title on two lines: NOLINTNEXTLINE(bugprone-suspicious-missing-comma) */
	"\xd0\x90\xd0\xba\xd1\x82\xd0\xb8\xd0\xb2\xd0\xbd\xd1\x8b\xd0\xb5 "
	"\xd0\xbf\xd0\xbe\xd0\xb4\xd0\xba\xd0\xbb\xd1\x8e\xd1\x87\xd0\xb5\xd0\xbd\xd0\xb8\xd1\x8f",
	"\xe6\xb4\xbb\xe5\x8a\xa8\xe8\xbf\x9e\xe6\x8e\xa5",
	"Connessioni attive",
	"Conex\xc3\xb5""es ativas",
	"\xed\x99\x9c\xec\x84\xb1 \xec\x97\xb0\xea\xb2\xb0", /* Korean */
	"Proto ",
	NULL,
};

/* Protocol and ends; what follows them is left in the cursor. */
static bool read_ends(struct cursor *c, struct socket_row *ret)
{
	struct slice word, local, remote;
	*ret = SOCKET_ROW_NONE;
	if (!cursor_word(c, SOCKET_WORD_MAX, &word))
		return false;
	ret->proto = slice_is(word, "TCP") || slice_is(word, "TCPv6")	? "tcp"
		     : slice_is(word, "UDP") || slice_is(word, "UDPv6") ? "udp"
									: NULL;
	return ret->proto && cursor_word(c, SOCKET_WORD_MAX, &local) &&
	       cursor_word(c, SOCKET_WORD_MAX, &remote) && socket_end_parse(local, ':', false, &ret->local) &&
	       socket_end_parse(remote, ':', false, &ret->remote);
}

static bool is_row(struct slice line)
{
	struct cursor c = cursor_over(line);
	struct socket_row row;
	return read_ends(&c, &row);
}

/* State, where there is one, and pid. Who waits for port 0 listens, in any language.
 * False where the state is not known. */
static bool read_tail(struct cursor *c, struct socket_row *row)
{
	struct slice word;
	uint64_t pid;
	bool known = true, first = true;
	for (; cursor_word(c, SOCKET_WORD_MAX, &word); first = false) {
		if (slice_u64(word, UINT32_MAX, &pid)) {
			row->pid = (int64_t)pid;
			break; /* behind it -t tells of offloading */
		}
		if (first)
			row->state = socket_state(word);
		known &= !first || row->state;
	}
	if (!row->state && !strcmp(row->proto, "tcp") && !socket_has_peer(row)) {
		row->state = "LISTEN";
		return true;
	}
	return known;
}

static enum status end_row(struct windows *w, struct error *err)
{
	struct slice text = slice_of(w->row, w->row_size);
	struct cursor c = cursor_over(text);
	struct socket_row row;
	enum status status = OK;
	if (w->line && read_ends(&c, &row)) {
		if (!read_tail(&c, &row))
			status = ingest_skip(w->to, "a state that is not known", w->line, text, err);
		row.process = slice_of(w->exe, w->exe_size);
		if (!status && w->refused && row.pid < 0)
			status = ingest_skip(w->to, "an owner that Windows did not tell", w->line, text, err);
		if (!status)
			status = socket_write(w->to, &row, w->line, text, err);
	}
	w->line = 0;
	w->row_size = w->exe_size = 0;
	w->refused = false;
	return status;
}

static void keep(unsigned char *to, size_t max, size_t *ret_size, struct slice text)
{
	text = slice_part(text, 0, max);
	memcpy(to, text.at, text.size);
	*ret_size = text.size;
}

/* Title and heading, or something that nobody knows. */
static enum status on_heading(struct windows *w, struct slice line, uint64_t number, struct error *err)
{
	if (socket_mentions(line, titles) || w->headings++ < HEADING_MAX)
		return OK;
	return ingest_skip(w->to, "a line that is no row of netstat", number, line, err);
}

static enum status on_line(void *self, struct slice line, uint64_t number, struct error *err)
{
	struct windows *w = self;
	struct slice plain = slice_trim(line);
	enum status status;
	if (plain.size == 0)
		return end_row(w, err);
	if (is_row(plain)) {
		status = end_row(w, err);
		if (!status && plain.size > ROW_MAX)
			return ingest_skip(w->to, "longer than any row of netstat", number, line, err);
		keep(w->row, ROW_MAX, &w->row_size, plain);
		w->line = number;
		w->headings = HEADING_MAX; /* none comes after the rows */
		return status;
	}
	bool blank = line.at[0] == ' ' || line.at[0] == '\t';
	if (!w->line || (!blank && plain.at[0] != '['))
		return on_heading(w, line, number, err);
	bool exe = plain.size > 2 && plain.at[0] == '[' && plain.at[plain.size - 1] == ']';
	if (exe)
		keep(w->exe, EXE_MAX, &w->exe_size, slice_part(plain, 1, plain.size - 2));
	w->refused = !exe;
	return OK;
}

static enum status read_windows(struct ingest *to, struct input *in, uint64_t *ret_records,
				struct error *err)
{
	struct windows *w = must_alloc(1, sizeof *w);
	*w = (struct windows){.to = to};
	enum status status = socket_lines(to, in, on_line, w, ret_records, err);
	if (!status)
		status = end_row(w, err);
	free(w);
	return status;
}

/* A row is sure; the title alone, of a table without rows, is rather so. */
static unsigned sniff_windows(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	unsigned sure = 0, other = 0;
	bool whole;
	while (cursor_line(&c, &line, &whole) && other <= HEADING_MAX) {
		if (is_row(line))
			return 90;
		if (slice_trim(line).size == 0)
			continue;
		if (socket_mentions(line, titles) && !slice_starts(line, "Active Internet") &&
		    slice_search(line, SLICE("Recv-Q")) == line.size)
			sure = 60;
		other++;
	}
	return sure;
}

const struct reader reader_netstat_windows = {
	.name = "netstat-windows",
	.reads = "the table of sockets that netstat prints on Windows, in any language",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_windows,
	.read = read_windows,
};

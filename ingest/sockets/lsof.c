/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lsof(8) of Linux, macOS and BSD, its columns:
 *
 *   COMMAND  PID  TID TASKCMD  USER  FD  TYPE DEVICE SIZE/OFF NODE NAME
 *   sshd    1206               root  3u  IPv4  21598      0t0  TCP *:22 (LISTEN)
 *   sshd    4314               root  3u  IPv4  44866      0t0  TCP 192.0.2.1:22->192.0.2.2:5 (ESTABLISHED)
 *   Google  4711                me  20u  IPv6 0x1234      0t0  UDP [fe80::1%en0]:546
 *   dhcpd      9               root  7u  raw            0t0   31 00000000:0001->00000000:0000 st=07
 *   x          9               root  3u  sock    0,8      0t0 5 protocol: TCP
 *   x          9               root NOFD  /proc/9/fd (opendir: Permission denied)
 *
 * Columns before FD depend on the options; TID and TASKCMD may be empty. lsof writes
 * blanks in COMMAND as \x20, which become blanks again. So a row is read from its TYPE: IPv4 or IPv6 behind
 * a descriptor. PID is the second word.
 */
#include "ingest/sockets/lsof.h"

#include "ingest/registry.h"

enum {
	COMMAND_MAX = 1024,
	FRONT_MAX = 10,   /* words before TYPE */
	BETWEEN_MAX = 6,  /* words between TYPE and the protocol: +f and +L add to them */
	SNIFF_ROWS = 3,
};

static const char *proto_of(struct slice word)
{
	static const struct {
		const char *word, *proto;
	} protos[] = {
		{"TCP", "tcp"},	  {"UDP", "udp"},	  {"UDPLITE", "udplite"}, {"SCTP", "sctp"},
		{"ICMP", "icmp"}, {"ICMPV6", "icmp6"}, {"IPV6-ICMP", "icmp6"},	 {"RAW", "raw"},
		{"IP", "raw"},	  {"IPV6", "raw"},	  {"DCCP", "dccp"},
	};
	for (size_t i = 0; i < LENGTH(protos); i++)
		if (slice_is_nocase(word, protos[i].word))
			return protos[i].proto;
	return NULL;
}

/* "*:22 (LISTEN)", "a:1->b:2 (ESTABLISHED) (QR=0 QS=0)". */
static bool read_name(struct slice name, struct socket_row *row)
{
	struct cursor c = cursor_over(name);
	struct slice ends;
	bool raw = socket_is_raw(row->proto);
	if (!cursor_word(&c, SOCKET_WORD_MAX, &ends))
		return false;
	size_t arrow = slice_search(ends, SLICE("->"));
	if (!socket_end_parse(slice_part(ends, 0, arrow), ':', raw, &row->local))
		return false;
	if (arrow < ends.size &&
	    !socket_end_parse(slice_part(ends, arrow + 2, ends.size), ':', raw, &row->remote))
		return false;
	struct slice rest = slice_trim(cursor_rest(&c));
	if (slice_starts(rest, "("))
		row->state = socket_state(slice_part(rest, 1, slice_find(rest, ')') - 1));
	return true;
}

/* "00000000:0001->00000000:0000 st=07", as the kernel has it; before it may stand the
 * size and the node. */
static enum lsof_kind raw_file(struct slice name, struct lsof_texts *texts, struct socket_row *row)
{
	struct cursor c = cursor_over(name);
	struct slice word;
	row->proto = "raw";
	while (cursor_word(&c, SOCKET_WORD_MAX, &word)) {
		size_t arrow = slice_search(word, SLICE("->"));
		if (arrow == word.size)
			continue;
		bool good = socket_end_hex(slice_part(word, 0, arrow), texts->local, &row->local) &&
			    socket_end_hex(slice_part(word, arrow + 2, word.size), texts->remote, &row->remote);
		return good ? LSOF_SOCKET : LSOF_UNKNOWN;
	}
	return LSOF_UNKNOWN;
}

enum lsof_kind lsof_file(struct slice type, struct slice proto, struct slice name, struct lsof_texts *texts,
			 struct socket_row *row)
{
	static const char *const internet[] = {"protocol: TCP", "protocol: UDP", "protocol: RAW",
					       "can't identify protocol", NULL};
	bool v4 = slice_is(type, "IPv4"), v6 = slice_is(type, "IPv6");
	if (slice_is(type, "sock"))
		return socket_mentions(name, internet) ? LSOF_UNKNOWN : LSOF_OTHER;
	if (slice_is(type, "raw") || slice_is(type, "raw6"))
		return raw_file(name, texts, row);
	if (!v4 && !v6 && (type.size > 0 || !proto_of(proto)))
		return LSOF_OTHER;
	/* IPv6 with "*" may serve both */
	row->family = v4 ? 4 : v6 ? 6 : 0;
	row->proto = proto_of(proto);
	if (!row->proto || !read_name(name, row))
		return LSOF_UNKNOWN;
	return LSOF_SOCKET;
}

/* Room for all of a command that lsof prints; of a longer one the rest stays away. */
static struct slice plain_command(struct slice command, unsigned char buffer[static COMMAND_MAX])
{
	size_t used = 0;
	while (command.size > 0 && used < COMMAND_MAX) {
		bool blank = slice_starts(command, "\\x20");
		buffer[used++] = blank ? ' ' : command.at[0];
		command = slice_part(command, blank ? 4 : 1, command.size);
	}
	return slice_of(buffer, used);
}

enum status lsof_write(struct ingest *to, enum lsof_kind kind, const struct socket_row *row, uint64_t line,
		       struct slice text, struct error *err)
{
	unsigned char command[COMMAND_MAX];
	struct socket_row plain = SOCKET_ROW_NONE;
	switch (kind) {
	case LSOF_SOCKET:
		plain = *row;
		plain.process = plain_command(row->process, command);
		return socket_write(to, &plain, line, text, err);
	case LSOF_OTHER:
		break;
	case LSOF_UNKNOWN:
		return ingest_skip(to, "a socket that lsof does not tell", line, text, err);
	case LSOF_REFUSED:
		return ingest_skip(to, "a process whose files lsof may not see", line, text, err);
	}
	return OK;
}

struct columns {
	struct slice command, user, type, proto, name;
	uint64_t pid;
	bool refused;
};

/* "3u", "12r", "7uW", "mem" */
static bool is_descriptor(struct slice word)
{
	return word.size > 0 && word.at[0] >= '0' && word.at[0] <= '9' &&
	       (word.at[word.size - 1] < '0' || word.at[word.size - 1] > '9');
}

static bool is_type(struct slice word)
{
	return slice_is(word, "IPv4") || slice_is(word, "IPv6") || slice_is(word, "sock") ||
	       slice_is(word, "raw") || slice_is(word, "raw6");
}

/* From TYPE on. Between it and the protocol stand device and size, or one of them. */
static void read_behind(struct cursor *c, struct columns *ret)
{
	struct slice word;
	if (!slice_starts(ret->type, "IPv")) {
		ret->name = cursor_rest(c);
		return;
	}
	for (unsigned i = 0; i < BETWEEN_MAX; i++) {
		if (!cursor_word(c, SOCKET_WORD_MAX, &word))
			return;
		if (proto_of(word)) {
			ret->proto = word;
			ret->name = cursor_rest(c);
			return;
		}
	}
}

/* False: no row. A row about no socket has no type. */
static bool read_columns(struct slice line, struct columns *ret)
{
	struct cursor c = cursor_over(line);
	struct slice words[2] = {{0}}, word;
	*ret = (struct columns){0};
	if (!cursor_word(&c, SOCKET_WORD_MAX, &ret->command) || !cursor_word(&c, SOCKET_WORD_MAX, &word) ||
	    !slice_u64(word, INT32_MAX, &ret->pid))
		return false;
	for (unsigned i = 0; i < FRONT_MAX && cursor_word(&c, SOCKET_WORD_MAX, &word); i++) {
		ret->refused |= slice_is(word, "NOFD");
		if (i > 0 && is_type(word) && is_descriptor(words[1])) {
			ret->user = words[0];
			ret->type = word;
			read_behind(&c, ret);
			break;
		}
		words[0] = words[1];
		words[1] = word;
	}
	return true;
}

static bool is_heading(struct slice line)
{
	struct cursor c = cursor_over(line);
	struct slice command, pid;
	return cursor_word(&c, SOCKET_WORD_MAX, &command) && cursor_word(&c, SOCKET_WORD_MAX, &pid) &&
	       slice_is(command, "COMMAND") && slice_is(pid, "PID");
}

static enum status on_line(void *self, struct slice line, uint64_t number, struct error *err)
{
	struct ingest *to = self;
	struct columns f;
	if (slice_trim(line).size == 0 || is_heading(line) || slice_starts(line, "lsof: "))
		return OK;
	if (!read_columns(line, &f))
		return ingest_skip(to, "a line that is no row of lsof", number, line, err);
	struct socket_row row = SOCKET_ROW_NONE;
	struct lsof_texts texts;
	enum lsof_kind kind = f.refused ? LSOF_REFUSED : lsof_file(f.type, f.proto, f.name, &texts, &row);
	row.pid = (int64_t)f.pid;
	row.process = f.command;
	row.uid = socket_user(f.user);
	return lsof_write(to, kind, &row, number, line, err);
}

static enum status read_lsof(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	return socket_lines(to, in, on_line, to, ret_records, err);
}

/* The heading, behind warnings of lsof; or sockets alone. */
static unsigned sniff_lsof(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	unsigned rows = 0, lead = 0;
	bool whole;
	while (rows < SNIFF_ROWS && lead < SOCKET_LEAD_MAX && cursor_line(&c, &line, &whole)) {
		struct columns f;
		struct socket_row row = SOCKET_ROW_NONE;
		struct lsof_texts texts;
		if (is_heading(line))
			return slice_search(line, SLICE(" NAME")) < line.size ? 95 : 0;
		if (slice_starts(line, "lsof: ") || slice_starts(line, "      "))
			continue;
		if (lead == 0 && whole && read_columns(line, &f) && f.type.size > 0 &&
		    lsof_file(f.type, f.proto, f.name, &texts, &row) == LSOF_SOCKET)
			rows++;
		else if (rows > 0)
			break;
		else
			lead++;
	}
	return rows > 0 ? 85 : 0;
}

const struct reader reader_lsof = {
	.name = "lsof",
	.reads = "the files that lsof lists, in columns: the sockets among them",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_lsof,
	.read = read_lsof,
};

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * netstat(8) of Linux (net-tools), macOS, FreeBSD and their relatives:
 *
 *   Linux    Proto Recv-Q Send-Q Local Address  Foreign Address  State  User Inode  PID/Program name  Timer
 *            tcp        0      0 192.0.2.1:22   192.0.2.2:5555   ESTABLISHED  0 991  7/sshd: user  off (0.00/0/0)
 *   macOS    Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)  rhiwat shiwat pid epid …
 *            tcp4       0      0  192.0.2.1.22   192.0.2.2.5555   ESTABLISHED  131072 131072 7 0 …
 *            since macOS 15 "rxbytes txbytes rhiwat shiwat process:pid" in their place
 *   FreeBSD  Tcpcb Proto Recv-Q Send-Q Local Address Foreign Address (state)
 *            fffff80003df43d0 tcp4 0 0 192.0.2.1.22  192.0.2.2.5555  ESTABLISHED
 *
 * What stands before the addresses are numbers, some of them left out; State is empty
 * for what has none. User and Inode (-e), program (-p) and timer (-o) come in that
 * order. Of a heading only "(state)" and what follows it counts, which no system
 * translates.
 *
 * Without -W host names and addresses are cut: on Linux host and port have 22 bytes
 * (an IPv6 address may then read as another one), on BSD hosts have 12 or 16.
 *
 * Other tables of the same command (Unix sockets, kernel sockets, …) are no
 * connections; they begin with a title of their own.
 */
#include "ingest/registry.h"
#include "ingest/sockets/table.h"

enum {
	COUNTERS_MAX = 3,    /* before the addresses */
	WORDS_MAX = 24,      /* of a heading behind (state) */
	LINUX_WIDTH = 22,    /* of a host and its port without -W */
	BSD_WIDTH = 16,
	BSD_WIDTH_PCB = 12,  /* with -A */
	PCB_MIN = 8,         /* digits of the address of a control block */
	SNIFF_ROWS = 4,
};

struct netstat {
	struct ingest *to;
	bool elsewhere; /* in a table that is not of the Internet */
	int pid_at;     /* which word behind (state) is the pid; -1: none */
	bool pid_named; /* as name:pid */
};

static const char *const headings[] = {"Recv-Q", "Proto ", "RefCnt", "Nextref", "Local Address", NULL};
static const char *const warnings[] = {"(Not all processes could be identified", " will not be shown, you would",
				       NULL};
static const char *const internet[] = {"Internet", "internet", "queue sizes", NULL};
static const char *const other_titles[] = {"UNIX",  "Unix",	 "unix",    "LOCAL", "kernel ", "Kernel ",
					   "IPX",   "Bluetooth", "NETLINK", "X.25",  "AX.25",   "NET/ROM",
					   "Appletalk", "ROSE",  "kctl",    NULL};

static bool is_number(struct slice word)
{
	uint64_t number;
	return slice_u64(word, UINT64_MAX, &number);
}

static bool is_pcb(struct slice word)
{
	uint64_t number;
	if (slice_starts(word, "0x"))
		word = slice_part(word, 2, word.size);
	return word.size >= PCB_MIN && slice_hex_u64(word, UINT64_MAX, &number);
}

struct columns {
	struct socket_row row;
	struct slice local, remote;
	bool pcb;    /* -A */
	bool bsd;    /* by how it writes ports */
	bool listen; /* -L: only the queue sizes of listeners */
};

/* "0/0/128" */
static bool is_queue(struct slice word)
{
	size_t slash = slice_find(word, '/');
	return slash < word.size && is_number(slice_part(word, 0, slash));
}

/* Up to the addresses. False: no row of the Internet. */
static bool read_front(struct cursor *c, struct columns *ret)
{
	struct slice word;
	*ret = (struct columns){.row = SOCKET_ROW_NONE};
	if (!cursor_word(c, SOCKET_WORD_MAX, &word))
		return false;
	ret->row.proto = socket_proto(word, &ret->row.family);
	if (!ret->row.proto && is_pcb(word) && cursor_word(c, SOCKET_WORD_MAX, &word)) {
		ret->row.proto = socket_proto(word, &ret->row.family);
		ret->pcb = true;
	}
	if (!ret->row.proto)
		return false;
	for (unsigned i = 0; i <= COUNTERS_MAX; i++) {
		if (!cursor_word(c, SOCKET_WORD_MAX, &ret->local))
			return false;
		ret->listen |= is_queue(ret->local);
		if (!is_number(ret->local) && !is_queue(ret->local))
			break;
	}
	if (ret->listen)
		return true;
	return cursor_word(c, SOCKET_WORD_MAX, &ret->remote);
}

static bool parse_ends(struct columns *ret, unsigned char mark)
{
	bool raw = socket_is_raw(ret->row.proto);
	return socket_end_parse(ret->local, mark, raw, &ret->row.local) &&
	       (ret->listen || socket_end_parse(ret->remote, mark, raw, &ret->row.remote));
}

/* Of two columns that a tool cuts at a width, one that is as wide may be cut; so is
 * what looks like an address and is none. */
static bool may_be_cut(const struct socket_end *e, struct slice word, unsigned char mark, bool pcb)
{
	struct address a;
	bool parses = address_parse(e->host, &a), colons = slice_find(e->host, ':') < e->host.size;
	if (colons && !parses)
		return true;
	if (!parses || slice_find(word, '[') < word.size)
		return false;
	if (mark == ':')
		return colons && a.family == ADDRESS_V6 && word.size == LINUX_WIDTH + 1;
	return e->host.size == (pcb ? BSD_WIDTH_PCB : BSD_WIDTH);
}

/* BSD writes a '.' before the port, everybody else a ':'. */
static bool read_ends(struct columns *ret)
{
	unsigned char mark = ':';
	if (!parse_ends(ret, mark)) {
		mark = '.';
		if (!parse_ends(ret, mark))
			return false;
	}
	ret->bsd = mark == '.';
	ret->row.local.cut = may_be_cut(&ret->row.local, ret->local, mark, ret->pcb);
	if (!ret->listen)
		ret->row.remote.cut = may_be_cut(&ret->row.remote, ret->remote, mark, ret->pcb);
	return true;
}

/* "off (0.00/0/0)" behind a program whose name may hold blanks. */
static struct slice without_timer(struct slice rest)
{
	size_t open = rest.size;
	if (!slice_ends(rest, ")"))
		return rest;
	while (open > 0 && rest.at[open - 1] != '(')
		open--;
	for (size_t i = open; i + 1 < rest.size; i++)
		if (rest.at[i] != '.' && rest.at[i] != '/' && (rest.at[i] < '0' || rest.at[i] > '9'))
			return rest;
	struct slice before = slice_trim(slice_part(rest, 0, open ? open - 1 : 0));
	size_t end = before.size;
	while (end > 0 && before.at[end - 1] != ' ')
		end--;
	return slice_trim(slice_part(before, 0, end));
}

/* "7/sshd: user", or "-" where it may not be known. */
static bool read_program(struct slice rest, struct socket_row *row)
{
	uint64_t pid;
	size_t slash = slice_find(rest, '/');
	if (slice_is(rest, "-"))
		return true;
	if (slash == rest.size || !slice_u64(slice_part(rest, 0, slash), INT32_MAX, &pid))
		return false;
	row->pid = (int64_t)pid;
	row->process = slice_trim(slice_part(rest, slash + 1, rest.size));
	return true;
}

static void read_linux_tail(struct slice rest, struct socket_row *row)
{
	struct slice user, inode;
	rest = without_timer(slice_trim(rest));
	if (read_program(rest, row))
		return;
	struct cursor c = cursor_over(rest);
	if (cursor_word(&c, SOCKET_WORD_MAX, &user) && cursor_word(&c, SOCKET_WORD_MAX, &inode) &&
	    is_number(inode)) {
		row->uid = socket_user(user);
		read_program(slice_trim(cursor_rest(&c)), row);
	}
}

/* The words behind (state). A process may have blanks in its name: it ends with the
 * first word that ends in ':' and digits. */
static void read_bsd_tail(const struct netstat *n, struct slice rest, struct socket_row *row)
{
	struct cursor c = cursor_over(rest);
	struct slice word, from;
	uint64_t pid;
	for (int i = 0; i < n->pid_at; i++)
		if (!cursor_word(&c, SOCKET_WORD_MAX, &word))
			return;
	from = slice_trim(cursor_rest(&c));
	size_t left = from.size, at = 0;
	c = cursor_over(from);
	while (cursor_word(&c, SOCKET_WORD_MAX, &word)) {
		at = left - cursor_left(&c);
		size_t digits = word.size;
		while (digits > 0 && word.at[digits - 1] != ':')
			digits--;
		if (!n->pid_named)
			digits = 0;
		else if (digits == 0)
			continue;
		if (slice_u64(slice_part(word, digits, word.size), INT32_MAX, &pid)) {
			row->pid = (int64_t)pid;
			if (n->pid_named)
				row->process = slice_part(from, 0, at - (word.size - digits) - 1);
			return;
		}
		if (!n->pid_named)
			return;
	}
}

static enum status read_row(struct netstat *n, struct columns *f, struct cursor *c, uint64_t number,
			    struct slice line, struct error *err)
{
	struct cursor behind = *c;
	struct slice word = {0};
	enum status status = OK;
	bool tcp = !strcmp(f->row.proto, "tcp");
	if (f->listen)
		f->row.state = "LISTEN";
	else if (cursor_word(&behind, SOCKET_WORD_MAX, &word))
		f->row.state = socket_state(word);
	if (f->row.state || (n->pid_at < 0 && socket_is_raw(f->row.proto) && is_number(word)))
		*c = behind; /* the state of a raw socket is a number */
	if (!f->row.state && tcp && word.size > 0 && !is_number(word) && !slice_is(word, "-") &&
	    slice_find(word, '/') == word.size) {
		*c = behind;
		status = ingest_skip(n->to, "a state that is not known", number, line, err);
	}
	if (n->pid_at >= 0)
		read_bsd_tail(n, cursor_rest(c), &f->row);
	else if (!f->bsd)
		read_linux_tail(cursor_rest(c), &f->row);
	return status ? status : socket_write(n->to, &f->row, number, line, err);
}

static void read_heading(struct netstat *n, struct slice line)
{
	size_t at = slice_search(line, SLICE("(state)"));
	struct slice word;
	n->pid_at = -1;
	struct cursor c = cursor_over(slice_part(line, at + 7, line.size));
	for (int i = 0; i < WORDS_MAX && cursor_word(&c, SOCKET_WORD_MAX, &word); i++)
		if (slice_is(word, "pid") || slice_is(word, "process:pid")) {
			n->pid_at = i;
			n->pid_named = word.size > 3;
			return;
		}
}

static enum status on_line(void *self, struct slice line, uint64_t number, struct error *err)
{
	struct netstat *n = self;
	struct cursor c = cursor_over(line);
	struct columns f;
	if (slice_trim(line).size == 0)
		return OK;
	if (read_front(&c, &f)) {
		if (read_ends(&f))
			return read_row(n, &f, &c, number, line, err);
		return ingest_skip(n->to, "a row whose addresses cannot be read", number, line, err);
	}
	if (slice_starts(line, "unix ") || socket_mentions(line, warnings))
		return OK; /* owners that are not told are seen to be missing */
	if (socket_mentions(line, headings)) {
		read_heading(n, line);
		return OK;
	}
	/* titles stand at the start of their line; a path below may hold any word */
	bool title = slice_starts(line, "Active ") || slice_starts(line, "Registered ") || !n->elsewhere;
	if (title && socket_mentions(line, internet)) {
		n->elsewhere = false;
		return OK;
	}
	if (title && socket_mentions(line, other_titles))
		n->elsewhere = true;
	return n->elsewhere ? OK : ingest_skip(n->to, "a line that is no row of netstat", number, line, err);
}

static enum status read_netstat(struct ingest *to, struct input *in, uint64_t *ret_records,
				struct error *err)
{
	struct netstat n = {.to = to, .pid_at = -1};
	return socket_lines(to, in, on_line, &n, ret_records, err);
}

/* Its heading with its title, or rows alone, which ss has alike but for what follows
 * the addresses. */
static unsigned sniff_netstat(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	unsigned sure = 0, rows = 0, lead = 0;
	bool whole;
	while (rows < SNIFF_ROWS && lead < SOCKET_LEAD_MAX && cursor_line(&c, &line, &whole) && whole) {
		struct cursor words = cursor_over(line);
		struct columns f;
		bool row = read_front(&words, &f) && read_ends(&f);
		bool heading = slice_search(line, SLICE("Recv-Q")) < line.size ||
			       slice_search(line, SLICE("Rexmit")) < line.size;
		if ((slice_starts(line, "Proto") || slice_starts(line, "Tcpcb") || slice_starts(line, "Socket")) &&
		    heading)
			return 95;
		if (slice_starts(line, "Active ") && slice_search(line, SLICE(" sockets")) < line.size)
			sure = 80; /* Unix sockets alone */
		if (row && lead == 0) {
			sure = sure < 60 ? 60 : sure;
			rows++;
		} else if (!socket_mentions(line, internet)) {
			lead += sure == 0 && slice_trim(line).size > 0;
		}
	}
	return sure;
}

const struct reader reader_netstat = {
	.name = "netstat",
	.reads = "the table of sockets that netstat prints on Linux, macOS and BSD",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_netstat,
	.read = read_netstat,
};

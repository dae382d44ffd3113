/* SPDX-License-Identifier: Apache-2.0 */
/*
 * /proc/net/{tcp,udp,raw,udplite,icmp}{,6} of Linux (proc(5); net/ipv4/tcp_ipv4.c and its
 * neighbours), one or several of them behind each other:
 *
 *   sl  local_address rem_address   st tx_queue:rx_queue tr:tm->when retrnsmt uid timeout inode …
 *   0:  0100007F:0277 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0   0       1514  …
 *
 *   address  IPv4 in 8, IPv6 in 32 hexadecimal digits, as 32-bit words in the byte
 *            order of that machine: little-endian is taken
 *   port     in hexadecimal; of raw sockets the number of the protocol
 *   st       the state, in hexadecimal
 *
 * No file says of which protocol it is. Its name may; the headings of udp and raw
 * have "drops" where tcp has none. Between those two the port decides, which is then
 * called a guess: UDP seldom has one that is the number of a protocol programs open.
 *
 * head(1) and tail(1) put "==> /proc/net/tcp <==" in front of each of several files.
 *
 * /proc/net/{unix,netlink,packet} are understood, but tell no connections.
 */
#include "ingest/registry.h"
#include "ingest/sockets/table.h"

enum { NAME_MAX_SAID = 256 /* bytes of a file's name in a heading */ };

struct proc_net {
	struct ingest *to;
	const char *named; /* the protocol by the file's name; NULL: it tells none */
	bool drops;        /* the heading of udp or raw */
	bool guessed;
	bool elsewhere;    /* a table of another family */
};

struct columns {
	struct slice local, remote, state, uid;
};

static bool read_columns(struct slice line, struct columns *ret)
{
	struct cursor c = cursor_over(line);
	struct slice passed;
	return cursor_word(&c, SOCKET_WORD_MAX, &passed) /* sl */ && cursor_word(&c, SOCKET_WORD_MAX, &ret->local) &&
	       cursor_word(&c, SOCKET_WORD_MAX, &ret->remote) && cursor_word(&c, SOCKET_WORD_MAX, &ret->state) &&
	       cursor_word(&c, SOCKET_WORD_MAX, &passed) /* queues */ &&
	       cursor_word(&c, SOCKET_WORD_MAX, &passed) /* timer */ &&
	       cursor_word(&c, SOCKET_WORD_MAX, &passed) /* retransmissions */ &&
	       cursor_word(&c, SOCKET_WORD_MAX, &ret->uid);
}

/* ICMP, IGMP, GRE, ESP, AH, ICMPv6, OSPF, PIM, VRRP, any */
static bool is_protocol(int32_t port)
{
	static const unsigned char protocols[] = {1, 2, 47, 50, 51, 58, 89, 103, 112, 255};
	for (size_t i = 0; i < LENGTH(protocols); i++)
		if (protocols[i] == port)
			return true;
	return false;
}

/* `ret_guess`: nothing but the port says so. */
static const char *proto_of(const struct proc_net *p, const struct socket_row *row, bool *ret_guess)
{
	*ret_guess = false;
	if (p->named)
		return p->named;
	if (!p->drops)
		return "tcp";
	*ret_guess = row->remote.port == 0 && is_protocol(row->local.port);
	return *ret_guess ? "raw" : "udp";
}

static enum status read_row(struct proc_net *p, const struct columns *f, uint64_t number, struct slice line,
			    struct error *err)
{
	char local[ADDRESS_TEXT_MAX], remote[ADDRESS_TEXT_MAX];
	struct socket_row row = SOCKET_ROW_NONE;
	uint64_t state;
	enum status status = OK;
	bool guess;
	if (!socket_end_hex(f->local, local, &row.local) || !socket_end_hex(f->remote, remote, &row.remote) ||
	    !slice_hex_u64(f->state, UINT8_MAX, &state))
		return ingest_skip(p->to, "a row whose addresses cannot be read", number, line, err);
	row.proto = proto_of(p, &row, &guess);
	if (guess && !p->guessed)
		status = ingest_skip(p->to, "only the port tells raw from udp", number, line, err);
	p->guessed |= guess;
	row.state = socket_state_number(state);
	/* a socket that waits for its end belongs to nobody */
	row.uid = row.state && !strcmp(row.state, "TIME-WAIT") ? -1 : socket_user(f->uid);
	if (!status && !row.state)
		status = ingest_skip(p->to, "a state that is not known", number, line, err);
	return status ? status : socket_write(p->to, &row, number, line, err);
}

static bool is_heading(struct slice line)
{
	return slice_search(line, SLICE("local_address")) < line.size &&
	       slice_search(line, SLICE("tx_queue")) < line.size;
}

static bool is_other_heading(struct slice line)
{
	static const char *const headings[] = {"Num       RefCount Protocol", "RefCnt Type Proto",
					       "Eth Pid", NULL};
	return slice_starts(line, "Num ") || slice_starts(line, "sk ") ? socket_mentions(line, headings) : false;
}

/* One of these words in the name of the file, and no other of them. */
static const char *proto_in_name(const char *path)
{
	static const char *const protos[] = {"tcp", "udplite", "udp", "raw", "icmp"};
	const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path, *found = NULL;
	size_t count = 0;
	for (size_t i = 0; i < LENGTH(protos); i++)
		if (strstr(base, protos[i]) && !(found && !strcmp(found, "udplite"))) {
			found = protos[i];
			count++;
		}
	return count == 1 ? found : NULL;
}

/* "==> PATH <==" */
static bool is_file_name(struct slice line, struct slice *ret)
{
	*ret = slice_part(line, 4, line.size - 8);
	return line.size > 8 && slice_starts(line, "==> ") && slice_ends(line, " <==");
}

/* The protocol by the name of the file that begins. */
static void begin_file(struct proc_net *p, struct slice name)
{
	char path[NAME_MAX_SAID];
	p->named = slice_to_string(name, path, sizeof path) ? proto_in_name(path) : NULL;
	p->elsewhere = false;
}

static enum status on_line(void *self, struct slice line, uint64_t number, struct error *err)
{
	struct proc_net *p = self;
	struct columns f;
	struct slice name;
	if (is_file_name(line, &name)) {
		begin_file(p, name);
		return OK;
	}
	if (is_heading(line)) {
		p->drops = slice_search(line, SLICE("drops")) < line.size;
		p->elsewhere = false;
		return OK;
	}
	if (is_other_heading(line))
		p->elsewhere = true;
	if (p->elsewhere || slice_trim(line).size == 0)
		return OK;
	if (read_columns(line, &f))
		return read_row(p, &f, number, line, err);
	return ingest_skip(p->to, "a line that is no row of /proc/net", number, line, err);
}

static enum status read_proc_net(struct ingest *to, struct input *in, uint64_t *ret_records,
				 struct error *err)
{
	struct proc_net p = {.to = to, .named = proto_in_name(to->path)};
	return socket_lines(to, in, on_line, &p, ret_records, err);
}

static unsigned sniff_proc_net(struct slice first)
{
	struct cursor c = cursor_over(first);
	struct slice line, name;
	if (!cursor_line(&c, &line, NULL) || (is_file_name(line, &name) && !cursor_line(&c, &line, NULL)))
		return 0;
	return is_heading(line) || is_other_heading(line) ? 95 : 0;
}

const struct reader reader_proc_net = {
	.name = "proc-net",
	.reads = "the tables of sockets in /proc/net of Linux: tcp, udp, raw, and those of IPv6",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_proc_net,
	.read = read_proc_net,
};

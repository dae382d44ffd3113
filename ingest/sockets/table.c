/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/sockets/table.h"

#include "core/text.h"

enum {
	PORT_MAX = 65535,
	SERVICE_MAX = 64, /* a name of a port */
	HEX_V4 = 8,
	HEX_V6 = 32,
};

static bool is_name(struct slice word)
{
	if (word.size == 0 || word.size > SERVICE_MAX)
		return false;
	for (size_t i = 0; i < word.size; i++) {
		unsigned char c = word.at[i];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		bool more = (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '+';
		if (!letter && (i == 0 || !more))
			return false;
	}
	return true;
}

/* Paths and the like are no hosts. */
static bool is_host(struct slice word)
{
	for (size_t i = 0; i < word.size; i++)
		if (word.at[i] <= ' ' || word.at[i] == '/' || word.at[i] == '@' || word.at[i] == 0x7f)
			return false;
	return word.size > 0;
}

/* "[fe80::1%en0]" and "[fe80::1]%eth0" become "fe80::1": on which link an address
 * stands is no part of it. */
static struct slice plain_host(struct slice host)
{
	struct address a;
	size_t close = slice_find(host, ']');
	if (slice_starts(host, "[") && close < host.size &&
	    (close + 1 == host.size || host.at[close + 1] == '%'))
		host = slice_part(host, 1, close - 1);
	size_t zone = slice_find(host, '%');
	if (zone < host.size && (address_parse(slice_part(host, 0, zone), &a) || (zone == 1 && host.at[0] == '*')))
		host = slice_part(host, 0, zone);
	return host;
}

bool socket_end_parse(struct slice word, unsigned char mark, bool raw, struct socket_end *ret)
{
	size_t at = word.size;
	uint64_t port;
	while (at > 0 && word.at[at - 1] != mark)
		at--;
	if (at < 2)
		return false;
	struct slice last = slice_part(word, at, word.size);
	*ret = (struct socket_end){.host = plain_host(slice_part(word, 0, at - 1)), .port = -1};
	if (!is_host(ret->host))
		return false;
	if (slice_is(last, "*"))
		return true;
	if (slice_u64(last, PORT_MAX, &port)) {
		ret->port = (int32_t)port;
		return true;
	}
	if (!is_name(last))
		return false;
	ret->port = socket_service(last, raw);
	if (ret->port < 0)
		ret->service = last;
	return true;
}

/* Words of 32 bits in little-endian order are turned around. */
static bool read_address(struct slice digits, char ret[static ADDRESS_TEXT_MAX])
{
	unsigned char words[16], bytes[16];
	struct address a;
	if (digits.size != HEX_V4 && digits.size != HEX_V6)
		return false;
	size_t size = digits.size / 2;
	if (!slice_hex_bytes(digits, size, words))
		return false;
	for (size_t i = 0; i < size; i++)
		bytes[i] = words[(i & ~(size_t)3) + 3 - (i & 3)];
	a = size == 4 ? address_v4(bytes) : address_v6(bytes);
	address_text(&a, ret);
	return true;
}

bool socket_end_hex(struct slice word, char text[static ADDRESS_TEXT_MAX], struct socket_end *ret)
{
	size_t colon = slice_find(word, ':');
	uint64_t port;
	if (!read_address(slice_part(word, 0, colon), text) ||
	    !slice_hex_u64(slice_part(word, colon + 1, word.size), UINT16_MAX, &port))
		return false;
	*ret = (struct socket_end){.host = slice_of_string(text), .port = (int32_t)port};
	return true;
}

int64_t socket_user(struct slice word)
{
	uint64_t uid;
	if (slice_is(word, "root"))
		return 0;
	return slice_u64(word, UINT32_MAX, &uid) ? (int64_t)uid : -1;
}

static bool is_wildcard(struct slice host)
{
	struct address a;
	if (host.size == 0 || slice_is(host, "*"))
		return true;
	if (!address_parse(host, &a))
		return false;
	for (size_t i = 0; i < sizeof a.bytes; i++)
		if (a.bytes[i])
			return false;
	return true;
}

bool socket_has_peer(const struct socket_row *row)
{
	const struct socket_end *e = &row->remote;
	return e->port > 0 || e->service.size > 0 || !is_wildcard(e->host);
}

/* An address as inet_ntop() writes it; anything else as it stands, with the service
 * behind it that has no number. */
static void put_host(struct row_stream *q, int at, const struct socket_end *e, unsigned family)
{
	struct address a;
	char text[ADDRESS_TEXT_MAX], named[SOCKET_WORD_MAX + SERVICE_MAX + 2];
	struct slice host = e->host;
	if (host.size == 0)
		return;
	if (slice_is(host, "*") && family)
		host = family == 4 ? SLICE("0.0.0.0") : SLICE("::");
	if (!e->cut && address_parse(host, &a)) {
		address_text(&a, text);
		host = slice_of_string(text);
	}
	if (e->service.size > 0 && host.size <= SOCKET_WORD_MAX) {
		memcpy(named, host.at, host.size);
		named[host.size] = ':';
		memcpy(named + host.size + 1, e->service.at, e->service.size);
		host = slice_of(named, host.size + 1 + e->service.size);
	}
	row_slice(q, at, host);
}

static const char *state_of(const struct socket_row *row, bool peer)
{
	static const char *const connecting[] = {"tcp", "sctp", "dccp", "mptcp"};
	if (row->state)
		return row->state;
	for (size_t i = 0; i < LENGTH(connecting); i++)
		if (!strcmp(row->proto, connecting[i]))
			return NULL;
	return peer ? "ESTAB" : "UNCONN"; /* as the kernel has it of UDP */
}

static enum status count_gaps(struct ingest *to, const struct socket_row *row, uint64_t line,
			      struct slice text, struct error *err)
{
	enum status status = OK;
	if (row->local.service.size > 0 || row->remote.service.size > 0)
		status = ingest_skip(to, "a port by a name that is not known", line, text, err);
	if (!status && (row->local.cut || row->remote.cut))
		status = ingest_skip(to, "an address that may be cut off", line, text, err);
	return status;
}

enum status socket_write(struct ingest *to, const struct socket_row *row, uint64_t line,
			 struct slice text, struct error *err)
{
	bool peer = socket_has_peer(row);
	struct row_stream *q = row_begin(to->rows, QUERY_SOCKET_GIVEN);
	row_i64(q, 1, row->timed ? row->time_ns : 0);
	row_text(q, 2, row->proto);
	put_host(q, 3, &row->local, row->family);
	if (row->local.port >= 0)
		row_i64(q, 4, row->local.port);
	if (peer) {
		put_host(q, 5, &row->remote, row->family);
		if (row->remote.port >= 0)
			row_i64(q, 6, row->remote.port);
	}
	row_text(q, 7, state_of(row, peer));
	if (row->pid >= 0)
		row_i64(q, 8, row->pid);
	if (row->process.size > 0)
		row_slice(q, 9, row->process);
	if (row->uid >= 0)
		row_i64(q, 10, row->uid);
	row_i64(q, 11, to->source);
	row_i64(q, 12, (int64_t)line);
	enum status status = row_end(q, err);
	return status ? status : count_gaps(to, row, line, text, err);
}

enum status socket_lines(struct ingest *to, struct input *in, socket_line_fn *on_line, void *self,
			 uint64_t *ret_records, struct error *err)
{
	AUTO_LINES struct lines lines;
	enum status status = OK;
	struct slice line;
	bool too_long;
	lines_open(&lines, in);
	while (!status && lines_next(&lines, &line, &too_long))
		status = too_long ? ingest_skip(to, "longer than any line of a table", lines.number, line, err)
				  : on_line(self, line, lines.number, err);
	*ret_records = lines.number;
	return status;
}

bool socket_mentions(struct slice line, const char *const words[])
{
	for (; *words; words++)
		if (slice_search(line, slice_of_string(*words)) < line.size)
			return true;
	return false;
}

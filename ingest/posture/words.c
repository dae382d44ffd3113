/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Texts of lines with little form: resolv.conf(5), hosts(5), what the collector lists, the
 * addresses that resolvectl(1) prints, prefs.js of Firefox, routing tables of /proc.
 */
#include "ingest/posture/posture.h"

#include "core/address.h"

enum { WORD_MAX = 1024 };

/* Calls `each` for the lines that hold something, with their number. */
static enum status each_line(struct posture *p, struct slice text,
			     enum status (*each)(struct posture *p, struct slice line, struct error *err),
			     struct error *err)
{
	struct cursor c = cursor_over(text);
	struct slice line;
	enum status status = OK;
	while (!status && cursor_line(&c, &line, NULL)) {
		line = slice_trim(line);
		if (line.size > POSTURE_LINE_MAX)
			status = posture_unsure(p, "a line that is too long", slice_part(line, 0, 120), err);
		else if (line.size > 0)
			status = each(p, line, err);
	}
	return status;
}

static enum status words(struct posture *p, struct slice line, struct error *err)
{
	struct cursor c = cursor_over(line);
	struct slice name;
	if (line.at[0] == '#' || line.at[0] == ';' || !cursor_word(&c, POSTURE_LINE_MAX, &name))
		return OK;
	return posture_fact(p, name, slice_trim(cursor_rest(&c)), err);
}

enum status posture_words(struct posture *p, struct slice text, struct error *err)
{
	return each_line(p, text, words, err);
}

/* "127.0.1.1 box box.example # here". What is sent to the unspecified address by a list of
 * names to block is no place. */
static enum status host_line(struct posture *p, struct slice line, struct error *err)
{
	struct cursor c = cursor_over(slice_part(line, 0, slice_find(line, '#')));
	struct slice address, name;
	enum status status = OK;
	if (!cursor_word(&c, POSTURE_LINE_MAX, &address))
		return OK;
	const char *reach = posture_reach(address);
	if (!reach || !strcmp(reach, "any"))
		return OK;
	while (!status && cursor_word(&c, WORD_MAX, &name))
		status = posture_fact(p, name, address, err);
	return status;
}

enum status posture_hosts(struct posture *p, struct slice text, struct error *err)
{
	return each_line(p, text, host_line, err);
}

/* "Link 2 (eth0): 192.0.2.1 2001:db8::1", "Global: 9.9.9.9#name" */
static enum status addresses(struct posture *p, struct slice line, struct error *err)
{
	struct cursor c = cursor_over(line);
	struct slice word;
	enum status status = OK;
	while (!status && cursor_word(&c, POSTURE_LINE_MAX, &word)) {
		word = slice_part(word, 0, slice_find(word, '#'));
		const char *reach = posture_reach(word);
		if (reach && strcmp(reach, "name") != 0 && !slice_ends(word, ":"))
			status = posture_fact(p, SLICE("server"), word, err);
	}
	return status;
}

enum status posture_addresses(struct posture *p, struct slice text, struct error *err)
{
	return each_line(p, text, addresses, err);
}

/* user_pref("network.trr.mode", 5); */
static enum status preference(struct posture *p, struct slice line, struct error *err)
{
	static const char lead[] = "user_pref(\"";
	struct slice name;
	if (!slice_starts(line, lead))
		return OK; /* a comment, or a line of a text that goes on */
	struct cursor c = cursor_over(slice_part(line, sizeof lead - 1, line.size));
	if (!cursor_until(&c, '"', WORD_MAX, &name))
		return posture_unsure(p, "a preference that cannot be read", line, err);
	struct slice value = slice_trim(cursor_rest(&c));
	if (!slice_starts(value, ",") || !slice_ends(value, ");"))
		return posture_unsure(p, "a preference that cannot be read", line, err);
	value = slice_trim(slice_part(value, 1, value.size - 3));
	if (value.size >= 2 && value.at[0] == '"')
		value = slice_part(value, 1, value.size - 2);
	return posture_fact(p, name, value, err);
}

enum status posture_prefs(struct posture *p, struct slice text, struct error *err)
{
	return each_line(p, text, preference, err);
}

/* Word number `n` of a line, from 0. */
static struct slice word_of(struct slice line, unsigned n)
{
	struct cursor c = cursor_over(line);
	struct slice word = {0};
	for (unsigned i = 0; i <= n; i++)
		if (!cursor_word(&c, WORD_MAX, &word))
			return (struct slice){0};
	return word;
}

/* linux/route.h: RTF_UP 1, RTF_REJECT 0x200 */
static bool is_way(struct slice flags)
{
	uint64_t bits;
	return slice_hex_u64(flags, UINT32_MAX, &bits) && (bits & 1) && !(bits & 0x200);
}

/* All bits 0: the way needs none. */
static enum status add_gateway(struct posture *p, const struct address *a, struct error *err)
{
	static const struct address none[] = {{.family = ADDRESS_V4}, {.family = ADDRESS_V6}};
	char text[ADDRESS_TEXT_MAX];
	if (address_equal(a, &none[0]) || address_equal(a, &none[1]))
		return OK;
	address_text(a, text);
	return posture_fact(p, SLICE("gateway"), slice_of_string(text), err);
}

/* Iface Destination Gateway Flags … Mask: all bits of both 0 */
static enum status route4(struct posture *p, struct slice line, struct error *err)
{
	if (!slice_is(word_of(line, 1), "00000000") || !slice_is(word_of(line, 7), "00000000") ||
	    !is_way(word_of(line, 3)))
		return OK;
	unsigned char number[4];
	enum status status = posture_fact(p, SLICE("default"), word_of(line, 0), err);
	/* a number of the machine's own, which has its lowest byte first */
	if (status || !slice_hex_bytes(word_of(line, 2), sizeof number, number))
		return status;
	struct address a = address_v4((unsigned char[]){number[3], number[2], number[1], number[0]});
	return add_gateway(p, &a, err);
}

enum status posture_route4(struct posture *p, struct slice text, struct error *err)
{
	return each_line(p, text, route4, err);
}

/* destination length source length gateway metric counts uses flags interface */
static enum status route6(struct posture *p, struct slice line, struct error *err)
{
	if (!slice_is(word_of(line, 0), "00000000000000000000000000000000") ||
	    !slice_is(word_of(line, 1), "00") || !is_way(word_of(line, 8)) ||
	    slice_is(word_of(line, 9), "lo"))
		return OK;
	unsigned char bytes[16];
	enum status status = posture_fact(p, SLICE("default"), word_of(line, 9), err);
	if (status || !slice_hex_bytes(word_of(line, 4), sizeof bytes, bytes))
		return status;
	struct address a = address_v6(bytes);
	return add_gateway(p, &a, err);
}

enum status posture_route6(struct posture *p, struct slice text, struct error *err)
{
	return each_line(p, text, route6, err);
}

/* Netid State Recv-Q Send-Q Local:Port Peer:Port users:(("name",pid=7,fd=3)) */
static enum status listener(struct posture *p, struct slice line, struct error *err)
{
	struct slice proto = word_of(line, 0), local = word_of(line, 4);
	struct posture_listener l = {.proto = slice_is(proto, "udp") ? "udp" : "tcp", .pid = -1};
	size_t colon = local.size;
	uint64_t port, pid;
	while (colon > 0 && local.at[colon - 1] != ':')
		colon--;
	if (colon == 0 || (!slice_is(proto, "tcp") && !slice_is(proto, "udp")) ||
	    !slice_u64(slice_part(local, colon, local.size), 65535, &port))
		return posture_unsure(p, "a line that is no listener", line, err);
	l.address = slice_part(local, 0, colon - 1);
	l.port = (int64_t)port;
	if (slice_starts(l.address, "[") && slice_ends(l.address, "]"))
		l.address = slice_part(l.address, 1, l.address.size - 2);
	size_t users = slice_search(line, SLICE("users:((\""));
	struct slice rest = slice_part(line, users + 9, line.size);
	size_t end = slice_find(rest, '"');
	l.process = slice_part(rest, 0, end);
	rest = slice_part(rest, end, rest.size);
	size_t at = slice_search(rest, SLICE("pid="));
	rest = slice_part(rest, at + 4, rest.size);
	if (slice_u64(slice_part(rest, 0, slice_find(rest, ',')), INT32_MAX, &pid))
		l.pid = (int64_t)pid;
	return posture_listener(p, &l, err);
}

enum status posture_listeners(struct posture *p, struct slice text, struct error *err)
{
	return each_line(p, text, listener, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The printed output of tcpdump (and of ptcpdump, which prints alike): wherever two
 * addresses stand with " > " between them, a packet went. Deeper lines quote packets
 * inside of ICMP errors, which are no packets of their own.
 */
#include "tests/cases/cases.h"

#include <string.h>

enum { LINE_MAX_BYTES = 64 << 10, ENDS_MAX = 4096, PORT_DIGITS = 5 };

struct seen {
	struct ends all[ENDS_MAX];
	size_t count;
};

/* "192.0.2.1", "192.0.2.1.53", "2001:db8::1.53": the last part of one too many is the
 * port. */
static bool read_end(struct slice word, struct address *ret, int32_t *ret_port)
{
	char text[ADDRESS_TEXT_MAX + PORT_DIGITS + 1];
	uint64_t port;
	*ret_port = -1;
	if (address_parse(word, ret))
		return true;
	if (!slice_to_string(word, text, sizeof text))
		return false;
	char *dot = strrchr(text, '.');
	if (!dot || !slice_u64(slice_of_string(dot + 1), UINT16_MAX, &port))
		return false;
	*ret_port = (int32_t)port;
	*dot = 0;
	return address_parse(slice_of_string(text), ret);
}

static struct slice strip(struct slice word)
{
	while (word.size > 0 && strchr(":,;()[]", word.at[word.size - 1]))
		word.size--;
	while (word.size > 0 && strchr("([", word.at[0]))
		word = slice_part(word, 1, word.size);
	return word;
}

static void add(struct seen *s, const struct ends *e)
{
	for (size_t i = 0; i < s->count; i++) {
		const struct ends *o = &s->all[i];
		if (address_equal(&o->a, &e->a) && address_equal(&o->b, &e->b) &&
		    o->a_port == e->a_port && o->b_port == e->b_port)
			return;
	}
	if (s->count < ENDS_MAX)
		s->all[s->count++] = *e;
}

static void read_line(struct seen *s, struct slice line)
{
	struct cursor c = cursor_over(line);
	struct slice before = slice_of(NULL, 0), word;
	bool arrow = false;
	while (cursor_word(&c, LINE_MAX_BYTES, &word)) {
		struct ends e = {.proto = NULL};
		if (slice_is(word, ">")) {
			arrow = true;
			continue;
		}
		if (arrow && read_end(strip(before), &e.a, &e.a_port) &&
		    read_end(strip(word), &e.b, &e.b_port))
			add(s, &e);
		arrow = false;
		before = word;
	}
}

/* Packets are numbered from 1 at the start of their first line, in a column of 5. */
static bool is_number(struct slice line, uint64_t *ret)
{
	struct cursor c = cursor_over(line);
	struct slice word, rest;
	return slice_starts(line, " ") && !slice_starts(line, "\t") &&
	       cursor_word(&c, LINE_MAX_BYTES, &word) && word.size <= 5 &&
	       slice_u64(word, 99999, ret) && (rest = cursor_rest(&c)).size > 2 &&
	       slice_starts(rest, "  ");
}

void peer_tcpdump(struct peer_run *r)
{
	struct cursor c = cursor_over(r->answer);
	struct slice line;
	uint64_t number, last = 0;
	struct seen *s = arena_alloc(r->arena, sizeof *s);
	if (!s)
		die("too many answers");
	while (cursor_line(&c, &line, NULL)) {
		if (is_number(line, &number) && number == last + 1)
			last = number;
		if (!slice_starts(line, "\t"))
			read_line(s, line);
	}
	if (last > 0)
		tally_claim(r->tally, "packets", last == r->ours->records ? AGREES : DIFFERS,
			    "%llu packets | %llu", (unsigned long long)last,
			    (unsigned long long)r->ours->records);
	for (size_t i = 0; i < s->count; i++)
		tally_claim(r->tally, "flow", best_flow(r->ours, &s->all[i], NULL) ? AGREES : DIFFERS,
			    "%s", ends_text(r->arena, &s->all[i]));
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nettop -l of macOS, as it is shown on a screen:
 *
 *                                      interface     state        bytes_in …
 *   Google Chrome.7523                                            12345 …
 *     tcp4 192.0.2.1:56291<->192.0.2.2:443   en1     Established  12345 …
 *     udp6 *.5353<->*.*
 *
 * A public article shows these rows; Apple documents no layout, and whether and how a
 * time stands in front is not confirmed: one of digits and ':' is passed over. So a row
 * is known by its form, a state by its word, whatever columns there are. A name ends
 * where two blanks follow.
 */
#include "ingest/sockets/nettop.h"

/* Words that are blanks apart; nothing of CSV. */
bool nettop_plain_heading(struct slice line)
{
	struct cursor c = cursor_over(line);
	struct slice word;
	if (slice_find(line, ',') < line.size || !cursor_word(&c, SOCKET_WORD_MAX, &word))
		return false;
	if (slice_is(word, "time") && !cursor_word(&c, SOCKET_WORD_MAX, &word))
		return false;
	return slice_is(word, "interface") && cursor_word(&c, SOCKET_WORD_MAX, &word) && slice_is(word, "state");
}

/* "10:00:01.000001" in front. */
static struct slice without_time(struct slice text)
{
	size_t n = 0;
	while (n < text.size && ((text.at[n] >= '0' && text.at[n] <= '9') || text.at[n] == ':' || text.at[n] == '.'))
		n++;
	bool time = n > 0 && n < text.size && text.at[n] == ' ' && slice_find(slice_part(text, 0, n), ':') < n;
	return time ? slice_trim(slice_part(text, n, text.size)) : text;
}

/* The word of a state among those behind the addresses; empty where there is none. */
static struct slice find_state(struct cursor c)
{
	struct slice word;
	while (cursor_word(&c, SOCKET_WORD_MAX, &word))
		if (socket_state(word))
			return word;
	return slice_of(NULL, 0);
}

enum status nettop_plain_line(struct nettop *n, struct slice line, uint64_t number, struct error *err)
{
	struct slice text = without_time(slice_trim(line)), proto, ends;
	struct cursor c = cursor_over(text);
	if (slice_search(text, SLICE("<->")) == text.size) {
		struct slice name = slice_part(text, 0, slice_search(text, SLICE("  ")));
		return nettop_process(n, name) ? OK : nettop_skip(n, line, number, err);
	}
	if (!cursor_word(&c, SOCKET_WORD_MAX, &proto) || !cursor_word(&c, SOCKET_WORD_MAX, &ends))
		return nettop_skip(n, line, number, err);
	struct slice name = slice_part(text, 0, text.size - cursor_left(&c));
	return nettop_socket(n, slice_trim(name), find_state(c), line, number, err);
}

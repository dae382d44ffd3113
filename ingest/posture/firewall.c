/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/posture/firewall.h"

#include "core/address.h"

enum { TEXT_MAX = 512 /* of a rule that is kept for people */ };

enum status firewall_chain(struct posture *p, const struct firewall_chain *c, struct error *err)
{
	bool room;
	enum status status = posture_count(p, &room, err);
	if (status || !room)
		return status;
	struct row_stream *q = row_begin(p->to->rows, QUERY_POSTURE_CHAIN_INSERT);
	row_i64(q, 1, p->to->source);
	row_i64(q, 2, (int64_t)p->record);
	row_text(q, 3, c->family);
	row_slice(q, 4, slice_part(c->name, 0, FIREWALL_CHAIN_MAX));
	row_text(q, 5, c->hook);
	row_i64(q, 6, c->priority);
	row_text(q, 7, c->policy);
	return row_end(q, err);
}

enum status firewall_rule(struct posture *p, const struct firewall_rule *r, struct error *err)
{
	bool room;
	enum status status = posture_count(p, &room, err);
	if (status || !room)
		return status;
	AUTO_TEXT struct text shown = text_make(8 * TEXT_MAX);
	text_add_printable(&shown, slice_trim(r->text), TEXT_MAX);
	struct row_stream *q = row_begin(p->to->rows, QUERY_POSTURE_RULE_INSERT);
	row_i64(q, 1, p->to->source);
	row_i64(q, 2, (int64_t)p->record);
	row_i64(q, 3, (int64_t)p->facts);
	row_text(q, 4, r->family);
	row_slice(q, 5, slice_part(r->chain, 0, FIREWALL_CHAIN_MAX));
	row_text(q, 6, r->verdict);
	row_slice(q, 7, slice_part(r->target, 0, FIREWALL_CHAIN_MAX));
	row_text(q, 8, r->scope);
	row_slice(q, 9, text_slice(&shown));
	return row_end(q, err);
}

static size_t word_end(struct slice text, size_t at)
{
	unsigned char open = text.at[at];
	if (open == '"') {
		for (at++; at < text.size && text.at[at] != '"'; at++)
			if (text.at[at] == '\\')
				at++;
		return at < text.size ? at + 1 : text.size;
	}
	if (open == '{') {
		while (at < text.size && text.at[at] != '}')
			at++;
		return at < text.size ? at + 1 : text.size;
	}
	while (at < text.size && text.at[at] > ' ' && text.at[at] != '{')
		at++;
	return at;
}

void firewall_split(struct slice text, struct firewall_words *ret)
{
	size_t at = 0;
	ret->count = 0;
	ret->more = false;
	while (at < text.size) {
		if (text.at[at] <= ' ' || text.at[at] == '\\') {
			at++;
			continue;
		}
		size_t end = word_end(text, at);
		if (ret->count == FIREWALL_WORDS_MAX) {
			ret->more = true;
			return;
		}
		struct slice word = slice_part(text, at, end - at);
		if (word.size >= 2 && word.at[0] == '"' && word.at[word.size - 1] == '"')
			word = slice_part(word, 1, word.size - 2);
		ret->at[ret->count++] = word;
		at = end;
	}
}

bool firewall_is_loopback(struct slice interface)
{
	return slice_is(interface, "lo") || slice_is(interface, "lo0");
}

bool firewall_is_local(struct slice destination)
{
	struct address_range r;
	struct address a;
	if (address_parse(destination, &a))
		return address_class(&a) == CLASS_LOOPBACK;
	/* the whole of 127.0.0.0/8 and nothing beyond it */
	return address_range_parse(destination, &r) && address_class(&r.from) == CLASS_LOOPBACK &&
	       r.bits >= (r.from.family == ADDRESS_V4 ? 8u : 128u);
}

static bool is_link_type(struct slice word)
{
	static const char *const types[] = {
		"130", "131", "132", "133", "134", "135", "136", "143", "151", "152", "153",
		/* nft */
		"mld-listener-query", "mld-listener-report", "mld-listener-done", "mld-listener-reduction",
		"mld2-listener-report", "nd-router-solicit", "nd-router-advert", "nd-neighbor-solicit",
		"nd-neighbor-advert",
		/* ip6tables */
		"router-solicitation", "router-advertisement", "neighbour-solicitation", "neighbor-solicitation",
		"neighbour-advertisement", "neighbor-advertisement",
	};
	for (size_t i = 0; i < LENGTH(types); i++)
		if (slice_is(word, types[i]))
			return true;
	return false;
}

bool firewall_is_link_message(struct slice type)
{
	if (!slice_starts(type, "{"))
		return is_link_type(type);
	struct cursor c = cursor_over(slice_part(type, 1, type.size - 2));
	struct slice item;
	size_t count = 0;
	for (; cursor_left(&c) > 0; count++) {
		if (!cursor_until(&c, ',', type.size, &item)) {
			item = cursor_rest(&c);
			cursor_skip(&c, item.size);
		}
		if (!is_link_type(slice_trim(item)))
			return false;
	}
	return count > 0;
}

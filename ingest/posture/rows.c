/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/posture/posture.h"

#include "core/address.h"

enum status posture_count(struct posture *p, bool *ret_room, struct error *err)
{
	if (p->facts < POSTURE_FACTS_MAX && p->all && ++*p->all > POSTURE_ALL_MAX)
		p->facts = POSTURE_FACTS_MAX;
	*ret_room = p->facts < POSTURE_FACTS_MAX;
	bool first = p->facts == POSTURE_FACTS_MAX;
	p->facts += p->facts <= POSTURE_FACTS_MAX ? 1 : 0;
	return first ? posture_unsure(p, "more than is read of one file", p->example, err) : OK;
}

/* Only where a value is nothing but a place; "off" is no host. */
static bool split_host(struct slice value, struct slice *ret_host, bool *ret_url)
{
	size_t at = slice_search(value, SLICE("://"));
	*ret_url = at < value.size && at > 0;
	struct slice rest = *ret_url ? slice_part(value, at + 3, value.size) : value;
	size_t end = 0;
	while (end < rest.size && rest.at[end] != '/' && rest.at[end] != '?' && rest.at[end] != '#')
		end++;
	if (!*ret_url && end < rest.size)
		return false;
	rest = slice_part(rest, 0, end);
	size_t user = slice_find(rest, '@');
	if (user < rest.size)
		rest = slice_part(rest, user + 1, rest.size);
	if (slice_starts(rest, "[")) {
		*ret_host = slice_part(rest, 1, slice_find(rest, ']') - 1);
		return true;
	}
	size_t colon = slice_find(rest, ':');
	struct slice behind = slice_part(rest, colon + 1, rest.size);
	uint64_t port;
	bool address6 = slice_find(behind, ':') < behind.size;
	*ret_host = address6 ? rest : slice_part(rest, 0, colon);
	return address6 || colon == rest.size || behind.size == 0 || *ret_url || slice_u64(behind, 65535, &port);
}

static bool is_unspecified(const struct address *a)
{
	static const unsigned char none[16];
	return memcmp(a->bytes, none, sizeof none) == 0;
}

const char *posture_reach(struct slice value)
{
	struct slice host;
	struct address a;
	bool url;
	if (!split_host(value, &host, &url) || host.size == 0 || host.size > 255)
		return NULL;
	if (slice_is(host, "*"))
		return "any";
	if (slice_is_nocase(host, "localhost") || slice_ends(host, ".localhost"))
		return "loopback";
	size_t zone = slice_find(host, '%');
	if (address_parse(slice_part(host, 0, zone), &a))
		return is_unspecified(&a) ? "any" : address_class_name(address_class(&a));
	return url ? "name" : NULL;
}

/* The host of a value that leads somewhere; empty where it does not. */
static struct slice host_of(struct slice value, char plain[static ADDRESS_TEXT_MAX])
{
	struct slice host;
	struct address a;
	bool url;
	if (!posture_reach(value) || !split_host(value, &host, &url))
		return slice_of(NULL, 0);
	if (!address_parse(host, &a))
		return host;
	address_text(&a, plain);
	return slice_of_string(plain);
}

enum status posture_fact(struct posture *p, struct slice name, struct slice value, struct error *err)
{
	bool room;
	char plain[ADDRESS_TEXT_MAX];
	enum status status = posture_count(p, &room, err);
	if (status || !room)
		return status;
	struct row_stream *q = row_begin(p->to->rows, QUERY_POSTURE_FACT_INSERT);
	row_i64(q, 1, p->to->source);
	row_i64(q, 2, (int64_t)p->record);
	row_slice(q, 3, slice_part(name, 0, POSTURE_NAME_MAX));
	row_slice(q, 4, slice_part(value, 0, POSTURE_VALUE_MAX));
	row_text(q, 5, posture_reach(value));
	struct slice host = host_of(value, plain);
	if (host.size)
		row_slice(q, 6, host);
	return row_end(q, err);
}

enum status posture_unsure(struct posture *p, const char *why, struct slice example, struct error *err)
{
	if (p->doubts++ >= POSTURE_DOUBTS_MAX)
		return OK; /* it is in doubt already */
	AUTO_TEXT struct text shown = text_make(1024);
	text_add_printable(&shown, example, 120);
	struct row_stream *q = row_begin(p->to->rows, QUERY_POSTURE_DOUBT_INSERT);
	row_i64(q, 1, p->to->source);
	row_i64(q, 2, (int64_t)p->record);
	row_text(q, 3, why);
	row_slice(q, 4, text_slice(&shown));
	return row_end(q, err);
}

enum status posture_listener(struct posture *p, const struct posture_listener *l, struct error *err)
{
	const char *reach = posture_reach(l->address);
	bool room;
	enum status status = posture_count(p, &room, err);
	if (status || !room)
		return status;
	struct row_stream *q = row_begin(p->to->rows, QUERY_POSTURE_LISTENER_INSERT);
	row_i64(q, 1, p->to->source);
	row_i64(q, 2, (int64_t)p->record);
	row_text(q, 3, l->proto);
	row_slice(q, 4, l->address);
	row_text(q, 5, reach ? reach : "name");
	row_i64(q, 6, l->port);
	if (l->pid >= 0)
		row_i64(q, 7, l->pid);
	if (l->process.size)
		row_slice(q, 8, slice_part(l->process, 0, 64));
	return row_end(q, err);
}

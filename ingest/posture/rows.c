/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/posture/posture.h"

#include "ingest/posture/place.h"

enum status posture_count(struct posture *p, bool *ret_room, struct error *err)
{
	if (p->facts < POSTURE_FACTS_MAX && p->all && ++*p->all > POSTURE_ALL_MAX)
		p->facts = POSTURE_FACTS_MAX;
	*ret_room = p->facts < POSTURE_FACTS_MAX;
	bool first = p->facts == POSTURE_FACTS_MAX;
	p->facts += p->facts <= POSTURE_FACTS_MAX ? 1 : 0;
	return first ? posture_unsure(p, "more than is read of one file", p->example, err) : OK;
}

static bool is_unspecified(const struct address *a)
{
	static const unsigned char none[16];
	return memcmp(a->bytes, none, sizeof none) == 0;
}

static const char *reach_of(struct slice value, const struct place *p)
{
	if (p->doubtful)
		return "doubtful";
	if (p->host.size == 0) /* ":PORT" */
		return slice_find(value, ':') + 1 < value.size && !p->url ? "any" : NULL;
	if (slice_is(p->host, "*"))
		return "any";
	if (slice_is_nocase(p->host, "localhost"))
		return "loopback";
	if (p->address.family != ADDRESS_NONE)
		return is_unspecified(&p->address) ? "any" : address_class_name(address_class(&p->address));
	return p->url ? "name" : NULL;
}

const char *posture_reach(struct slice value)
{
	struct place p;
	return place_read(value, &p) ? reach_of(value, &p) : NULL;
}

/* The host of a value that leads somewhere; empty where it does not. */
static struct slice host_of(struct slice value, char plain[static ADDRESS_TEXT_MAX])
{
	struct place p;
	if (!place_read(value, &p) || !reach_of(value, &p))
		return slice_of(NULL, 0);
	if (p.address.family == ADDRESS_NONE)
		return p.host;
	address_text(&p.address, plain);
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

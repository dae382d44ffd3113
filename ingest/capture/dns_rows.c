/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DNS messages into rows: one a question. A response completes the row of its
 * query where that was seen on the same flow; otherwise it makes one of its own.
 */
#include "ingest/capture/names.h"

#include <string.h>

enum { PORT_DOT = 853 };

/* What the rows of one message have in common. */
struct rows {
	struct talk *t;
	const char *transport;
	bool netbios;
	struct dns_message m;
	const char *rcode, *answers; /* NULL for queries */
	uint32_t ttl; /* seconds */
	bool ttl_known;
};

static uint64_t mix(uint64_t h, struct slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		/* a slice's bytes are there: NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
		h = (h ^ bytes.at[i]) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 29;
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Where a query waits, or may: free, or the one that waits longest. */
static struct pending *place_of(struct pending *places, uint64_t key)
{
	struct pending *oldest = places;
	for (size_t i = 0; i < TABLE_WAYS; i++) {
		if (places[i].key == key)
			return &places[i];
		bool freer = oldest->key != 0 && (places[i].key == 0 || places[i].row < oldest->row);
		if (freer)
			oldest = &places[i];
	}
	return oldest;
}

/* Names are compared without case (RFC 4343, section 3). */
static struct pending *query_of(struct rows *r, const struct dns_name *name, uint16_t type,
				uint64_t *ret_key)
{
	const int64_t head[3] = {r->t->f->id, r->m.id, type};
	uint64_t h = mix(1, slice_of(head, sizeof head));
	for (size_t i = 0; i < name->size; i++)
		h = (h ^ lower(name->text[i])) * UINT64_C(0x9E3779B97F4A7C15);
	h ^= h >> 29;
	*ret_key = h ? h : 1;
	return place_of(&r->t->d->queries[h % (QUERIES / TABLE_WAYS) * TABLE_WAYS], *ret_key);
}

static void add_ttl(const struct rows *r, struct row_stream *q, int at)
{
	if (r->ttl_known)
		row_i64(q, at, r->ttl);
}

static enum status complete(struct rows *r, struct pending *known, struct error *err)
{
	struct row_stream *q = row_begin(r->t->d->to->rows, QUERY_DNS_ANSWER);
	row_i64(q, 1, known->row);
	row_text(q, 2, r->rcode);
	row_text(q, 3, r->answers);
	add_ttl(r, q, 4);
	known->key = 0;
	r->t->f->over = r->t->p->proto == PROTO_UDP;
	return row_end(q, err);
}

/* `name` is NULL where the lookup cannot be read, or asks for nothing. */
static enum status insert(struct rows *r, const struct dns_name *name, const char *type,
			  struct error *err)
{
	char client[ADDRESS_TEXT_MAX], server[ADDRESS_TEXT_MAX];
	const struct packet *p = r->t->p;
	struct dissect *d = r->t->d;
	bool response = r->m.response;
	const char *how = NULL;
	address_text(response ? &p->dst : &p->src, client);
	address_text(response ? &p->src : &p->dst, server);
	struct row_stream *q = row_begin(d->to->rows, QUERY_DNS_INSERT);
	row_i64(q, 1, d->to->source);
	row_i64(q, 2, p->frame->time_ns);
	row_text(q, 3, client);
	row_text(q, 4, server);
	row_i64(q, 5, response ? p->dport : p->sport);
	row_i64(q, 6, response ? p->sport : p->dport);
	row_text(q, 7, r->transport);
	if (r->m.bytes.size > 0)
		row_i64(q, 8, r->m.id);
	if (name)
		row_slice(q, 9, slice_of(name->text, name->size));
	row_text(q, 10, type);
	row_text(q, 11, r->rcode);
	row_text(q, 12, r->answers);
	row_i64(q, 13, r->t->f->id);
	row_text(q, 14, flow_direction(d, r->t->f, &how));
	row_i64(q, 15, (int64_t)p->frame->number);
	row_i64(q, 16, d->next_dns++);
	add_ttl(r, q, 17);
	return row_end(q, err);
}

/* Two numbers mean something else to NetBIOS. */
static const char *type_text(const struct rows *r, uint16_t type,
			     char buffer[static DNS_TYPE_TEXT_MAX])
{
	if (r->netbios && (type == DNS_TYPE_NB || type == DNS_TYPE_NB + 1))
		return type == DNS_TYPE_NB ? "NB" : "NBSTAT";
	return dns_type_text(type, buffer);
}

static enum status question(struct rows *r, struct dns_name *name, uint16_t type, struct error *err)
{
	uint64_t key;
	char buffer[DNS_TYPE_TEXT_MAX];
	if (r->netbios)
		(void)dns_netbios_name(name); /* others stand as they are */
	struct pending *known = query_of(r, name, type, &key);
	if (r->m.response && known->key == key)
		return complete(r, known, err);
	enum status status = insert(r, name, type_text(r, type, buffer), err);
	if (!status && !r->m.response)
		*known = (struct pending){key, r->t->d->next_dns - 1};
	return status;
}

static struct named *named_of(struct dissect *d, const struct address *a)
{
	uint64_t h = mix(2, slice_of(a->bytes, sizeof a->bytes));
	struct named *places = &d->named[h % (NAMED / TABLE_WAYS) * TABLE_WAYS], *oldest = places;
	for (size_t i = 0; i < TABLE_WAYS; i++) {
		if (address_equal(&places[i].address, a))
			return &places[i];
		if (places[i].since < oldest->since)
			oldest = &places[i];
	}
	return oldest;
}

/* An address is known by the name that was asked for, aliases or not. */
static void remember_address(struct dissect *d, const struct dns_name *asked,
			     const struct dns_record *r)
{
	struct slice data = cursor_rest(&r->data);
	struct address a;
	if (r->type == DNS_TYPE_A && data.size == 4)
		a = address_v4(data.at);
	else if (r->type == DNS_TYPE_AAAA && data.size == 16)
		a = address_v6(data.at);
	else
		return;
	struct named *n = named_of(d, &a);
	n->address = a;
	n->since = ++d->names;
	if (!slice_to_string(slice_of(asked->text, asked->size), n->name, sizeof n->name))
		n->address.family = ADDRESS_NONE;
}

enum status dns_rows_named(struct dissect *d, struct flow *f, const struct packet *p,
			   struct error *err)
{
	const struct address *to = &f->key.ends[1 - f->opener];
	const struct named *n = named_of(d, to);
	if (!p->has_ports || to->family == ADDRESS_NONE || !address_equal(&n->address, to))
		return OK;
	struct talk t = {.d = d, .f = f, .p = p};
	return names_add(&t, slice_of_string(n->name), "dns", NULL, err);
}

static enum status skip(struct rows *r, const char *reason, struct error *err)
{
	return ingest_skip(r->t->d->to, reason, r->t->p->frame->number,
			   slice_part(r->m.bytes, 0, DNS_NAME_MAX), err);
}

static void add_data(struct rows *r, struct json *j)
{
	struct dissect *d = r->t->d;
	bool node = d->record.type == DNS_TYPE_NB || d->record.type == DNS_TYPE_NB + 1;
	if (d->answers.size >= ANSWERS_TEXT_MAX - 8 * DNS_NAME_MAX)
		return;
	if (r->netbios && node)
		dns_netbios_data(&d->record, &d->scratch, j);
	else
		dns_data(&r->m, &d->record, &d->scratch, j);
}

/* Of all answers that stand together, aliases too, the one that runs out first counts. */
static void note_ttl(struct rows *r)
{
	uint32_t ttl = r->t->d->record.ttl;
	if (r->netbios || (r->ttl_known && r->ttl <= ttl))
		return;
	r->ttl = ttl;
	r->ttl_known = true;
}

static struct json begin_answers(struct rows *r)
{
	text_clear(&r->t->d->answers);
	struct json j = json_on(&r->t->d->answers);
	json_begin_array(&j, NULL);
	return j;
}

static void end_answers(struct rows *r, struct json *j)
{
	json_end_array(j);
	r->answers = text_string(&r->t->d->answers);
}

static void read_answers(struct rows *r)
{
	struct dissect *d = r->t->d;
	struct json j = begin_answers(r);
	for (int i = 0; i < DNS_ANSWERS_MAX && dns_answer(&r->m, &d->record); i++) {
		add_data(r, &j);
		note_ttl(r);
		remember_address(d, &d->first, &d->record);
	}
	end_answers(r, &j);
}

/* Answers that nobody asked for, as mDNS announces them, or an inverse query (RFC
 * 1035, 6.4): a row for each owner and type, as long as they stand together. */
static enum status write_unasked(struct rows *r, struct error *err)
{
	struct dissect *d = r->t->d;
	char buffer[DNS_TYPE_TEXT_MAX];
	enum status status = OK;
	int count = 1;
	bool there = dns_answer(&r->m, &d->record);
	if (!there)
		return insert(r, NULL, NULL, err);
	while (there && !status) {
		uint16_t type = d->record.type;
		struct json j = begin_answers(r);
		d->first = d->record.owner;
		r->ttl_known = false;
		do {
			add_data(r, &j);
			note_ttl(r);
			remember_address(d, &d->first, &d->record);
			there = count++ < DNS_ANSWERS_MAX && dns_answer(&r->m, &d->record);
		} while (there && d->record.type == type && d->record.owner.size == d->first.size &&
			 !memcmp(d->record.owner.text, d->first.text, d->first.size));
		end_answers(r, &j);
		if (r->netbios)
			(void)dns_netbios_name(&d->first);
		status = insert(r, &d->first, type_text(r, type, buffer), err);
	}
	return status;
}

/* Addresses that came along, and the upper bits of the result (RFC 6891, 6.1.3). */
static void read_further(struct rows *r)
{
	struct dissect *d = r->t->d;
	for (int i = 0; i < DNS_ANSWERS_MAX && dns_further(&r->m, &d->record); i++) {
		if (d->record.type == DNS_TYPE_OPT)
			r->m.rcode |= d->record.ttl >> 24 << 4;
		else if (!r->netbios && r->m.response)
			remember_address(d, &d->record.owner, &d->record);
	}
}

/* The rows of the questions, once what was answered is known. */
static enum status write_rows(struct rows *r, struct dns_message questions, struct error *err)
{
	uint16_t type = 0;
	enum status status = OK;
	for (int i = 0; !status && dns_question(&questions, &r->t->d->name, &type); i++) {
		if (i == DNS_QUESTIONS_MAX)
			return skip(r, "a DNS message with more questions than are read", err);
		status = question(r, &r->t->d->name, type, err);
		if (r->answers) /* they stand with the first one */
			r->answers = "[]";
	}
	return status;
}

static const char *what_is_wrong(const struct dns_message *m)
{
	if (m->rest.short_read)
		return "a DNS message that cannot be read to its end";
	return m->answers > 0 && m->response ? "a DNS message with more answers than are read"
					     : NULL;
}

enum status dns_rows(struct talk *t, struct slice message, const char *transport, struct error *err)
{
	struct dissect *d = t->d;
	struct rows r = {.t = t, .transport = transport, .netbios = !strcmp(transport, "nbns")};
	char buffer[DNS_TYPE_TEXT_MAX];
	uint16_t type = 0;
	if (!dns_head(message, &r.m)) {
		r.m.bytes = message;
		return skip(&r, "a DNS message that is cut off", err);
	}
	struct dns_message questions = r.m;
	bool asked = false;
	while (dns_question(&r.m, &d->name, &type)) {
		if (!asked)
			d->first = d->name;
		asked = true;
	}
	if (r.m.response && asked)
		read_answers(&r);
	if (asked)
		read_further(&r);
	if (r.m.response)
		r.rcode = dns_rcode_text(r.m.rcode, buffer);
	enum status status = asked ? write_rows(&r, questions, err) : write_unasked(&r, err);
	if (!asked)
		read_further(&r);
	const char *problem = what_is_wrong(&r.m);
	return !status && problem ? skip(&r, problem, err) : status;
}

enum status dns_rows_hidden(struct talk *t, const char *transport, struct error *err)
{
	struct rows r = {.t = t, .transport = transport};
	if (t->f->resolver)
		return OK;
	t->f->resolver = true;
	r.m.response = t->p->sport == PORT_DOT && t->p->dport != PORT_DOT;
	return insert(&r, NULL, NULL, err);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * DNS messages into rows: one a question. A response completes the row of its
 * query where that was seen on the same flow; otherwise it makes one of its own.
 */
#include "ingest/capture/dissect.h"

#include <string.h>

/* What the rows of one message have in common. */
struct talk {
	struct dissect *d;
	struct flow *f;
	const struct packet *p;
	const char *transport;
	struct dns_message m;
	const char *rcode, *answers; /* NULL for queries */
};

static uint64_t mix(uint64_t h, struct slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		h = (h ^ bytes.at[i]) * UINT64_C(0x9E3779B97F4A7C15);
	return h ^ h >> 29;
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
}

/* Names are compared without case (RFC 4343, section 3). */
static struct pending *query_of(struct talk *t, const struct dns_name *name, uint16_t type,
				uint64_t *ret_key)
{
	const int64_t head[3] = {t->f->id, t->m.id, type};
	uint64_t h = mix(1, slice_of(head, sizeof head));
	for (size_t i = 0; i < name->size; i++)
		h = (h ^ lower(name->text[i])) * UINT64_C(0x9E3779B97F4A7C15);
	h ^= h >> 29;
	*ret_key = h ? h : 1;
	return &t->d->queries[h % QUERIES];
}

static enum status complete(struct talk *t, struct pending *known, struct error *err)
{
	sqlite3_stmt *q = store_query(t->d->to->store, QUERY_DNS_ANSWER);
	store_bind_i64(q, 1, known->row);
	store_bind_text(q, 2, t->rcode);
	store_bind_text(q, 3, t->answers);
	known->key = 0;
	return store_run(q, err);
}

static enum status insert(struct talk *t, const struct dns_name *name, const char *type,
			  struct error *err)
{
	char client[ADDRESS_TEXT_MAX], server[ADDRESS_TEXT_MAX];
	const struct packet *p = t->p;
	bool response = t->m.response;
	address_text(response ? &p->dst : &p->src, client);
	address_text(response ? &p->src : &p->dst, server);
	sqlite3_stmt *q = store_query(t->d->to->store, QUERY_DNS_INSERT);
	store_bind_i64(q, 1, t->d->to->source);
	store_bind_i64(q, 2, p->frame->time_ns);
	store_bind_text(q, 3, client);
	store_bind_text(q, 4, server);
	store_bind_i64(q, 5, response ? p->dport : p->sport);
	store_bind_i64(q, 6, response ? p->sport : p->dport);
	store_bind_text(q, 7, t->transport);
	store_bind_i64(q, 8, t->m.id);
	if (name)
		store_bind_slice(q, 9, slice_of(name->text, name->size));
	store_bind_text(q, 10, type);
	store_bind_text(q, 11, t->rcode);
	store_bind_text(q, 12, t->answers);
	store_bind_i64(q, 13, t->f->id);
	store_bind_text(q, 14, flow_direction(t->d, t->f));
	store_bind_i64(q, 15, (int64_t)p->frame->number);
	return store_run(q, err);
}

static enum status question(struct talk *t, struct dns_name *name, uint16_t type, struct error *err)
{
	uint64_t key;
	char buffer[DNS_TYPE_TEXT_MAX];
	if (!strcmp(t->transport, "nbns"))
		(void)dns_netbios_name(name); /* others stand as they are */
	struct pending *known = query_of(t, name, type, &key);
	if (t->m.response && known->key == key)
		return complete(t, known, err);
	enum status status = insert(t, name, dns_type_text(type, buffer), err);
	if (!status && !t->m.response)
		*known = (struct pending){key, store_last_id(t->d->to->store)};
	return status;
}

static struct named *named_of(struct dissect *d, const struct address *a)
{
	return &d->named[mix(2, slice_of(a->bytes, sizeof a->bytes)) % NAMED];
}

/* An address is known by the name that was asked for, aliases or not. */
static void remember_address(struct dissect *d, const struct dns_name *asked,
			     const struct dns_record *r)
{
	struct slice data = cursor_rest(&r->data);
	struct address a;
	if (r->type == 1 && data.size == 4)
		a = address_v4(data.at);
	else if (r->type == 28 && data.size == 16)
		a = address_v6(data.at);
	else
		return;
	struct named *n = named_of(d, &a);
	n->address = a;
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
	return names_add(d, f, p, slice_of_string(n->name), "dns", NULL, err);
}

/* The answers as a JSON array in d->answers. Where there is no question, the first
 * record's owner stands for it. */
static void read_answers(struct talk *t, bool asked, uint16_t *ret_type)
{
	struct dissect *d = t->d;
	text_clear(&d->answers);
	struct json j = json_on(&d->answers);
	json_begin_array(&j, NULL);
	for (int i = 0; i < DNS_ANSWERS_MAX && dns_answer(&t->m, &d->record); i++) {
		if (!asked) {
			d->first = d->record.owner;
			*ret_type = d->record.type;
			asked = true;
		}
		if (d->answers.size < ANSWERS_TEXT_MAX - 8 * DNS_NAME_MAX)
			dns_data(&t->m, &d->record, &d->scratch, &j);
		remember_address(d, &d->first, &d->record);
	}
	json_end_array(&j);
	char buffer[DNS_TYPE_TEXT_MAX];
	text_clear(&d->detail);
	text_add_string(&d->detail, dns_rcode_text(t->m.rcode, buffer));
	t->rcode = text_string(&d->detail);
	t->answers = text_string(&d->answers);
}

static enum status skip(struct talk *t, const char *reason, struct error *err)
{
	return ingest_skip(t->d->to, reason, t->p->frame->number,
			   slice_part(t->m.bytes, 0, DNS_NAME_MAX), err);
}

/* The rows of the questions, once what was answered is known. */
static enum status write_rows(struct talk *t, struct dns_message questions, bool asked,
			      uint16_t first_type, struct error *err)
{
	uint16_t type = 0;
	char buffer[DNS_TYPE_TEXT_MAX];
	if (!asked)
		return insert(t, t->d->first.size ? &t->d->first : NULL,
			      t->d->first.size ? dns_type_text(first_type, buffer) : NULL, err);
	enum status status = OK;
	for (int i = 0; !status && dns_question(&questions, &t->d->name, &type); i++) {
		if (i == DNS_QUESTIONS_MAX)
			return skip(t, "a DNS message with more questions than are read", err);
		status = question(t, &t->d->name, type, err);
		if (t->answers) /* they stand with the first one */
			t->answers = "[]";
	}
	return status;
}

enum status dns_rows(struct dissect *d, struct flow *f, const struct packet *p,
		     struct slice message, const char *transport, struct error *err)
{
	struct talk t = {.d = d, .f = f, .p = p, .transport = transport};
	uint16_t type = 0, first_type = 0;
	if (!dns_head(message, &t.m)) {
		t.m.bytes = message;
		return skip(&t, "a DNS message that is cut off", err);
	}
	struct dns_message questions = t.m;
	bool asked = false;
	d->first.size = 0;
	while (dns_question(&t.m, &d->name, &type))
		if (!asked) {
			asked = true;
			d->first = d->name;
			first_type = type;
		}
	if (t.m.response)
		read_answers(&t, asked, &first_type);
	enum status status = write_rows(&t, questions, asked, first_type, err);
	if (!status && t.m.rest.short_read)
		status = skip(&t, "a DNS message that cannot be read to its end", err);
	return status;
}

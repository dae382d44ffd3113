/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name servers and proxies that a machine was set up to ask. Only addresses are of use
 * here: what is given by name is known when it was looked up.
 */
#include "ingest/evidence_rows.h"

#include "core/address.h"

enum { SERVERS_MAX = 256, PARTS_MAX = 16 };

static enum status insert(struct evidence_rows *r, struct slice text, const char *role, struct error *err)
{
	char plain[ADDRESS_TEXT_MAX];
	struct address a;
	if (!address_parse(text, &a))
		return OK;
	address_text(&a, plain);
	struct row_stream *q = row_begin(r->to->rows, QUERY_HOST_ROLE_INSERT);
	row_text(q, 1, plain);
	row_text(q, 2, role);
	row_i64(q, 3, r->t);
	return row_end(q, err);
}

enum status evidence_on_resolver(struct evidence_rows *r, struct error *err)
{
	struct cursor c = json_array(&r->line->members[FIELD_SERVERS].value);
	struct json_value entry;
	enum status status = OK;
	for (int i = 0; i < SERVERS_MAX && !status && json_next(&c, &entry); i++) {
		struct json_member m[] = {{.key = "address"}};
		struct slice address;
		if (!json_read_object(entry.raw, m, LENGTH(m), NULL) &&
		    json_string(&m[0].value, r->buffers[0], EVIDENCE_STRING_MAX, &address))
			status = insert(r, address, "resolver", err);
		else
			status = ingest_skip(r->to, "a name server that cannot be read", r->record, entry.raw, err);
	}
	return status;
}

/* "http=192.0.2.1:3128", "http://user@[2001:db8::1]:3128/", "192.0.2.1:3128" */
static struct slice host_of(struct slice part)
{
	size_t equals = slice_find(part, '=');
	if (equals < part.size)
		part = slice_part(part, equals + 1, part.size);
	size_t scheme = slice_search(part, SLICE("://"));
	if (scheme < part.size)
		part = slice_part(part, scheme + 3, part.size);
	size_t user = slice_find(part, '@');
	if (user < part.size)
		part = slice_part(part, user + 1, part.size);
	if (slice_starts(part, "["))
		return slice_part(part, 1, slice_find(part, ']') - 1);
	part = slice_part(part, 0, slice_find(part, '/'));
	return slice_part(part, 0, slice_find(part, ':'));
}

static enum status add_proxies(struct evidence_rows *r, enum evidence_field field, struct error *err)
{
	struct slice all, part;
	if (!evidence_text(r->line, field, r->buffers[0], &all))
		return OK;
	struct cursor c = cursor_over(all);
	enum status status = OK;
	for (int i = 0; i < PARTS_MAX && !status && cursor_left(&c) > 0; i++) {
		if (!cursor_until(&c, ';', EVIDENCE_STRING_MAX, &part))
			part = cursor_take(&c, cursor_left(&c));
		status = insert(r, host_of(slice_trim(part)), "proxy", err);
	}
	return status;
}

enum status evidence_on_proxy(struct evidence_rows *r, struct error *err)
{
	static const enum evidence_field fields[] = {FIELD_PROXY, FIELD_HTTP, FIELD_HTTPS};
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(fields) && !status; i++)
		status = add_proxies(r, fields[i], err);
	return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/etl/dns_client.h"

#include "core/address.h"
#include "core/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	DNS_PORT = 53,
	TYPE_MAX = UINT16_MAX,
	ERROR_FIRST = 9000,  /* and the response code of the server on top */
	ERROR_LAST = 9019,
	NO_RECORDS = 9501,
	TIMED_OUT = 1460,
	RESULTS_MAX = 256,
	ANSWERS_MAX = 8 * DNS_EVENT_RESULTS_MAX, /* escaped */
};

struct waiting {
	uint64_t key; /* 0: none */
	int64_t row;  /* dns(id) */
};

struct dns_client {
	struct ingest *to;       /* not owned, as the next */
	struct packets *packets;
	struct text answers;     /* cleared and used again */
	struct waiting waiting[DNS_CLIENT_PENDING];
};

struct dns_client *dns_client_new(struct ingest *to, struct packets *packets)
{
	struct dns_client *d = must_alloc(1, sizeof *d);
	d->to = to;
	d->packets = packets;
	d->answers = text_make(ANSWERS_MAX);
	return d;
}

void dns_client_free(struct dns_client *d)
{
	if (!d)
		return;
	text_free(&d->answers);
	free(d);
}

/* Names are compared without case (RFC 4343, section 3). */
static uint64_t mix(uint64_t h, const char *text)
{
	for (; *text; text++) {
		unsigned char c = (unsigned char)(*text >= 'A' && *text <= 'Z' ? *text + ('a' - 'A') : *text);
		h = (h ^ c) * UINT64_C(0x9E3779B97F4A7C15);
	}
	return h ^ h >> 29;
}

static struct waiting *place_of(struct dns_client *d, const struct dns_event *e, uint64_t *ret_key)
{
	uint64_t h = mix(mix(e->type + 1, e->name), e->server);
	*ret_key = h ? h : 1;
	return &d->waiting[h % DNS_CLIENT_PENDING];
}

/* "NXDOMAIN"; what is no answer of a server is told in words. */
static const char *status_text(const struct dns_event *e, char buffer[static DNS_TYPE_TEXT_MAX])
{
	if (!e->has_status)
		return NULL;
	if (e->status == 0 || e->status == NO_RECORDS)
		return dns_rcode_text(0, buffer);
	if (e->status > ERROR_FIRST && e->status <= ERROR_LAST)
		return dns_rcode_text(e->status - ERROR_FIRST, buffer);
	if (e->status == TIMED_OUT)
		return "timeout";
	snprintf(buffer, DNS_TYPE_TEXT_MAX, "E%u", (unsigned)e->status);
	return buffer;
}

/* "192.0.2.1", "::ffff:192.0.2.1" (which is the same), "type: 5 example.net". */
static void add_result(struct json *j, struct slice result)
{
	char text[ADDRESS_TEXT_MAX];
	struct address a;
	uint64_t number;
	result = slice_trim(result);
	if (result.size == 0)
		return;
	if (address_parse(result, &a)) {
		unsigned char bytes[16];
		memcpy(bytes, a.bytes, sizeof bytes);
		a = a.family == ADDRESS_V6 ? address_v6(bytes) : a;
		address_text(&a, text);
		json_add_string(j, NULL, text);
		return;
	}
	if (slice_starts(result, "type:")) {
		struct cursor c = cursor_over(slice_part(result, 5, result.size));
		struct slice type;
		/* without what it is of, an alias is told as captures tell it: its name */
		if (cursor_word(&c, 8, &type) && slice_u64(type, TYPE_MAX, &number))
			result = slice_trim(cursor_rest(&c));
	}
	json_add_slice(j, NULL, result);
}

static const char *answers_of(struct dns_client *d, const struct dns_event *e)
{
	struct cursor c = cursor_over(slice_of_string(e->results));
	struct json j = json_on(&d->answers);
	if (!e->has_status || (e->results[0] == 0 && e->status != 0))
		return NULL;
	text_clear(&d->answers);
	json_begin_array(&j, NULL);
	for (int i = 0; i < RESULTS_MAX && cursor_left(&c) > 0; i++) {
		struct slice result;
		if (!cursor_until(&c, ';', cursor_left(&c), &result))
			result = cursor_take(&c, cursor_left(&c));
		add_result(&j, result);
	}
	json_end_array(&j);
	return text_string(&d->answers);
}

static enum status insert(struct dns_client *d, const struct dns_event *e, int64_t id, int64_t time_ns,
			  uint64_t number, struct error *err)
{
	char type[DNS_TYPE_TEXT_MAX], status[DNS_TYPE_TEXT_MAX], server[ADDRESS_TEXT_MAX] = "";
	struct address a;
	if (address_parse(slice_of_string(e->server), &a))
		address_text(&a, server);
	struct row_stream *q = row_begin(d->to->rows, QUERY_DNS_INSERT);
	row_i64(q, 1, d->to->source);
	row_i64(q, 2, time_ns);
	row_text(q, 3, "");
	row_text(q, 4, server[0] ? server : e->server);
	row_i64(q, 5, 0);
	row_i64(q, 6, e->server[0] ? DNS_PORT : 0);
	row_text(q, 7, "client");
	row_text(q, 9, e->name);
	row_text(q, 10, dns_type_text((uint16_t)e->type, type));
	row_text(q, 11, status_text(e, status));
	row_text(q, 12, answers_of(d, e));
	row_i64(q, 15, (int64_t)number);
	row_i64(q, 16, id);
	return row_end(q, err);
}

static enum status complete(struct dns_client *d, const struct dns_event *e, int64_t row, struct error *err)
{
	char status[DNS_TYPE_TEXT_MAX];
	struct row_stream *q = row_begin(d->to->rows, QUERY_DNS_ANSWER);
	row_i64(q, 1, row);
	row_text(q, 2, status_text(e, status));
	row_text(q, 3, answers_of(d, e));
	return row_end(q, err);
}

/* Every moment but the first completes what waits, or stands for itself. What was found
 * is told again when it is done. */
enum status dns_client_note(struct dns_client *d, const struct dns_event *e, int64_t time_ns, uint64_t number,
			    int64_t *ret_row, struct error *err)
{
	uint64_t key;
	*ret_row = 0;
	struct waiting *w = place_of(d, e, &key);
	bool waits = w->key == key;
	bool asks = e->moment == DNS_EVENT_ASKED || e->moment == DNS_EVENT_SENT;
	if (e->moment == DNS_EVENT_FOUND)
		return waits && e->status == 0 ? complete(d, e, w->row, err) : OK;
	if (!asks && waits) {
		w->key = 0;
		return complete(d, e, w->row, err);
	}
	int64_t id = packets_dns_id(d->packets);
	if (asks)
		*w = (struct waiting){key, id};
	*ret_row = id;
	return insert(d, e, id, time_ns, number, err);
}

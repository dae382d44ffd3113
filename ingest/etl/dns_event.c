/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of Microsoft-Windows-DNS-Client (its manifest), little-endian, text in UTF-16
 * with a NUL:
 *
 *   3006 asked     name type:4 options:8 servers, and what is not needed
 *   3008 done      name type:4 options:8 status:4 results
 *   3010 sent      name type:4 server
 *   3011 answered  name type:4 server status:4
 *   3018 found     name type:4 options:8 status:4 results   (in the cache)
 *   3020 found     name type:4 network:4 interface:4 status:4 results
 *
 * A status is an error of Windows: 0, or 9001 and up for what a server said.
 */
#include "ingest/etl/decode_event.h"

#include "ingest/etl/utf16.h"

enum id {
	ASKED = 3006,
	DONE = 3008,
	SENT = 3010,
	ANSWERED = 3011,
	CACHED = 3018,
	RESPONDED = 3020,
};

static void read_status(struct cursor *c, struct dns_event *ret)
{
	ret->status = cursor_le32(c);
	ret->has_status = !c->short_read;
}

static void read_results(struct cursor *c, size_t between, struct dns_event *ret)
{
	cursor_skip(c, between);
	read_status(c, ret);
	(void)utf16_read(c, ret->results, sizeof ret->results);
}

enum use dns_event(const struct event *e, struct dns_event *ret)
{
	struct cursor c = cursor_over(e->payload);
	ret->has_status = false;
	ret->server[0] = ret->results[0] = 0;
	(void)utf16_read(&c, ret->name, sizeof ret->name);
	ret->type = cursor_le32(&c);
	switch (e->id) {
	case ASKED:
		ret->moment = DNS_EVENT_ASKED;
		break;
	case DONE:
		ret->moment = DNS_EVENT_DONE;
		read_results(&c, 8, ret);
		break;
	case SENT:
	case ANSWERED:
		ret->moment = e->id == SENT ? DNS_EVENT_SENT : DNS_EVENT_ANSWERED;
		(void)utf16_read(&c, ret->server, sizeof ret->server);
		if (e->id == ANSWERED)
			read_status(&c, ret);
		break;
	case CACHED:
	case RESPONDED:
		ret->moment = DNS_EVENT_FOUND;
		read_results(&c, 8, ret);
		break;
	default:
		return USE_OTHER;
	}
	return c.short_read || !ret->name[0] ? USE_MALFORMED : USE_ROW;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Chromium, and whatever is built on it, logs of its network with --log-net-log=FILE
 * (Chromium, net/docs/net-log.md, net/log/net_log_event_type_list.h):
 *
 *   {"constants":{"logEventPhase":{"PHASE_BEGIN":1,…},"logEventTypes":{"UDP_CONNECT":60,…},
 *                 "timeTickOffset":"1795435000000",…},
 *   "events": [
 *   {"params":{"address":"192.0.2.7:443"},"phase":1,"source":{…},"time":"385123","type":51},
 *
 * Numbers of types and phases change from version to version and are looked up by their
 * names. A time is of milliseconds, and of those since 1970 with the offset. Of what begins
 * and ends, the beginning is told: what became of it stands elsewhere.
 */
#include "ingest/app_event.h"
#include "ingest/described_fields.h"
#include "ingest/net_log_split.h"
#include "ingest/registry.h"

#include "core/address.h"
#include "core/clock.h"
#include "core/json.h"

#include <stdlib.h>

enum { TYPE_MAX = 1 << 20 };

#define MILLISECONDS_MAX INT64_C(7258118400000) /* the year 2200 */

enum type {
	TYPE_TCP_ATTEMPT, TYPE_TCP, TYPE_SOCKET, TYPE_UDP, TYPE_RESOLVE, TYPE_RESOLVE_OLD, TYPE_URL, TYPE_QUIC, TYPES
};

static const char *const type_names[TYPES] = {
	[TYPE_TCP_ATTEMPT] = "TCP_CONNECT_ATTEMPT",
	[TYPE_TCP] = "TCP_CONNECT", /* this and the next where there are no attempts: else told twice */
	[TYPE_SOCKET] = "SOCKET_CONNECT",
	[TYPE_UDP] = "UDP_CONNECT",
	[TYPE_RESOLVE] = "HOST_RESOLVER_MANAGER_REQUEST",
	[TYPE_RESOLVE_OLD] = "HOST_RESOLVER_IMPL_REQUEST",
	[TYPE_URL] = "URL_REQUEST_START_JOB",
	[TYPE_QUIC] = "QUIC_SESSION",
};

struct net_log {
	struct net_log_split split;
	bool known; /* the constants were read */
	const char *problem; /* of the constants, or NULL */
	uint64_t types[TYPES]; /* TYPE_MAX: this version has none */
	uint64_t begin;
	int64_t offset_ms;
};

/* A whole number, or a string that is one. */
static bool number_of(const struct json_value *v, int64_t *ret)
{
	return (v->type == JSON_NUMBER || v->type == JSON_STRING) && slice_i64(v->raw, MILLISECONDS_MAX, ret);
}

static const char *read_constants(struct net_log *n, struct slice text)
{
	struct json_member m[] = {{.key = "logEventTypes"}, {.key = "timeTickOffset"}, {.key = "logEventPhase"}};
	struct json_member types[TYPES], begin = {.key = "PHASE_BEGIN"};
	const char *problem = json_read_object(text, m, LENGTH(m), NULL);
	if (problem)
		return problem;
	if (m[0].value.type != JSON_OBJECT || !number_of(&m[1].value, &n->offset_ms))
		return "constants without the types of events or the offset of their times";
	for (size_t i = 0; i < TYPES; i++)
		types[i].key = type_names[i];
	problem = json_read_object(m[0].value.raw, types, TYPES, NULL);
	for (size_t i = 0; i < TYPES && !problem; i++)
		if (!json_u64(&types[i].value, TYPE_MAX - 1, &n->types[i]))
			n->types[i] = TYPE_MAX;
	if (problem || m[2].value.type != JSON_OBJECT)
		return problem ? problem : "constants without the phases of events";
	problem = json_read_object(m[2].value.raw, &begin, 1, NULL);
	if (!problem && !json_u64(&begin.value, TYPE_MAX, &n->begin))
		problem = "constants without the phases of events";
	return problem;
}

static enum app_kind unread(struct app_line *ret, const char *problem)
{
	ret->problem = problem;
	return APP_UNREAD;
}

/* Text of a member in one of the line's buffers; empty where there is none. */
static struct slice text_of(const struct json_value *v, char buffer[static APP_BUFFER])
{
	struct slice text = {0};
	(void)json_string(v, buffer, APP_BUFFER, &text);
	return text;
}

/* "192.0.2.7:443", "[2001:db8::1]:443" */
static enum app_kind read_address(struct slice text, const char *proto, struct app_line *ret)
{
	struct address address;
	ret->host = text;
	app_split_port(&ret->host, &ret->port);
	ret->host = slice_part(ret->host, 0, slice_find(ret->host, '%')); /* without its interface */
	if (!address_parse(ret->host, &address))
		return unread(ret, "a connect whose address cannot be read");
	ret->proto = slice_of_string(proto);
	return APP_EVENT;
}

/* "https://name.example:443", "name.example:443", "name.example" */
static enum app_kind read_lookup(struct slice text, struct app_line *ret)
{
	size_t scheme = slice_search(text, SLICE("://"));
	ret->host = scheme < text.size ? slice_part(text, scheme + 3, text.size) : text;
	app_split_port(&ret->host, &ret->port);
	if (slice_starts(ret->host, "[") && slice_ends(ret->host, "]"))
		ret->host = slice_part(ret->host, 1, ret->host.size - 2);
	ret->port = 0; /* it is the one that comes after the lookup */
	ret->proto = SLICE("dns");
	/* what is no name is looked up all the same, "~notfound" of a proxy's script */
	return ret->host.size > 0 && ret->host.size <= APP_HOST_MAX ? APP_EVENT
								     : unread(ret, "a lookup without a name that can be read");
}

/* Of data:, file: and the like there is nothing on the network. */
static enum app_kind read_url(struct slice url, struct app_line *ret)
{
	bool good = described_url(url, &ret->host, &ret->port);
	if (ret->port == 0)
		return APP_OTHER;
	return good ? APP_EVENT : unread(ret, "a URL without a host that can be read");
}

static enum app_kind read_quic(const struct json_value *port, struct slice host, struct app_line *ret)
{
	ret->host = host;
	ret->proto = SLICE("udp");
	if (!app_is_host(ret->host))
		return unread(ret, "a QUIC session without a host that can be read");
	return port->type == JSON_ABSENT || json_u64(port, UINT16_MAX, &ret->port)
		       ? APP_EVENT
		       : unread(ret, "a port that is not 0 to 65535");
}

static enum app_kind read_params(enum type type, const struct json_value *params, struct app_line *ret)
{
	struct json_member m[] = {{.key = "address"}, {.key = "address_list"}, {.key = "host"}, {.key = "url"}, {.key = "port"}};
	struct json_value address;
	if (params->type != JSON_OBJECT || json_read_object(params->raw, m, LENGTH(m), NULL))
		return unread(ret, "an event without its parameters");
	struct slice host = text_of(&m[2].value, ret->buffers[1]);
	address = m[0].value;
	struct cursor list = json_array(&m[1].value);
	if (address.type == JSON_ABSENT)
		(void)json_next(&list, &address);
	switch (type) {
	case TYPE_TCP_ATTEMPT:
	case TYPE_TCP:
	case TYPE_SOCKET:
		return read_address(text_of(&address, ret->buffers[0]), "tcp", ret);
	case TYPE_UDP:
		return read_address(text_of(&address, ret->buffers[0]), "udp", ret);
	case TYPE_RESOLVE:
	case TYPE_RESOLVE_OLD:
		return read_lookup(host, ret);
	case TYPE_URL:
		return read_url(text_of(&m[3].value, ret->buffers[2]), ret);
	case TYPE_QUIC:
		return read_quic(&m[4].value, host, ret);
	case TYPES:
		break;
	}
	return APP_OTHER;
}

static enum type type_of(const struct net_log *n, uint64_t number)
{
	for (size_t i = 0; i < TYPES; i++)
		if (n->types[i] == number) {
			bool twice = (i == TYPE_TCP || i == TYPE_SOCKET) && n->types[TYPE_TCP_ATTEMPT] != TYPE_MAX;
			return twice ? TYPES : (enum type)i;
		}
	return TYPES;
}

static enum app_kind read_event(void *with, struct slice text, struct app_line *ret)
{
	const struct net_log *n = with;
	struct json_member m[] = {{.key = "type"}, {.key = "phase"}, {.key = "time"}, {.key = "params"}};
	uint64_t number, phase;
	int64_t time_ms;
	const char *problem = json_read_object(text, m, LENGTH(m), NULL);
	if (!problem)
		problem = n->known ? n->problem : "an event in front of the constants that name its type";
	if (problem)
		return unread(ret, problem);
	if (!json_u64(&m[0].value, TYPE_MAX - 1, &number) || !json_u64(&m[1].value, TYPE_MAX, &phase))
		return unread(ret, "an event without type and phase");
	enum type type = type_of(n, number);
	if (type == TYPES || (phase != n->begin && type != TYPE_SOCKET))
		return APP_OTHER;
	if (!number_of(&m[2].value, &time_ms) || n->offset_ms + time_ms < 0 || n->offset_ms + time_ms > MILLISECONDS_MAX)
		return unread(ret, "an event without a time that can be read");
	ret->time_ns = (n->offset_ms + time_ms) * CLOCK_MILLISECOND;
	ret->time_flags = LOG_TIME_STATED;
	ret->port = ret->pid = 0;
	ret->process = ret->proto = slice_of(NULL, 0);
	ret->disposition = "logged";
	ret->direction = "out";
	return read_params(type, &m[3].value, ret);
}

/* Events; what the constants tell is kept on the way. */
static enum line next_event(void *with, struct input *in, struct slice *ret)
{
	struct net_log *n = with;
	bool whole, too_long;
	enum net_log_part part;
	while ((part = net_log_next(&n->split, in, ret, &whole, &too_long)) == NET_LOG_CONSTANTS) {
		n->problem = too_long ? "an event of a log whose constants are too long" : read_constants(n, *ret);
		n->known = true;
	}
	if (part == NET_LOG_END)
		return LINE_END;
	return too_long ? LINE_TOO_LONG : whole ? LINE_WHOLE : LINE_CUT;
}

static enum status read_net_log(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct net_log *n = must_alloc(1, sizeof *n);
	enum status status = app_read(to, in,
				      &(struct app_parser){.line = read_event, .next = next_event, .with = n,
							   .app = "chromium net-log"},
				      ret_records, err);
	free(n);
	return status;
}

static bool is_space(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (text.at[i] != ' ' && text.at[i] != '\t' && text.at[i] != '\n' && text.at[i] != '\r')
			return false;
	return true;
}

/* The first member, and one of those that stand first in it: all are in alphabetical order. */
static unsigned sniff_net_log(struct slice first)
{
	static const char *const members[] = {"\"activeFieldTrialGroups\"", "\"addressFamily\"", "\"clientInfo\"",
					      "\"logEventTypes\"", "\"logEventPhase\"", "\"timeTickOffset\""};
	size_t mark = slice_starts(first, "\xef\xbb\xbf") ? 3 : 0;
	struct cursor c = cursor_over(slice_part(first, mark, first.size));
	struct slice before, key;
	if (!cursor_until(&c, '{', first.size, &before) || !is_space(before) ||
	    !cursor_until(&c, '"', first.size, &before) || !is_space(before) ||
	    !cursor_until(&c, '"', NET_LOG_KEY_MAX, &key) || !slice_is(key, "constants"))
		return 0;
	for (size_t i = 0; i < LENGTH(members); i++)
		if (slice_search(first, slice_of_string(members[i])) < first.size)
			return 95;
	return 0;
}

const struct reader reader_net_log = {
	.name = "net-log",
	.reads = "connects, lookups and requests in a net-log of Chromium, VS Code and the like (--log-net-log)",
	.writes = ROW_WRITES_LOG,
	.sniff = sniff_net_log,
	.read = read_net_log,
};

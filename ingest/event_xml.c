/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Connections and lookups in events of Windows that were saved as XML:
 *
 *   Sysmon                 3 a connection, 22 a lookup (Sysinternals, "Sysmon")
 *   Security-Auditing      5152, 5153 a packet was blocked; 5156 a connection was
 *                          permitted, 5157 blocked ("Audit Filtering Platform Connection")
 *
 * 5154, 5155 (listen) and 5158, 5159 (bind) tell no other side. Of 5156 and 5157 Source is
 * this machine, whoever began; their Direction cannot be relied upon, but the layer tells it
 * too (fwpsk.h, FWPS_BUILTIN_LAYERS).
 */
#include "ingest/app_event.h"
#include "ingest/event_record.h"
#include "ingest/event_split.h"
#include "ingest/registry.h"

#include "core/address.h"
#include "core/clock.h"

#include <stdlib.h>

enum { TIME_TEXT_MAX = 40 };

enum event_kind { EVENT_OTHER, EVENT_SYSMON_CONNECTION, EVENT_SYSMON_LOOKUP, EVENT_PACKET, EVENT_CONNECTION };

struct event_xml {
	struct event_split split;
	char text[EVENT_TEXT_MAX];
};

static enum event_kind kind_of(const struct event_record *e, const char **ret_disposition)
{
	static const char sysmon[] = "Microsoft-Windows-Sysmon", audit[] = "Microsoft-Windows-Security-Auditing";
	static const struct {
		const char *provider, *id;
		enum event_kind kind;
		const char *disposition;
	} kinds[] = {
		{sysmon, "3", EVENT_SYSMON_CONNECTION, "logged"}, {sysmon, "22", EVENT_SYSMON_LOOKUP, "logged"},
		{audit, "5152", EVENT_PACKET, "blocked"},	  {audit, "5153", EVENT_PACKET, "blocked"},
		{audit, "5156", EVENT_CONNECTION, "allowed"},	  {audit, "5157", EVENT_CONNECTION, "blocked"},
	};
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (slice_is(e->provider, kinds[i].provider) && slice_is(e->id, kinds[i].id)) {
			*ret_disposition = kinds[i].disposition;
			return kinds[i].kind;
		}
	return EVENT_OTHER;
}

static enum app_kind unread(struct app_line *ret, const char *problem)
{
	ret->problem = problem;
	return APP_UNREAD;
}

/* "2026-11-23 12:03:05.123" of Sysmon, in UTC without saying so: when it happened. Else
 * when it was written down. */
static bool read_time(const struct event_record *e, int64_t *ret)
{
	char text[TIME_TEXT_MAX];
	struct slice utc = e->fields[EVENT_UTC_TIME];
	if (slice_to_string(utc, text, sizeof text - 1) && utc.size > 0) {
		text[utc.size] = 'Z';
		if (clock_parse(slice_of(text, utc.size + 1), ret))
			return true;
	}
	return clock_parse(e->time, ret);
}

/* In decimal digits, or as 0x…. */
static bool read_pid(struct slice text, uint64_t *ret)
{
	*ret = 0;
	if (slice_starts(text, "0x"))
		return slice_hex_u64(slice_part(text, 2, text.size), UINT32_MAX, ret);
	return text.size == 0 || slice_u64(text, UINT32_MAX, ret);
}

static bool read_port(struct slice text, uint64_t *ret)
{
	*ret = 0;
	return text.size == 0 || slice_is(text, "-") || slice_u64(text, UINT16_MAX, ret);
}

static bool direction_by_layer(struct slice layer, const char **ret)
{
	static const struct {
		const char *layer, *direction;
	} layers[] = {{"44", "in"}, {"46", "in"}, {"48", "out"}, {"50", "out"}}; /* ALE_AUTH_RECV_ACCEPT, ALE_AUTH_CONNECT */
	for (size_t i = 0; i < LENGTH(layers); i++)
		if (slice_is(layer, layers[i].layer)) {
			*ret = layers[i].direction;
			return true;
		}
	return false;
}

/* False: it is told in a way that is not known. */
static bool read_direction(const struct event_record *e, enum event_kind kind, const char **ret)
{
	static const struct {
		const char *word, *direction;
	} words[] = {{"%%14592", "in"}, {"%%14593", "out"}, {"%%14594", "forward"},
		     {"Inbound", "in"}, {"Outbound", "out"}, {"Forward", "forward"}};
	struct slice word = e->fields[EVENT_DIRECTION], initiated = e->fields[EVENT_INITIATED];
	if (kind == EVENT_SYSMON_CONNECTION) {
		*ret = slice_is_nocase(initiated, "false") ? "in" : slice_is_nocase(initiated, "true") ? "out" : NULL;
		return *ret || initiated.size == 0;
	}
	if (kind == EVENT_CONNECTION && direction_by_layer(e->fields[EVENT_LAYER], ret))
		return true;
	for (size_t i = 0; i < LENGTH(words); i++)
		if (slice_is_nocase(word, words[i].word)) {
			*ret = words[i].direction;
			return true;
		}
	return word.size == 0;
}

static struct slice address_of(struct slice text)
{
	struct address address;
	text = slice_part(text, 0, slice_find(text, '%')); /* without its interface */
	return address_parse(text, &address) ? text : slice_of(NULL, 0);
}

static enum app_kind read_connection(const struct event_record *e, enum event_kind kind, struct app_line *ret)
{
	bool swapped;
	if (!read_direction(e, kind, &ret->direction))
		return unread(ret, "a direction that is not known");
	swapped = kind == EVENT_CONNECTION && ret->direction && !strcmp(ret->direction, "in");
	ret->src = address_of(e->fields[swapped ? EVENT_DEST : EVENT_SOURCE]);
	ret->host = address_of(e->fields[swapped ? EVENT_SOURCE : EVENT_DEST]);
	if (!read_port(e->fields[swapped ? EVENT_DEST_PORT : EVENT_SOURCE_PORT], &ret->sport) ||
	    !read_port(e->fields[swapped ? EVENT_SOURCE_PORT : EVENT_DEST_PORT], &ret->port))
		return unread(ret, "a port that is not 0 to 65535");
	if (!ret->host.size)
		return unread(ret, "a connection without a destination that can be read");
	ret->proto = app_proto(e->fields[EVENT_PROTOCOL]);
	return APP_EVENT;
}

static enum app_kind read_lookup(const struct event_record *e, struct app_line *ret)
{
	ret->host = e->fields[EVENT_QUERY_NAME];
	if (slice_ends(ret->host, "."))
		ret->host.size--;
	ret->proto = SLICE("dns");
	ret->direction = "out";
	ret->port = 0;
	return app_is_host(ret->host) ? APP_EVENT : unread(ret, "a lookup without a name that can be read");
}

static enum app_kind read_event(void *with, struct slice text, struct app_line *ret)
{
	struct event_xml *x = with;
	struct event_record e;
	const char *problem = event_record_read(text, x->text, &e);
	if (problem)
		return unread(ret, problem);
	enum event_kind kind = kind_of(&e, &ret->disposition);
	if (kind == EVENT_OTHER)
		return APP_OTHER;
	if (!read_time(&e, &ret->time_ns))
		return unread(ret, "an event without a time that can be read");
	if (!read_pid(e.fields[EVENT_PID], &ret->pid))
		return unread(ret, "a pid that is no number");
	ret->time_flags = LOG_TIME_STATED;
	ret->process = slice_is(e.fields[EVENT_IMAGE], "-") ? slice_of(NULL, 0) : e.fields[EVENT_IMAGE];
	return kind == EVENT_SYSMON_LOOKUP ? read_lookup(&e, ret) : read_connection(&e, kind, ret);
}

static enum line next_event(void *with, struct input *in, struct slice *ret)
{
	struct event_xml *x = with;
	return event_split_next(&x->split, in, ret);
}

static enum status read_event_xml(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	struct event_xml *x = must_alloc(1, sizeof *x);
	enum status status = app_read(to, in,
				      &(struct app_parser){.line = read_event, .next = next_event, .with = x,
							   .app = "Windows"},
				      ret_records, err);
	free(x);
	return status;
}

/* An <Event> of this schema among the first bytes of something that is XML. */
static unsigned sniff_event_xml(struct slice first)
{
	static const char schema[] = "schemas.microsoft.com/win/2004/08/events/event";
	unsigned char buffer[LINES_FIRST];
	struct slice text = lines_first(first, buffer);
	struct cursor c = cursor_over(text);
	struct slice line = {0};
	while (line.size == 0 && cursor_line(&c, &line, NULL))
		line = slice_trim(line);
	if ((!slice_starts(line, "<") && !slice_starts(line, "- <")) || slice_search(text, SLICE("<Event")) == text.size)
		return 0;
	if (slice_search(text, slice_of_string(schema)) < text.size)
		return 95;
	return slice_search(text, SLICE("<System>")) < text.size ? 70 : 0;
}

const struct reader reader_event_xml = {
	.name = "windows-event-xml",
	.reads = "connections and lookups in events of Windows saved as XML (Sysmon 3, 22; Security 5152, 5153, 5156, 5157)",
	.writes = ROW_WRITES_LOG,
	.sniff = sniff_event_xml,
	.read = read_event_xml,
};

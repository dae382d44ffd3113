/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An audit log as JSON lines: one object a line. A member may go by any of the
 * names that such logs use; a destination and a disposition make it an event,
 * without a destination it is about something else.
 *
 *   {"timestamp":"2026-11-23T12:03:05Z","process":"agent","pid":4711,
 *    "hostname":"api.example","port":443,"decision":"deny"}
 *
 * Times: RFC 3339 text, or a number of seconds, milliseconds, microseconds or
 * nanoseconds since 1970, told apart by their size.
 */
#include "ingest/app_event.h"
#include "ingest/registry.h"

#include "core/clock.h"
#include "core/json.h"

enum field { TIME, PROCESS, PID, HOST, PORT, PROTO, DISPOSITION, FIELDS };

static const struct {
	const char *name;
	enum field field;
} names[] = {
	{"timestamp", TIME},	    {"time", TIME},	      {"ts", TIME},
	{"process", PROCESS},	    {"app", PROCESS},	      {"program", PROCESS},
	{"pid", PID},		    {"destination", HOST},    {"dst", HOST},
	{"dest_host", HOST},	    {"dst_host", HOST},	      {"remote_host", HOST},
	{"dest_ip", HOST},	    {"dst_ip", HOST},	      {"remote_ip", HOST},
	{"remote_address", HOST},   /* "host" may be where the log was written */
	{"host", HOST},		    {"hostname", HOST},	      {"address", HOST},
	{"ip", HOST},		    {"port", PORT},	      {"dest_port", PORT},
	{"dst_port", PORT},	    {"dport", PORT},	      {"remote_port", PORT},
	{"protocol", PROTO},
	{"proto", PROTO},	    {"disposition", DISPOSITION}, {"action", DISPOSITION},
	{"decision", DISPOSITION},  {"verdict", DISPOSITION}, {"result", DISPOSITION},
};

enum { NAMES = LENGTH(names) };

/* 2001 to 2200 in each unit. */
static bool number_time(const struct json_value *v, int64_t *ret)
{
	static const struct {
		int64_t least, most, ns;
	} units[] = {
		{1000000000, 7258118400, CLOCK_SECOND},
		{1000000000000, 7258118400000, CLOCK_MILLISECOND},
		{1000000000000000, 7258118400000000, 1000},
		{1000000000000000000, 7258118400000000000, 1},
	};
	int64_t value;
	if (!json_i64(v, &value))
		return false;
	for (size_t i = 0; i < LENGTH(units); i++)
		if (value >= units[i].least && value <= units[i].most) {
			*ret = value * units[i].ns;
			return true;
		}
	return false;
}

static bool read_time(const struct json_value *v, int64_t *ret)
{
	return v->type == JSON_STRING ? clock_parse(v->raw, ret) : number_time(v, ret);
}

/* A port as a number or as text. */
static bool read_port(const struct json_value *v, uint64_t *ret)
{
	*ret = 0;
	return v->type == JSON_ABSENT || json_u64(v, 65535, ret) ||
	       (v->type == JSON_STRING && slice_u64(v->raw, 65535, ret));
}

static bool read_text(const struct json_value *v, char buffer[static APP_BUFFER], struct slice *ret)
{
	*ret = slice_of(NULL, 0);
	return v->type == JSON_STRING && json_string(v, buffer, APP_BUFFER, ret);
}

static enum app_kind unread(struct app_line *ret, const char *problem)
{
	ret->problem = problem;
	return APP_UNREAD;
}

static const char *read_members(struct slice line, struct json_member members[NAMES])
{
	for (size_t i = 0; i < NAMES; i++)
		members[i] = (struct json_member){.key = names[i].name};
	return json_read_object(line, members, NAMES, NULL);
}

static bool says_something(const struct json_value *v)
{
	return v->type != JSON_NULL && !(v->type == JSON_STRING && v->raw.size == 0);
}

/* The first of a field's names that is there and says something: null and "" do not. */
static void gather(const struct json_member members[NAMES], struct json_value ret[FIELDS])
{
	for (size_t i = 0; i < FIELDS; i++)
		ret[i] = (struct json_value){0};
	for (size_t i = 0; i < NAMES; i++)
		if (ret[names[i].field].type == JSON_ABSENT && says_something(&members[i].value))
			ret[names[i].field] = members[i].value;
}

enum app_kind app_json_line(struct slice line, struct app_line *ret)
{
	struct json_member members[NAMES];
	struct json_value v[FIELDS];
	struct slice word;
	line = slice_trim(line);
	if (line.size == 0)
		return APP_OTHER;
	const char *wrong = read_members(line, members);
	if (wrong)
		return unread(ret, wrong);
	gather(members, v);
	if (v[HOST].type != JSON_STRING || v[HOST].raw.size == 0)
		return APP_OTHER;
	if (!read_text(&v[HOST], ret->buffers[0], &ret->host))
		return unread(ret, "a destination longer than any name");
	if (!read_time(&v[TIME], &ret->time_ns))
		return unread(ret, "a destination without a time that can be read");
	ret->time_flags = LOG_TIME_STATED | (v[TIME].type == JSON_NUMBER ? LOG_TIME_UNIT : 0u);
	if (!read_port(&v[PORT], &ret->port))
		return unread(ret, "a port that is not 0 to 65535");
	if (ret->port == 0)
		app_split_port(&ret->host, &ret->port);
	if (!read_text(&v[DISPOSITION], ret->buffers[1], &word))
		return unread(ret, "a destination without a disposition");
	ret->disposition = app_disposition(word);
	if (!ret->disposition)
		return unread(ret, "a disposition that is neither allowed nor blocked");
	ret->pid = 0;
	if (v[PID].type != JSON_ABSENT && !json_u64(&v[PID], INT32_MAX, &ret->pid))
		return unread(ret, "a pid that is no number");
	read_text(&v[PROCESS], ret->buffers[2], &ret->process);
	read_text(&v[PROTO], ret->buffers[3], &ret->proto);
	return APP_EVENT;
}

static enum app_kind read_line(void *with, struct slice line, struct app_line *ret)
{
	(void)with;
	return app_json_line(line, ret);
}

static enum status read_jsonl(struct ingest *to, struct input *in, uint64_t *ret_records,
			      struct error *err)
{
	return app_read(to, in, &(struct app_parser){.line = read_line}, ret_records, err);
}

static bool tells(struct slice line)
{
	struct json_member members[NAMES];
	struct json_value v[FIELDS];
	if (read_members(slice_trim(line), members))
		return false;
	gather(members, v);
	return v[TIME].type != JSON_ABSENT || v[HOST].type != JSON_ABSENT;
}

/* The first line is a JSON object, and no evidence log of ours; it, or one that follows (the
 * first may be a head), tells a time or a destination: whatever else is JSON would be read and
 * tell of no connection. Of what a container said only a description knows the lines. */
static unsigned sniff_jsonl(struct slice first)
{
	unsigned char buffer[LINES_FIRST];
	struct cursor c = cursor_over(lines_first(first, buffer));
	struct slice line;
	struct json_value v;
	bool whole;
	if (!cursor_line(&c, &line, &whole) || (!whole && first.size >= INPUT_SNIFF) ||
	    slice_starts(line, "{\"kind\":\"open\",") || slice_starts(line, "{\"log\":") ||
	    json_read(line, &v, NULL) || v.type != JSON_OBJECT)
		return 0;
	do {
		if (tells(line))
			return 60;
	} while (cursor_line(&c, &line, NULL));
	return 0;
}

const struct reader reader_app_jsonl = {
	.name = "app-jsonl",
	.reads = "an application's audit log as JSON lines (time, destination, port, disposition)",
	.writes = ROW_WRITES_LOG,
	.sniff = sniff_jsonl,
	.read = read_jsonl,
};

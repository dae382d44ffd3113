/* SPDX-License-Identifier: Apache-2.0 */
/*
 * osquery: rows of its tables process_open_sockets and bpf_socket_events, as
 * osqueryi --json prints them or as osqueryd logs them (osquery.io, "Logging"):
 *
 *   [                                                    a row on each line,
 *     {"pid":"7","family":"2","protocol":"6",…},         or all of them in one array,
 *   ]                                                    or one member a line (--json_pretty)
 *   {"name":…,"unixTime":1795435200,"columns":{row},"action":"added"}   a difference
 *   {"name":…,"unixTime":1795435200,"diffResults":{"added":[row,…],"removed":[row,…]}}
 *   {"name":…,"unixTime":1795435200,"snapshot":[row,…],"action":"snapshot"}
 *
 *   pid, uid             numbers, most often as strings
 *   family               2 IPv4; 10 (Linux), 30 (macOS), 23 (Windows) IPv6; others are
 *                        no connections
 *   protocol             of IANA; 0 where only `type` tells (1 stream, 2 datagram)
 *   local_, remote_      address and port
 *   state                of TCP
 *   path, name           the program (path is that of a Unix socket in
 *                        process_open_sockets, of which there is no row here)
 *   time                 bpf: of the event, s; else unixTime of the log is taken
 *   probe_error          bpf: not 0 where the event is not whole
 *
 * What a difference takes away ("removed") was told when it was added.
 */
#include "ingest/json_lines.h"
#include "ingest/registry.h"
#include "ingest/sockets/table.h"

#include "core/clock.h"
#include "core/json.h"

#include <stdlib.h>

enum { TEXT_MAX = 4096, TYPE_MASK = 0xf /* below SOCK_NONBLOCK and the like */, SECONDS_MAX = INT32_MAX };

enum member {
	PID, UID, FAMILY, PROTOCOL, TYPE, LOCAL_ADDRESS, LOCAL_PORT, REMOTE_ADDRESS, REMOTE_PORT, STATE, PATH,
	NAME, TIME, PROBE_ERROR, MEMBERS
};

static const char *const keys[MEMBERS] = {
	[PID] = "pid",		[UID] = "uid",		[FAMILY] = "family",
	[PROTOCOL] = "protocol", [TYPE] = "type",	[LOCAL_ADDRESS] = "local_address",
	[LOCAL_PORT] = "local_port", [REMOTE_ADDRESS] = "remote_address",
	[REMOTE_PORT] = "remote_port", [STATE] = "state", [PATH] = "path",
	[NAME] = "name",	[TIME] = "time",	[PROBE_ERROR] = "probe_error",
};

struct osquery {
	struct ingest *to;
	uint64_t line;
	bool timed; /* by the log */
	int64_t time_ns;
	char texts[MEMBERS][TEXT_MAX];
	struct json_lines gathered;
};

/* A number, or a string that is one; `otherwise` where it is neither. */
static int64_t number_of(const struct json_value *v, int64_t otherwise)
{
	int64_t number;
	bool good = (v->type == JSON_STRING || v->type == JSON_NUMBER) && slice_i64(v->raw, INT64_MAX, &number);
	return good ? number : otherwise;
}

static struct slice text_of(struct osquery *o, const struct json_member m[], enum member which)
{
	struct slice text = {0};
	json_string(&m[which].value, o->texts[which], TEXT_MAX, &text);
	return text;
}

static const char *proto_of(int64_t protocol, int64_t type)
{
	static const struct {
		int64_t number;
		const char *proto;
	} protos[] = {{6, "tcp"},     {17, "udp"},  {1, "icmp"},      {58, "icmp6"},
		      {132, "sctp"},  {33, "dccp"}, {136, "udplite"}, {262, "mptcp"}};
	static const char *const types[] = {NULL, "tcp", "udp", "raw"};
	for (size_t i = 0; i < LENGTH(protos); i++)
		if (protos[i].number == protocol)
			return protos[i].proto;
	if (protocol == 0 && type > 0 && (type & TYPE_MASK) < (int64_t)LENGTH(types))
		return types[type & TYPE_MASK];
	return protocol >= 0 && protocol <= UINT8_MAX ? "raw" : NULL;
}

static struct socket_end end_of(struct osquery *o, const struct json_member m[], enum member address,
				enum member port)
{
	struct socket_end e = {.host = text_of(o, m, address)};
	int64_t number = number_of(&m[port].value, -1);
	e.port = number >= 0 && number <= UINT16_MAX ? (int32_t)number : -1;
	return e;
}

static bool read_family(int64_t family, unsigned *ret)
{
	*ret = family == 2 ? 4 : family == 10 || family == 30 || family == 23 ? 6 : 0;
	return *ret != 0;
}

static enum status write_row(struct osquery *o, const struct json_member m[], unsigned family,
			     struct slice line, struct error *err)
{
	struct socket_row row = SOCKET_ROW_NONE;
	int64_t when = number_of(&m[TIME].value, -1);
	struct slice state = text_of(o, m, STATE), name = text_of(o, m, NAME);
	enum status status = OK;
	row.family = family;
	row.proto = proto_of(number_of(&m[PROTOCOL].value, -1), number_of(&m[TYPE].value, -1));
	row.local = end_of(o, m, LOCAL_ADDRESS, LOCAL_PORT);
	row.remote = end_of(o, m, REMOTE_ADDRESS, REMOTE_PORT);
	row.state = socket_state(state);
	row.pid = number_of(&m[PID].value, -1);
	row.uid = number_of(&m[UID].value, -1);
	row.process = name.size > 0 ? name : text_of(o, m, PATH);
	row.timed = o->timed || (when > 0 && when <= SECONDS_MAX);
	row.time_ns = when > 0 && when <= SECONDS_MAX ? when * CLOCK_SECOND : o->time_ns;
	if (!row.proto)
		return ingest_skip(o->to, "a socket of no protocol that is known", o->line, line, err);
	if (number_of(&m[PROBE_ERROR].value, 0) != 0)
		status = ingest_skip(o->to, "an event whose probe failed", o->line, line, err);
	if (!status && state.size > 0 && !row.state && !strcmp(row.proto, "tcp"))
		status = ingest_skip(o->to, "a state that is not known", o->line, line, err);
	return status ? status : socket_write(o->to, &row, o->line, line, err);
}

static enum status on_row(struct osquery *o, const struct json_value *object, struct error *err)
{
	struct json_member m[MEMBERS];
	unsigned family;
	for (size_t i = 0; i < MEMBERS; i++)
		m[i].key = keys[i];
	if (object->type != JSON_OBJECT || json_read_object(object->raw, m, MEMBERS, NULL))
		return ingest_skip(o->to, "a row that is no JSON object", o->line, object->raw, err);
	if (m[FAMILY].value.type == JSON_ABSENT || m[REMOTE_ADDRESS].value.type == JSON_ABSENT)
		return ingest_skip(o->to, "a row of another table", o->line, object->raw, err);
	if (!read_family(number_of(&m[FAMILY].value, -1), &family))
		return OK; /* no connection */
	return write_row(o, m, family, object->raw, err);
}

static enum status on_rows(struct osquery *o, const struct json_value *array, struct error *err)
{
	struct cursor c = json_array(array);
	struct json_value row;
	enum status status = OK;
	while (!status && json_next(&c, &row))
		status = on_row(o, &row, err);
	return status;
}

/* What the batch format says was added; of what was removed it was told before. */
static enum status on_differences(struct osquery *o, const struct json_value *object, struct error *err)
{
	struct json_member m[] = {{.key = "added"}, {.key = "removed"}};
	if (json_read_object(object->raw, m, LENGTH(m), NULL))
		return ingest_skip(o->to, "a row that is no JSON object", o->line, object->raw, err);
	return m[0].value.type == JSON_ARRAY ? on_rows(o, &m[0].value, err) : OK;
}

/* A line of osqueryd around rows, or a row itself. */
static enum status on_object(struct osquery *o, const struct json_value *object, struct error *err)
{
	struct json_member m[] = {{.key = "columns"}, {.key = "snapshot"}, {.key = "unixTime"}, {.key = "action"},
				  {.key = "diffResults"}};
	const char *problem = json_read_object(object->raw, m, LENGTH(m), NULL);
	if (problem)
		return ingest_skip(o->to, problem, o->line, object->raw, err);
	int64_t when = number_of(&m[2].value, -1);
	o->timed = when > 0 && when <= SECONDS_MAX;
	o->time_ns = o->timed ? when * CLOCK_SECOND : 0;
	if (m[3].value.type == JSON_STRING && slice_is(m[3].value.raw, "removed"))
		return OK;
	if (m[0].value.type == JSON_OBJECT)
		return on_row(o, &m[0].value, err);
	if (m[1].value.type == JSON_ARRAY)
		return on_rows(o, &m[1].value, err);
	if (m[4].value.type == JSON_OBJECT)
		return on_differences(o, &m[4].value, err);
	return on_row(o, object, err);
}

static enum status on_json(struct osquery *o, struct slice text, struct slice line, struct error *err)
{
	struct json_value v;
	const char *problem = json_read(text, &v, NULL);
	if (problem)
		return ingest_skip(o->to, problem, o->line, line, err);
	if (v.type == JSON_ARRAY)
		return on_rows(o, &v, err);
	if (v.type == JSON_OBJECT)
		return on_object(o, &v, err);
	return ingest_skip(o->to, "a line that is no row of osquery", o->line, line, err);
}

/* The row that was gathered, at its last line or at the end of the file. */
static enum status on_gathered(struct osquery *o, struct error *err)
{
	uint64_t line = o->line;
	struct slice text = json_lines_end(&o->gathered);
	o->line = o->gathered.first_line;
	enum status status = text.size ? on_json(o, text, text, err)
				       : ingest_skip(o->to, "longer than any row of osquery", o->line, text, err);
	o->line = line;
	return status;
}

static enum status on_line(struct osquery *o, struct slice line, struct error *err)
{
	struct slice text = slice_trim(line);
	if (json_lines_open(&o->gathered) || slice_is(text, "{"))
		return json_lines_add(&o->gathered, text, o->line) ? on_gathered(o, err) : OK;
	if (text.size > 0 && text.at[text.size - 1] == ',')
		text.size--;
	else if (text.size > 0 && text.at[0] == ',')
		text = slice_part(text, 1, text.size);
	if (text.size == 0 || slice_is(text, "[") || slice_is(text, "]"))
		return OK;
	return on_json(o, text, line, err);
}

/* Not by lines_next() where nothing is to be decoded: a snapshot is longer than any
 * line of a table. */
static bool next_line(struct lines *l, struct slice *ret, bool *ret_too_long)
{
	if (l->coding != LINES_BYTES)
		return lines_next(l, ret, ret_too_long);
	enum line kind = input_line(l->in, ret);
	*ret_too_long = kind == LINE_TOO_LONG;
	return kind != LINE_END;
}

static enum status read_osquery(struct ingest *to, struct input *in, uint64_t *ret_records, struct error *err)
{
	AUTO_LINES struct lines lines;
	struct osquery *o = must_alloc(1, sizeof *o);
	struct slice line;
	bool too_long;
	enum status status = OK;
	o->to = to;
	o->line = 0;
	o->gathered.depth = 0;
	lines_open(&lines, in);
	while (!status && next_line(&lines, &line, &too_long)) {
		o->line++;
		o->timed = false;
		o->time_ns = 0;
		status = too_long ? ingest_skip(to, "longer than any line of osquery", o->line, line, err)
				  : on_line(o, line, err);
	}
	if (!status && json_lines_open(&o->gathered))
		status = on_gathered(o, err);
	*ret_records = o->line;
	free(o);
	return status;
}

/* The names of the columns that all these tables have, in the first row. */
static unsigned sniff_osquery(struct slice first)
{
	static const char *const columns[] = {"\"family\"", "\"local_address\"", "\"local_port\"",
					      "\"remote_address\"", "\"remote_port\"", "\"protocol\""};
	unsigned char buffer[LINES_FIRST];
	first = lines_first(first, buffer);
	if (!slice_starts(first, "[") && !slice_starts(first, "{"))
		return 0;
	for (size_t i = 0; i < LENGTH(columns); i++)
		if (slice_search(first, slice_of_string(columns[i])) == first.size)
			return 0;
	return 85;
}

const struct reader reader_osquery = {
	.name = "osquery-sockets",
	.reads = "osquery's process_open_sockets and bpf_socket_events as JSON, printed or logged",
	.writes = ROW_WRITES_SOCKETS,
	.sniff = sniff_osquery,
	.read = read_osquery,
};

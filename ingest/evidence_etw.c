/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Events of Windows that a session recorded while it ran, one record each
 * (airgap-verify-formats(5)): the header's members by name, its payload in hexadecimal.
 * From here on they are what the events of a file are (ingest/etl), but that their
 * processes may be the session's.
 */
#include "ingest/evidence_rows.h"

#include "ingest/etl/process_table.h"
#include "ingest/etl/trace.h"

#include <stdlib.h>

enum {
	DATA_MAX = 16 << 10, /* bytes of a payload */
	NAME_MAX_BYTES = PROCESS_EXE_MAX,
};

/* Of an EVENT_HEADER. */
enum header_flag {
	HEADER_POINTER_4 = 0x20,
	HEADER_CLASSIC = 0x100,
};

struct etw {
	struct live live;
	struct trace *trace; /* owned */
	bool read;           /* an event, or a row of a table, came */
	unsigned char guid[GUID_SIZE], data[DATA_MAX];
};

static struct etw *etw_of(struct evidence_rows *r)
{
	if (r->etw)
		return r->etw;
	r->etw = must_alloc(1, sizeof *r->etw);
	r->etw->live.host = r->host;
	r->etw->trace = trace_new_live(r->to, &r->etw->live, &r->next_attempt, &r->next_process);
	return r->etw;
}

struct trace *evidence_trace(struct evidence_rows *r)
{
	struct etw *w = etw_of(r);
	w->read = true;
	w->trace->number = r->record;
	w->trace->time_ns = r->t;
	return w->trace;
}

enum status evidence_etw_end(struct evidence_rows *r, struct error *err)
{
	return r->etw && r->etw->read ? trace_end(r->etw->trace, err) : OK;
}

void evidence_etw_free(struct evidence_rows *r)
{
	if (r->etw)
		trace_free(r->etw->trace);
	free(r->etw);
	r->etw = NULL;
}

/* A number that is not there is 0. */
static uint64_t number(const struct evidence_rows *r, enum evidence_field f, uint64_t max)
{
	uint64_t value = 0;
	return evidence_u64(r->line, f, &value) && value <= max ? value : 0;
}

static uint32_t who(const struct evidence_rows *r, enum evidence_field f)
{
	uint64_t value;
	return evidence_u64(r->line, f, &value) && value < EVENT_NOBODY ? (uint32_t)value : EVENT_NOBODY;
}

/* What is wrong with the record; NULL: nothing is. */
static const char *read_event(struct evidence_rows *r, struct etw *w, struct event *ret)
{
	const struct json_value *provider = &r->line->members[FIELD_PROVIDER].value;
	const struct json_value *data = &r->line->members[FIELD_DATA].value;
	uint64_t flags = number(r, FIELD_FLAGS, UINT16_MAX);
	size_t size = data->raw.size / 2;
	if (r->t < 0)
		return "an event of before 1970";
	if (provider->type != JSON_STRING || !guid_parse(provider->raw, w->guid))
		return "an event without its provider";
	if (data->type != JSON_STRING || size > DATA_MAX || !slice_hex_bytes(data->raw, size, w->data) ||
	    data->raw.size % 2)
		return "an event whose bytes cannot be read";
	*ret = (struct event){
		.kind = flags & HEADER_CLASSIC ? EVENT_CLASSIC : EVENT_MANIFEST,
		.provider = slice_of(w->guid, GUID_SIZE),
		.id = (unsigned)number(r, FIELD_ID, UINT16_MAX),
		.version = (unsigned)number(r, FIELD_VERSION, UINT8_MAX),
		.opcode = (unsigned)number(r, FIELD_OPCODE, UINT8_MAX),
		.keyword = number(r, FIELD_KEYWORD, UINT64_MAX),
		.pid = who(r, FIELD_PID),
		.tid = who(r, FIELD_TID),
		.pointer = flags & HEADER_POINTER_4 ? 4 : 8,
		.payload = slice_of(w->data, size),
	};
	return number(r, FIELD_SIZE, UINT32_MAX) > size ? "an event that was cut short" : NULL;
}

enum status evidence_on_etw(struct evidence_rows *r, struct error *err)
{
	struct event e;
	struct trace *t = evidence_trace(r);
	const char *wrong = read_event(r, r->etw, &e);
	const struct json_value *data = &r->line->members[FIELD_DATA].value;
	if (wrong)
		return ingest_skip(r->to, wrong, r->record, data->raw, err);
	return trace_event(t, &e, err);
}

/* The provider that tells of each failed connection between which ends it was. */
static bool tells_failures(struct slice provider)
{
	return slice_is(provider, "2f07e2ee-15db-40f1-90ef-9d7ba282188a");
}

/* How the stream was set up: which process is the suite's, and who writes. */
enum status evidence_on_etw_session(struct evidence_rows *r, struct error *err)
{
	struct etw *w = etw_of(r);
	struct cursor c = json_array(&r->line->members[FIELD_PROVIDERS].value);
	struct json_value entry;
	uint32_t pid = who(r, FIELD_PID);
	w->live.suite = pid == EVENT_NOBODY ? 0 : pid;
	while (json_next(&c, &entry)) {
		struct json_member m[] = {{.key = "provider"}, {.key = "problem"}};
		if (entry.type != JSON_OBJECT || json_read_object(entry.raw, m, LENGTH(m), NULL) ||
		    m[0].value.type != JSON_STRING)
			return ingest_skip(r->to, "a provider of events that cannot be read", r->record, entry.raw, err);
		w->live.failures_told |= m[1].value.type == JSON_ABSENT && tells_failures(m[0].value.raw);
	}
	return OK;
}

static void plain(const struct evidence_rows *r, enum evidence_field f, char ret[static NAME_MAX_BYTES])
{
	char buffer[EVIDENCE_STRING_MAX];
	struct slice text;
	if (!evidence_text(r->line, f, buffer, &text) || !slice_to_string(text, ret, NAME_MAX_BYTES))
		ret[0] = 0;
}

void evidence_etw_member(struct evidence_rows *r, uint64_t pid, int64_t id)
{
	char name[NAME_MAX_BYTES];
	bool session = evidence_flag(r->line, FIELD_TREE) || evidence_flag(r->line, FIELD_CGROUP);
	if (!session || r->t < 0 || pid == 0 || pid >= EVENT_NOBODY)
		return;
	plain(r, FIELD_COMM, name);
	const struct process_told told = {.moment = PROCESS_STARTS, .pid = (uint32_t)pid, .time_ns = r->t, .name = name};
	process_table_member(etw_of(r)->trace->processes, &told, id);
}

void evidence_etw_exit(struct evidence_rows *r, uint64_t pid)
{
	int64_t status = 0;
	evidence_i64(r->line, FIELD_STATUS, &status);
	if (r->etw && r->t >= 0 && pid < EVENT_NOBODY)
		process_table_end(r->etw->trace->processes, (uint32_t)pid, r->t, status);
}

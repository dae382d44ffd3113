/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records about the watching itself: witnesses, canaries, tools, logs, addresses,
 * loss, and the course of the session.
 */
#include "ingest/evidence_rows.h"

#include "core/clock.h"
#include "ingest/session_fact.h"

#include <stdio.h>

enum status evidence_on_witness(struct evidence_rows *r, struct error *err)
{
	bool part = r->line->members[FIELD_PART].value.type == JSON_STRING;
	struct row_stream *q = row_begin(r->to->rows, part ? QUERY_WITNESS_PART : QUERY_WITNESS_SET);
	evidence_bind_text(r, q, 1, FIELD_WITNESS, 0);
	evidence_bind_text(r, q, 2, FIELD_STATE, 1);
	evidence_bind_text(r, q, 3, FIELD_DETAIL, 2);
	evidence_bind_text(r, q, 4, part ? FIELD_PART : FIELD_REMEDY, 3);
	return row_end(q, err);
}

enum status evidence_on_canary(struct evidence_rows *r, struct error *err)
{
	if (r->line->members[FIELD_PROBLEM].value.type == JSON_STRING)
		return OK; /* none of that kind here; the others speak for the round */
	struct row_stream *q = row_begin(r->to->rows, QUERY_CANARY_INSERT);
	evidence_bind_i64(r, q, 1, FIELD_ROUND);
	row_i64(q, 2, r->t);
	evidence_bind_i64(r, q, 3, FIELD_END);
	evidence_bind_text(r, q, 4, FIELD_PROTO, 0);
	evidence_bind_text(r, q, 5, FIELD_SRC, 1);
	evidence_bind_i64(r, q, 6, FIELD_SPORT);
	evidence_bind_text(r, q, 7, FIELD_DST, 2);
	evidence_bind_i64(r, q, 8, FIELD_DPORT);
	return row_end(q, err);
}

/* A file of the capture, as it was when the collector was done with it. */
enum status evidence_on_capture(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_CAPTURE_FILE_TOLD);
	evidence_bind_i64(r, q, 1, FIELD_NUMBER);
	evidence_bind_text(r, q, 2, FIELD_PATH, 0);
	evidence_bind_i64(r, q, 3, FIELD_PACKETS);
	evidence_bind_i64(r, q, 4, FIELD_SIZE);
	evidence_bind_text(r, q, 5, FIELD_SHA256, 1);
	evidence_bind_i64(r, q, 6, FIELD_AT);
	evidence_bind_i64(r, q, 7, FIELD_UNTIL);
	return row_end(q, err);
}

/* ["ss","-tupn"] → "ss -tupn" */
static void join_words(struct evidence_rows *r, struct text *ret)
{
	struct cursor c = json_array(&r->line->members[FIELD_COMMAND].value);
	struct json_value word;
	struct slice plain;
	while (json_next(&c, &word)) {
		if (!json_string(&word, r->buffers[0], EVIDENCE_STRING_MAX, &plain))
			continue;
		if (ret->size)
			text_add_char(ret, ' ');
		text_add(ret, plain);
	}
}

enum status evidence_on_tool(struct evidence_rows *r, struct error *err)
{
	AUTO_TEXT struct text command = text_make(EVIDENCE_STRING_MAX);
	join_words(r, &command);
	struct row_stream *q = row_begin(r->to->rows, QUERY_TOOL_RUN_INSERT);
	row_i64(q, 1, r->t);
	evidence_bind_text(r, q, 2, FIELD_TOOL, 0);
	evidence_bind_text(r, q, 3, FIELD_MOMENT, 1);
	row_text(q, 4, text_string(&command));
	evidence_bind_text(r, q, 5, FIELD_VERSION, 2);
	evidence_bind_i64(r, q, 6, FIELD_STATUS);
	evidence_bind_text(r, q, 7, FIELD_PATH, 3);
	evidence_bind_i64(r, q, 8, FIELD_AT);
	evidence_bind_i64(r, q, 9, FIELD_SIZE);
	evidence_bind_i64(r, q, 10, FIELD_ROUND);
	AUTO_TEXT struct text problem = text_make(EVIDENCE_STRING_MAX);
	struct slice plain;
	char buffer[EVIDENCE_STRING_MAX];
	if (evidence_text(r->line, FIELD_PROBLEM, buffer, &plain))
		text_add(&problem, plain);
	if (problem.size)
		row_slice(q, 11, text_slice(&problem));
	return row_end(q, err);
}

enum status evidence_on_applog(struct evidence_rows *r, struct error *err)
{
	char buffer[EVIDENCE_STRING_MAX];
	struct slice problem;
	struct row_stream *q = row_begin(r->to->rows, QUERY_APP_LOG_INSERT);
	evidence_bind_text(r, q, 1, FIELD_APP, 0);
	evidence_bind_text(r, q, 2, FIELD_PATH, 1);
	evidence_bind_text(r, q, 3, FIELD_COPY, 2);
	evidence_bind_text(r, q, 4, FIELD_ROLE, 3);
	evidence_bind_i64(r, q, 5, FIELD_BEFORE);
	evidence_bind_i64(r, q, 6, FIELD_AFTER);
	evidence_bind_i64(r, q, 7, FIELD_COPIED_FROM);
	const struct json_value *change = &r->line->members[FIELD_CHANGE].value;
	if (change->type == JSON_STRING)
		row_slice(q, 8, change->raw);
	if (evidence_text(r->line, FIELD_PROBLEM, buffer, &problem))
		row_slice(q, 9, problem);
	row_i64(q, 10, r->t);
	return row_end(q, err);
}

static enum status insert_address(struct evidence_rows *r, const struct json_value *entry,
				  struct error *err)
{
	struct json_member m[] = {{.key = "address"}, {.key = "interface"}, {.key = "ifindex"}};
	struct slice address, interface;
	uint64_t ifindex;
	if (json_read_object(entry->raw, m, LENGTH(m), NULL) ||
	    !json_string(&m[0].value, r->buffers[0], EVIDENCE_STRING_MAX, &address) ||
	    !json_string(&m[1].value, r->buffers[1], EVIDENCE_STRING_MAX, &interface) ||
	    !json_u64(&m[2].value, INT32_MAX, &ifindex))
		return ingest_skip(r->to, "an interface address that cannot be read", r->record,
				   entry->raw, err);
	struct row_stream *q = row_begin(r->to->rows, QUERY_HOST_ADDRESS_INSERT);
	row_slice(q, 1, address);
	row_i64(q, 2, (int64_t)ifindex);
	row_slice(q, 3, interface);
	row_i64(q, 4, r->t);
	return row_end(q, err);
}

enum status evidence_on_network(struct evidence_rows *r, struct error *err)
{
	struct cursor c = json_array(&r->line->members[FIELD_ADDRESSES].value);
	struct json_value entry;
	enum status status = OK;
	while (!status && json_next(&c, &entry))
		status = insert_address(r, &entry, err);
	return status;
}

static enum status set_number(struct evidence_rows *r, const char *name, int64_t value,
			      struct error *err)
{
	char text[32];
	snprintf(text, sizeof text, "%lld", (long long)value);
	return session_fact(r->to->rows, name, slice_of_string(text), err);
}

/* Slewing, as time daemons do it, is at most 10 % of what passes between two checkpoints. */
enum { CLOCK_STEP_MS = 500 };

void evidence_clock(struct evidence_rows *r)
{
	int64_t mono;
	if (!evidence_i64(r->line, FIELD_MONO, &mono) || mono < 0 || r->t < 0)
		return;
	int64_t offset = r->t - mono, step = offset - r->clock_offset;
	if (r->clock_known && step <= -CLOCK_STEP_MS * CLOCK_MILLISECOND && -step > r->clock_back)
		r->clock_back = -step;
	if (r->clock_known && step >= CLOCK_STEP_MS * CLOCK_MILLISECOND && step > r->clock_ahead)
		r->clock_ahead = step;
	r->clock_offset = offset;
	r->clock_wall = r->t;
	r->clock_known = true;
}

enum status evidence_clock_end(struct evidence_rows *r, struct error *err)
{
	enum status status = OK;
	if (r->clock_back)
		status = set_number(r, "clock_back_ns", r->clock_back, err);
	if (!status && r->clock_ahead)
		status = set_number(r, "clock_ahead_ns", r->clock_ahead, err);
	if (!status && r->clock_known)
		status = set_number(r, "clock_last_wall_ns", r->clock_wall, err);
	if (!status && r->clock_known)
		status = set_number(r, "clock_last_mono_ns", r->clock_wall - r->clock_offset, err);
	return status;
}

static enum status set_field(struct evidence_rows *r, const char *name, enum evidence_field f,
			     struct error *err)
{
	struct slice plain;
	if (r->line->members[f].value.type == JSON_NUMBER)
		return session_fact(r->to->rows, name, r->line->members[f].value.raw, err);
	if (!evidence_text(r->line, f, r->buffers[0], &plain))
		return OK;
	return session_fact(r->to->rows, name, plain, err);
}

enum status evidence_on_command(struct evidence_rows *r, struct error *err)
{
	enum status status = set_field(r, "command_state", FIELD_STATE, err);
	bool ended = evidence_is(r->line, FIELD_STATE, "ended");
	if (!status && ended)
		status = set_number(r, "command_ended_ns", r->t, err);
	if (!status && !ended)
		status = set_number(r, "watch_from_ns", r->t, err);
	if (!status)
		status = set_field(r, "command_status", FIELD_STATUS, err);
	if (!status)
		status = set_field(r, "command_pid", FIELD_PID, err);
	return status ? status : set_field(r, "command_problem", FIELD_PROBLEM, err);
}

enum status evidence_on_close(struct evidence_rows *r, struct error *err)
{
	enum status status = set_field(r, "close_reason", FIELD_REASON, err);
	if (!status)
		status = set_field(r, "watch_to_ns", FIELD_UNTIL, err);
	if (!status)
		status = set_number(r, "command_was_ended", evidence_flag(r->line, FIELD_COMMAND_ENDED), err);
	return status ? status : set_field(r, "processes", FIELD_PROCESSES, err);
}

enum status evidence_on_posture(struct evidence_rows *r, struct error *err)
{
	enum status status = set_field(r, "posture_sha256", FIELD_SHA256, err);
	if (!status)
		status = set_number(r, "posture_ns", r->t, err);
	return status ? status : set_field(r, "posture_problem", FIELD_PROBLEM, err);
}

enum status evidence_on_left(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_LEFT_INSERT);
	evidence_bind_i64(r, q, 1, FIELD_PID);
	evidence_bind_text(r, q, 2, FIELD_COMM, 0);
	return row_end(q, err);
}

enum status evidence_on_later(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_LATER_INSERT);
	row_i64(q, 1, r->t);
	evidence_bind_i64(r, q, 2, FIELD_PID);
	evidence_bind_text(r, q, 3, FIELD_COMM, 0);
	evidence_bind_text(r, q, 4, FIELD_EXE, 1);
	evidence_bind_text(r, q, 5, FIELD_ROLE, 2);
	evidence_bind_text(r, q, 6, FIELD_STATE, 3);
	return row_end(q, err);
}

enum status evidence_on_session_egress(struct evidence_rows *r, struct error *err)
{
	enum status status = set_field(r, "egress_packets", FIELD_PACKETS, err);
	if (!status)
		status = set_field(r, "egress_bytes", FIELD_BYTES, err);
	if (!status)
		status = set_field(r, "denied_packets", FIELD_DENIED, err);
	return status ? status : set_field(r, "refused_unrecorded", FIELD_UNRECORDED, err);
}

enum status evidence_on_socket(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_SOCKET_INSERT);
	row_i64(q, 1, r->t);
	evidence_bind_text(r, q, 2, FIELD_PROTO, 0);
	evidence_bind_text(r, q, 3, FIELD_LOCAL, 1);
	evidence_bind_i64(r, q, 4, FIELD_LPORT);
	evidence_bind_text(r, q, 5, FIELD_REMOTE, 2);
	evidence_bind_i64(r, q, 6, FIELD_RPORT);
	evidence_bind_text(r, q, 7, FIELD_STATE, 3);
	evidence_bind_i64(r, q, 8, FIELD_UID);
	evidence_bind_i64(r, q, 9, FIELD_COOKIE);
	const struct json_value *moment = &r->line->members[FIELD_MOMENT].value;
	if (moment->type == JSON_STRING)
		row_slice(q, 10, moment->raw);
	row_i64(q, 11, r->to->source);
	row_i64(q, 12, (int64_t)r->record);
	const struct json_value *witness = &r->line->members[FIELD_WITNESS].value;
	if (witness->type == JSON_STRING)
		row_slice(q, 13, witness->raw);
	evidence_bind_i64(r, q, 14, FIELD_PID);
	evidence_bind_text(r, q, 15, FIELD_PROCESS, 0);
	evidence_bind_i64(r, q, 16, FIELD_NETNS);
	enum status status = row_end(q, err);
	return status ? status : evidence_table_row(r, err);
}

/* The loss counters stand in every checkpoint: {"kernel":0,"packets":0,…}. */
enum status evidence_on_checkpoint(struct evidence_rows *r, struct error *err)
{
	struct cursor c = json_object(&r->line->members[FIELD_LOST].value);
	struct json_value count;
	struct slice witness;
	enum status status = OK;
	while (!status && json_next_member(&c, &witness, &count)) {
		uint64_t lost;
		if (!json_u64(&count, INT64_MAX, &lost))
			continue;
		struct row_stream *q = row_begin(r->to->rows, QUERY_LOSS_INSERT);
		row_i64(q, 1, r->t);
		row_slice(q, 2, witness);
		row_i64(q, 3, (int64_t)lost);
		status = row_end(q, err);
	}
	return status;
}

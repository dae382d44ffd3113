/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Records of a session that was isolated: how, what was tried to prove it, that it held,
 * and the connections that were carried out of it.
 */
#include "ingest/evidence_rows.h"

#include "ingest/session_fact.h"

/* Arrays of folders, kept as JSON. */
static enum status keep_array(struct evidence_rows *r, const char *name, enum evidence_field f, struct error *err)
{
	const struct json_value *v = &r->line->members[f].value;
	return v->type == JSON_ARRAY ? session_fact(r->to->rows, name, v->raw, err) : OK;
}

enum status evidence_on_isolation(struct evidence_rows *r, struct error *err)
{
	enum status status = keep_array(r, "isolation_hidden", FIELD_HIDDEN, err);
	return status ? status : keep_array(r, "isolation_passed", FIELD_PASSED, err);
}

enum status evidence_on_isolation_proof(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_ISOLATION_PROOF_INSERT);
	evidence_bind_text(r, q, 1, FIELD_NAME, 0);
	evidence_bind_text(r, q, 2, FIELD_TRIED, 1);
	row_i64(q, 3, evidence_flag(r->line, FIELD_HELD));
	evidence_bind_text(r, q, 4, FIELD_DETAIL, 2);
	row_i64(q, 5, (int64_t)r->record);
	return row_end(q, err);
}

enum status evidence_on_isolation_look(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_ISOLATION_LOOK_INSERT);
	row_i64(q, 1, r->t);
	evidence_bind_i64(r, q, 2, FIELD_ROUND);
	row_i64(q, 3, evidence_flag(r->line, FIELD_HELD));
	evidence_bind_text(r, q, 4, FIELD_DETAIL, 0);
	return row_end(q, err);
}

enum status evidence_on_isolation_open(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_ISOLATION_OPEN_INSERT);
	row_i64(q, 1, r->t);
	evidence_bind_text(r, q, 2, FIELD_PATH, 0);
	evidence_bind_text(r, q, 3, FIELD_REASON, 1);
	row_i64(q, 4, (int64_t)r->record);
	return row_end(q, err);
}

enum status evidence_on_carried(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_CARRIED_INSERT);
	row_i64(q, 1, r->t);
	evidence_bind_i64(r, q, 2, FIELD_END);
	evidence_bind_i64(r, q, 3, FIELD_NUMBER);
	evidence_bind_text(r, q, 4, FIELD_PROTO, 0);
	evidence_bind_text(r, q, 5, FIELD_DST, 1);
	evidence_bind_i64(r, q, 6, FIELD_DPORT);
	evidence_bind_i64(r, q, 7, FIELD_SPORT);
	evidence_bind_text(r, q, 8, FIELD_STATE, 2);
	evidence_bind_i64(r, q, 9, FIELD_ERROR);
	evidence_bind_i64(r, q, 10, FIELD_SENT);
	evidence_bind_i64(r, q, 11, FIELD_RECEIVED);
	row_i64(q, 12, (int64_t)r->record);
	return row_end(q, err);
}

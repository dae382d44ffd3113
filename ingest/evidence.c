/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence.ndjson (airgap-verify-formats(5)): one record a line, sealed by
 * checkpoints. What stands behind the last good checkpoint is read too, and its
 * size noted: it is evidence, but not sealed.
 */
#include "ingest/evidence_rows.h"
#include "ingest/registry.h"

#include "core/chain.h"

#include <stdlib.h>

enum {
	SESSION_PROCESSES_MAX = 1 << 21,
	SOCKETS_MAX = 1 << 22,
	THREADS_MAX = 1 << 21,
	REQUESTS_MAX = 1 << 20,
};

static const struct {
	const char *kind;
	evidence_fn *read;
} kinds[] = {
	{"attempt", evidence_on_attempt},
	{"state", evidence_on_state},
	{"egress", evidence_on_egress},
	{"dropped", evidence_on_dropped},
	{"sent", evidence_on_sent},
	{"bytes", evidence_on_bytes},
	{"result", evidence_on_result},
	{"fork", evidence_on_fork},
	{"exec", evidence_on_exec},
	{"exit", evidence_on_exit},
	{"unix", evidence_on_unix},
	{"special_socket", evidence_on_special},
	{"inherited", evidence_on_inherited},
	{"io_uring", evidence_on_uring},
	{"io_uring_done", evidence_on_uring_done},
	{"process", evidence_on_process},
	{"image", evidence_on_image},
	{"socket", evidence_on_socket},
	{"etw", evidence_on_etw},
	{"etw_session", evidence_on_etw_session},
	{"checkpoint", evidence_on_checkpoint},
	{"witness", evidence_on_witness},
	{"canary", evidence_on_canary},
	{"capture", evidence_on_capture},
	{"tool", evidence_on_tool},
	{"applog", evidence_on_applog},
	{"network", evidence_on_network},
	{"command", evidence_on_command},
	{"resolver", evidence_on_resolver},
	{"proxy", evidence_on_proxy},
	{"close", evidence_on_close},
	{"left", evidence_on_left},
	{"later", evidence_on_later},
	{"isolation", evidence_on_isolation},
	{"isolation_proof", evidence_on_isolation_proof},
	{"isolation_look", evidence_on_isolation_look},
	{"isolation_open", evidence_on_isolation_open},
	{"carried", evidence_on_carried},
	{"session_egress", evidence_on_session_egress},
	{"posture", evidence_on_posture},
	/* nothing in them that is not said elsewhere */
	{"open", NULL},
	{"session", NULL},
	{"packets", NULL},
	{"socket_table", NULL},
	/* how a Windows was set up: stands in the log for whoever reads that */
	{"firewall", NULL},
	{"firewall_profile", NULL},
	{"firewall_rule", NULL},
	{"dns_cache", NULL},
};

void evidence_bind_i64(struct evidence_rows *r, struct row_stream *q, int at, enum evidence_field f)
{
	int64_t value;
	uint64_t large;
	if (evidence_i64(r->line, f, &value))
		row_i64(q, at, value);
	else if (evidence_u64(r->line, f, &large))
		row_i64(q, at, (int64_t)large); /* cookies may use all 64 bits */
}

void evidence_bind_text(struct evidence_rows *r, struct row_stream *q, int at, enum evidence_field f,
			unsigned buffer)
{
	struct slice plain;
	if (evidence_text(r->line, f, r->buffers[buffer], &plain))
		row_slice(q, at, plain);
}

enum status evidence_remember(struct evidence_rows *r, struct lookup *l, uint64_t key, int64_t id,
			      struct error *err)
{
	if (lookup_put(l, key, id))
		return OK;
	return ingest_skip(r->to, "more sockets or processes than can be told apart", r->record,
			   slice_of(NULL, 0), err);
}

static enum status read_record(struct evidence_rows *r, struct slice line, struct error *err)
{
	struct evidence_line parsed;
	const char *wrong = evidence_line_read(line, &parsed);
	if (wrong)
		return ingest_skip(r->to, wrong, r->record, line, err);
	/* cppcheck-suppress autoVariables; nobody asks for it before the next line has its own */
	r->line = &parsed;
	if (!evidence_i64(&parsed, FIELD_T, &r->t))
		return ingest_skip(r->to, "a record without its time", r->record, line, err);
	evidence_clock(r);
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (evidence_is(&parsed, FIELD_KIND, kinds[i].kind))
			return kinds[i].read ? kinds[i].read(r, err) : OK;
	return ingest_skip(r->to, "a record of an unknown kind", r->record, line, err);
}

static enum status write_chain(struct evidence_rows *r, const struct chain_reader *chain,
			       struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_CHECKPOINT_INSERT);
	row_i64(q, 1, r->to->source);
	row_i64(q, 2, (int64_t)chain->sealed_bytes);
	row_i64(q, 3, (int64_t)chain->bytes);
	row_i64(q, 4, (int64_t)chain->checkpoints);
	row_i64(q, 5, chain->closed);
	row_text(q, 6, chain->problem);
	row_i64(q, 7, chain->last_wall_ns);
	return row_end(q, err);
}

static enum status read_lines(struct evidence_rows *r, struct input *in, struct chain_reader *chain,
			      struct error *err)
{
	struct slice line;
	for (;;) {
		enum line kind = input_line(in, &line);
		enum status status = OK;
		if (kind == LINE_END)
			return OK;
		r->record++;
		chain_read(chain, line, kind == LINE_WHOLE);
		if (kind == LINE_WHOLE)
			status = read_record(r, line, err);
		else
			status = ingest_skip(r->to,
					     kind == LINE_CUT ? "the last line is cut off"
							      : "a line longer than any record",
					     r->record, line, err);
		if (status)
			return status;
	}
}

static enum status read_evidence(struct ingest *to, struct input *in, uint64_t *ret_records,
				 struct error *err)
{
	struct evidence_rows *r = must_alloc(1, sizeof *r);
	*r = (struct evidence_rows){
		.to = to,
		.host = to->start->host_scope,
		.next_attempt = to->start->attempt,
		.next_process = to->start->process,
		.processes = lookup_new(SESSION_PROCESSES_MAX),
		.others = lookup_new(SESSION_PROCESSES_MAX),
		.sockets = lookup_new(SOCKETS_MAX),
		.threads = lookup_new(THREADS_MAX),
		.requests = lookup_new(REQUESTS_MAX),
	};
	struct chain_reader chain = chain_reader_start();
	enum status status = read_lines(r, in, &chain, err);
	if (!status)
		status = evidence_etw_end(r, err);
	if (!status)
		status = evidence_clock_end(r, err);
	if (!status)
		status = write_chain(r, &chain, err);
	*ret_records = r->record;
	chain_reader_end(&chain);
	evidence_etw_free(r);
	lookup_free(r->processes);
	lookup_free(r->others);
	lookup_free(r->sockets);
	lookup_free(r->threads);
	lookup_free(r->requests);
	free(r);
	return status;
}

static unsigned sniff_evidence(struct slice first)
{
	return slice_starts(first, "{\"kind\":\"open\",") &&
			       slice_search(first, SLICE("\"format\":\"airgap-verify evidence\"")) <
				       first.size
		       ? 100
		       : 0;
}

const struct reader reader_evidence = {
	.name = "evidence",
	.reads = "the evidence log of a session (evidence.ndjson)",
	.writes = ROW_WRITES_EVIDENCE,
	.sniff = sniff_evidence,
	.read = read_evidence,
};

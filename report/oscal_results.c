/* SPDX-License-Identifier: Apache-2.0 */
#include "report/oscal.h"

#include "report/oscal_parts.h"

#include "core/clock.h"

#include <stdio.h>
#include <string.h>

enum { FINDINGS_MAX = 10000, ARTIFACTS_MAX = 100000 };

static void add_property(struct oscal *o, const char *name, struct slice value)
{
	if (!slice_trim(value).size)
		return;
	json_begin_object(&o->j, NULL);
	json_add_string(&o->j, "name", name);
	json_add_string(&o->j, "ns", "urn:airgap-verify");
	oscal_text(o, "value", value, "-");
	json_end_object(&o->j);
}

static void add_method(struct oscal *o, const char *method)
{
	json_begin_array(&o->j, "methods");
	json_add_string(&o->j, NULL, method);
	json_end_array(&o->j);
}

/* The evidence that a finding stands on, by the resource that holds its hash. */
static void add_evidence(struct oscal *o, struct slice evidence)
{
	char buffer[1024], href[UUID_TEXT_MAX + 1];
	struct slice file;
	struct json_member m[] = {{.key = "file"}};
	if (json_read_object(evidence, m, LENGTH(m), NULL) || !json_string(&m[0].value, buffer, sizeof buffer, &file))
		return;
	href[0] = '#';
	uuid_of(o->facts->value[FACT_ID], "artifact", file, href + 1);
	json_begin_array(&o->j, "relevant-evidence");
	json_begin_object(&o->j, NULL);
	json_add_string(&o->j, "href", href);
	oscal_text(o, "description", evidence, "-");
	json_end_object(&o->j);
	json_end_array(&o->j);
}

/* Columns of report_findings.sql. */
static void add_observation(struct oscal *o, sqlite3_stmt *q)
{
	char id[32];
	snprintf(id, sizeof id, "%lld", (long long)store_i64(q, 0));
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "uuid", "finding", slice_of_string(id));
	oscal_text(o, "title", store_slice(q, 4), "A finding");
	oscal_text(o, "description", store_slice(q, 5), "-");
	json_begin_array(&o->j, "props");
	add_property(o, "check", store_slice(q, 3));
	add_property(o, "effect", store_slice(q, 2));
	add_property(o, "severity", store_slice(q, 1));
	json_end_array(&o->j);
	add_method(o, "TEST");
	add_evidence(o, store_slice(q, 6));
	oscal_time(o, "collected", o->facts->to_ns);
	json_end_object(&o->j);
}

/* Columns of oscal_objectives.sql. */
static void add_objective(struct oscal *o, sqlite3_stmt *q)
{
	char token[OSCAL_TOKEN_MAX];
	oscal_token(store_slice(q, 0), store_slice(q, 1), store_slice(q, 2), token);
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "uuid", "objective", slice_of_string(token));
	oscal_text(o, "title", store_slice(q, 3), "An objective");
	oscal_text(o, "description", store_slice(q, 4), "-");
	json_begin_array(&o->j, "props");
	add_property(o, "objective", slice_of_string(token));
	add_property(o, "strength", store_slice(q, 5));
	add_property(o, "evidence", store_slice(q, 6));
	json_end_array(&o->j);
	add_method(o, "EXAMINE");
	oscal_time(o, "collected", o->facts->to_ns);
	json_end_object(&o->j);
}

/* What a row of a query becomes; `want` tells which rows. */
struct each {
	enum query query;
	bool by_framework;
	bool (*want)(const struct oscal *o, sqlite3_stmt *q);
	void (*add)(struct oscal *o, sqlite3_stmt *q);
};

/* Adds an element for each row that is wanted; the array is opened with the first. */
static enum status add_each(struct oscal *o, const char *member, const struct each *e, bool *open, struct error *err)
{
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(o->store, e->query);
	if (e->by_framework)
		store_bind_text(q, 1, o->facts->frameworks);
	else
		store_bind_i64(q, 1, e->query == QUERY_REPORT_ARTIFACTS ? ARTIFACTS_MAX : FINDINGS_MAX);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (e->want && !e->want(o, q))
			continue;
		if (!*open)
			json_begin_array(&o->j, member);
		*open = true;
		e->add(o, q);
		status = stream_flush(&o->out, false, err);
	}
	sqlite3_reset(q);
	return status;
}

static bool fails(const struct oscal *o, sqlite3_stmt *q)
{
	(void)o;
	return slice_is(store_slice(q, 2), "FAIL");
}

/* What was proven to go wrong is a risk for somebody to decide on. */
static void add_risk(struct oscal *o, sqlite3_stmt *q)
{
	char id[32];
	snprintf(id, sizeof id, "%lld", (long long)store_i64(q, 0));
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "uuid", "risk", slice_of_string(id));
	oscal_text(o, "title", store_slice(q, 4), "A finding");
	oscal_text(o, "description", store_slice(q, 5), "-");
	oscal_text(o, "statement", store_slice(q, 8), "To be decided.");
	json_add_string(&o->j, "status", "open");
	json_begin_array(&o->j, "related-observations");
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "observation-uuid", "finding", slice_of_string(id));
	json_end_object(&o->j);
	json_end_array(&o->j);
	json_end_object(&o->j);
}

/* The last review that names the objective; NULL where none does. */
static const struct review *decided(const struct oscal *o, const char *token, bool *ret_satisfied)
{
	for (size_t i = o->facts->reviews->count; i > 0; i--) {
		const struct review *r = o->facts->reviews->at[i - 1];
		for (size_t k = r->objective_count; k > 0; k--)
			if (!strcmp(r->objectives[k - 1].id, token)) {
				*ret_satisfied = r->objectives[k - 1].satisfied && r->decision == REVIEW_ACCEPTED;
				return r;
			}
	}
	return NULL;
}

/* What speaks against an objective, or a person's word on it. */
static bool is_settled(const struct oscal *o, sqlite3_stmt *q)
{
	char token[OSCAL_TOKEN_MAX];
	bool satisfied;
	oscal_token(store_slice(q, 0), store_slice(q, 1), store_slice(q, 2), token);
	return store_i64(q, 8) > 0 || decided(o, token, &satisfied);
}

static void add_status(struct oscal *o, const char *token)
{
	bool satisfied = false;
	const struct review *r = decided(o, token, &satisfied);
	json_begin_object(&o->j, "status");
	json_add_string(&o->j, "state", review_state_name(satisfied));
	json_add_string(&o->j, "reason", satisfied ? "pass" : "fail");
	if (r) {
		char time[CLOCK_TEXT_MAX];
		AUTO_TEXT struct text remarks = text_make(OSCAL_TEXT_MAX);
		clock_text(r->time_ns, 0, time);
		text_addf(&remarks, "Decided in review %u (%s) by ", r->number, review_decision_name(r->decision));
		text_add_printable(&remarks, slice_of_string(r->name), OSCAL_TEXT_MAX / 8);
		text_addf(&remarks, ", %s", time);
		oscal_text(o, "remarks", text_slice(&remarks), "-");
	}
	json_end_object(&o->j);
}

static void add_finding(struct oscal *o, sqlite3_stmt *q)
{
	char token[OSCAL_TOKEN_MAX];
	oscal_token(store_slice(q, 0), store_slice(q, 1), store_slice(q, 2), token);
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "uuid", "not-satisfied", slice_of_string(token)); /* whatever it becomes, the same finding */
	oscal_text(o, "title", store_slice(q, 3), "An objective");
	oscal_text(o, "description", store_slice(q, 4), "-");
	json_begin_object(&o->j, "target");
	json_add_string(&o->j, "type", "objective-id");
	json_add_string(&o->j, "target-id", token);
	add_status(o, token);
	json_end_object(&o->j);
	json_begin_array(&o->j, "related-observations");
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "observation-uuid", "objective", slice_of_string(token));
	json_end_object(&o->j);
	json_end_array(&o->j);
	json_end_object(&o->j);
}

/* Columns of report_artifacts.sql. */
static void add_resource(struct oscal *o, sqlite3_stmt *q)
{
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "uuid", "artifact", store_slice(q, 0));
	oscal_text(o, "title", store_slice(q, 3), "evidence");
	json_begin_array(&o->j, "rlinks");
	json_begin_object(&o->j, NULL);
	text_clear(&o->text);
	text_add_string(&o->text, "../");
	text_add_printable(&o->text, store_slice(q, 0), OSCAL_TEXT_MAX);
	json_add_slice(&o->j, "href", text_slice(&o->text));
	json_begin_array(&o->j, "hashes");
	json_begin_object(&o->j, NULL);
	json_add_string(&o->j, "algorithm", "SHA-256");
	json_add_slice(&o->j, "value", store_slice(q, 2));
	json_end_object(&o->j);
	json_end_array(&o->j);
	json_end_object(&o->j);
	json_end_array(&o->j);
	json_end_object(&o->j);
}

static enum status add_array(struct oscal *o, const char *member, const struct each of[], size_t count, struct error *err)
{
	bool open = false;
	enum status status = OK;
	for (size_t i = 0; i < count && !status; i++)
		status = add_each(o, member, &of[i], &open, err);
	if (open)
		json_end_array(&o->j);
	return status;
}

static enum status add_result(struct oscal *o, struct error *err)
{
	static const struct each observations[] = {{QUERY_REPORT_FINDINGS, false, NULL, add_observation},
						   {QUERY_OSCAL_OBJECTIVES, true, NULL, add_objective}};
	static const struct each risks[] = {{QUERY_REPORT_FINDINGS, false, fails, add_risk}};
	static const struct each findings[] = {{QUERY_OSCAL_OBJECTIVES, true, is_settled, add_finding}};
	const struct facts *f = o->facts;
	json_begin_array(&o->j, "results");
	json_begin_object(&o->j, NULL);
	oscal_uuid(o, "uuid", "result", SLICE(""));
	json_add_string(&o->j, "title", "One session, on one host, in one window");
	oscal_text(o, "description", slice_of_string(f->summary), "Not judged.");
	oscal_time(o, "start", f->from_ns);
	oscal_time(o, "end", f->to_ns);
	json_begin_array(&o->j, "props");
	add_property(o, "verdict", slice_of_string(f->judged ? f->verdict : "not judged"));
	add_property(o, "scope", slice_of_string(f->scope));
	json_end_array(&o->j);
	enum status status = oscal_reviewed(o, err);
	if (!status)
		status = add_array(o, "observations", observations, LENGTH(observations), err);
	if (!status)
		status = add_array(o, "risks", risks, LENGTH(risks), err);
	if (!status)
		status = add_array(o, "findings", findings, LENGTH(findings), err);
	json_end_object(&o->j);
	json_end_array(&o->j);
	return status;
}

static enum status write_results(struct oscal *o, struct error *err)
{
	static const struct each resources[] = {{QUERY_REPORT_ARTIFACTS, false, NULL, add_resource}};
	json_begin_object(&o->j, NULL);
	json_begin_object(&o->j, "assessment-results");
	oscal_uuid(o, "uuid", "results", SLICE(""));
	oscal_metadata(o, "Network egress of one session");
	json_begin_object(&o->j, "import-ap");
	json_add_string(&o->j, "href", "report.oscal-plan.json");
	json_end_object(&o->j);
	enum status status = add_result(o, err);
	json_begin_object(&o->j, "back-matter");
	if (!status)
		status = add_array(o, "resources", resources, LENGTH(resources), err);
	json_end_object(&o->j);
	json_end_object(&o->j);
	json_end_object(&o->j);
	text_add_char(&o->out.text, '\n');
	return status ? status : stream_flush(&o->out, true, err);
}

enum status oscal_results_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	struct oscal o = {.store = store, .facts = &facts, .out = stream_to(fd), .text = text_make(8 * OSCAL_TEXT_MAX)};
	o.j = json_on(&o.out.text);
	status = write_results(&o, err);
	stream_free(&o.out);
	text_free(&o.text);
	return status;
}

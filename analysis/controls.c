/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An objective is carried, supported or weakly supported by the kinds of evidence that it
 * takes; what is missing, a finding that speaks against it or an open verdict lowers that.
 * What a person gives (E10) is never there, and is asked for.
 */
#include "analysis/bearing.h"
#include "analysis/frameworks.h"
#include "analysis/kept_files.h"
#include "analysis/steps.h"
#include "core/text.h"

enum { STATUS_MAX = 4096, LIST_MAX = 16 << 20 };

static const unsigned REVIEWER = 1u << 9;

struct shown {
	unsigned have;           /* kinds of evidence */
	enum verdict verdict;
	struct text ids;         /* of the findings that bear on it: a JSON array */
	int64_t findings, against;
};

static enum status read_evidence(struct store *store, unsigned *ret, struct error *err)
{
	bool row;
	sqlite3_stmt *q = store_query(store, QUERY_CONTROL_EVIDENCE);
	enum status status = store_step(q, &row, err);
	*ret = 0;
	for (int i = 0; i < CONTROL_EVIDENCE_MAX && !status && row; i++)
		*ret |= store_i64(q, i) ? 1u << i : 0;
	sqlite3_reset(q);
	return status;
}

/* No list of ids is as long as a document would be. */
static void find_findings(const struct bearing *b, const struct control *c, struct shown *s)
{
	bearing_on(b, c->checks, &s->ids, &s->findings, &s->against);
	if (!s->ids.overflow)
		return;
	text_clear(&s->ids);
	text_add_string(&s->ids, "[]");
}

static size_t strength_of(const struct control *c, const struct shown *s)
{
	unsigned needed = c->evidence & ~REVIEWER, there = needed & s->have;
	size_t strength = c->strength;
	if (!there && needed)
		return CONTROL_NOT_APPLICABLE;
	if (!needed && !(c->helps & s->have))
		return CONTROL_NOT_APPLICABLE;
	size_t most = CONTROL_CARRIES;
	if (!needed || s->verdict == VERDICT_INCONCLUSIVE)
		most = CONTROL_WEAK;
	else if (s->against)
		most = CONTROL_SUPPORTING;
	if (there != needed && strength > CONTROL_WEAK)
		strength--;
	return strength < most ? strength : most;
}

static void add_kinds(struct text *t, unsigned kinds)
{
	const char *joint = "";
	for (size_t i = 0; i < CONTROL_EVIDENCE_MAX; i++)
		if (kinds & 1u << i) {
			text_addf(t, "%s%s", joint, control_evidence(i));
			joint = ", ";
		}
}

static void add_status(struct text *t, const struct control *c, const struct shown *s)
{
	unsigned there = (c->evidence | c->helps) & s->have, missing = c->evidence & ~s->have;
	text_add_string(t, there ? "This run shows: " : "This run shows nothing for it");
	add_kinds(t, there);
	if (missing) {
		text_add_string(t, ". It does not show: ");
		add_kinds(t, missing);
	}
	text_add_string(t, ". ");
	if (s->findings)
		text_addf(t, "%lld %s on it, of which %lld %s against it. ", (long long)s->findings,
			  text_plural((uint64_t)s->findings, "finding bears", "findings bear"), (long long)s->against,
			  text_plural((uint64_t)s->against, "speaks", "speak"));
	if (s->verdict == VERDICT_INCONCLUSIVE)
		text_add_string(t, "The watching was not shown to be complete. ");
	text_add_string(t, "The limit: ");
	text_add(t, c->limit);
	text_add_string(t, ". A person must still ");
	text_add(t, c->person);
	text_add_char(t, '.');
}

static enum status write_control(struct store *store, const struct control *c, const char *origin, const struct shown *s,
				 struct error *err)
{
	AUTO_TEXT struct text status_text = text_make(STATUS_MAX), there = text_make(STATUS_MAX), missing = text_make(STATUS_MAX);
	add_status(&status_text, c, s);
	add_kinds(&there, (c->evidence | c->helps) & s->have);
	add_kinds(&missing, c->evidence & ~s->have);
	sqlite3_stmt *q = store_query(store, QUERY_CONTROL_INSERT);
	store_bind_slice(q, 1, c->framework);
	store_bind_slice(q, 2, c->control);
	store_bind_slice(q, 3, c->objective);
	store_bind_slice(q, 4, text_slice(&there));
	store_bind_text(q, 5, control_strength(strength_of(c, s)));
	store_bind_slice(q, 6, text_slice(&status_text));
	store_bind_slice(q, 7, text_slice(&s->ids));
	store_bind_slice(q, 8, c->rev3);
	store_bind_slice(q, 9, c->title);
	store_bind_slice(q, 10, text_slice(&missing));
	store_bind_slice(q, 11, c->limit);
	store_bind_slice(q, 12, c->person);
	store_bind_slice(q, 13, c->examine);
	if (origin)
		store_bind_text(q, 14, origin);
	return store_run(q, err);
}

static enum status add_file(void *all, struct slice text, const char *name, struct error *err)
{
	return frameworks_add(all, text, name, err);
}

/* Those that the policy names are all there. */
static enum status check_policy(struct store *store, const struct frameworks *all, struct error *err)
{
	char named[POLICY_VALUE_MAX];
	enum status status = store_session_value(store, "policy_frameworks", named, sizeof named, err);
	if (!status && named[0])
		status = frameworks_know(all, named, err);
	return status ? fail_in(err, "frameworks of the policy") : OK;
}

enum status controls(struct store *store, enum verdict verdict, struct error *err)
{
	struct shown s = {.verdict = verdict, .ids = text_make(LIST_MAX)};
	struct bearing *findings = NULL;
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	enum status status = store_run(store_query(store, QUERY_CONTROL_RESET), err);
	if (!status)
		status = kept_files_each(store, QUERY_CONTROL_FILE_NEXT, add_file, all, err);
	if (!status)
		status = check_policy(store, all, err);
	if (!status)
		status = read_evidence(store, &s.have, err);
	if (!status)
		status = bearing_load(store, &findings, err);
	for (size_t i = 0; i < frameworks_count(all) && !status; i++) {
		const struct control *c = frameworks_at(all, i);
		find_findings(findings, c, &s);
		status = write_control(store, c, frameworks_origin(all, i), &s, err);
	}
	bearing_free(findings);
	text_free(&s.ids);
	return status;
}

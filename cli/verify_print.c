/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/verify_print.h"

#include "cli/terminal.h"
#include "core/clock.h"
#include "core/json.h"

enum { PATH_SHOWN_MAX = 4096 };

static const char *const words[] = {"GOOD", "BAD", "COULD NOT TELL"};
static const char *const outcomes[] = {"good", "bad", "unknown"};

static void add_lines(struct text *t, const char *heading, const struct verify_lines *lines)
{
	if (lines->count)
		text_addf(t, "\n%s\n", heading);
	for (size_t i = 0; i < lines->count; i++)
		text_addf(t, "  - %s\n", lines->at[i]);
}

void verify_print_text(const struct verify_print *p, struct text *t)
{
	const struct verify_result *r = p->result;
	static const char *const colours[] = {"\033[1;32m", "\033[1;31m", "\033[1;33m"};
	char time[CLOCK_TEXT_MAX];
	bool colour = terminal_colours(1);
	text_addf(t, "%s%s%s  ", colour ? colours[r->outcome] : "", words[r->outcome],
		  colour ? "\033[0m" : "");
	text_add_printable(t, slice_of_string(p->path), PATH_SHOWN_MAX);
	text_addf(t, ": %llu %s, %llu bytes\n", (unsigned long long)r->files,
		  p->all ? text_plural(r->files, "session", "sessions") : text_plural(r->files, "file", "files"),
		  (unsigned long long)r->bytes);
	for (size_t i = 0; i < r->problem_count; i++) {
		text_addf(t, "  %s ", r->problems[i].outcome == VERIFY_BAD ? "BAD    " : "unknown");
		text_add_printable(t, slice_of_string(r->problems[i].path), PATH_SHOWN_MAX);
		text_addf(t, ": %s\n", r->problems[i].what);
	}
	if (r->bad + r->unknown > r->problem_count)
		text_addf(t, "  … and %llu more\n",
			  (unsigned long long)(r->bad + r->unknown - r->problem_count));
	add_lines(t, "Proven", &r->proven);
	add_lines(t, "Not proven", &r->not_proven);
	if (r->session.known) {
		clock_text(r->session.to_ns ? r->session.to_ns : r->signed_ns, 0, time);
		text_addf(t, "\nSession    %s of %s, %s, ended %s\n", r->session.id, r->session.host, r->session.verdict, time);
	}
	if (r->fingerprint[0])
		text_addf(t, "%sSigned by  %s\nSHA-256    %s\n", r->session.known ? "" : "\n", r->signer, r->fingerprint);
	if (r->stamp.time_ns) {
		clock_text(r->stamp.time_ns, 0, time);
		text_addf(t, "Stamped    %s by %s\n", time, r->stamp.signer);
	}
}

static void add_json_lines(struct json *j, const char *key, const struct verify_lines *lines)
{
	json_begin_array(j, key);
	for (size_t i = 0; i < lines->count; i++)
		json_add_string(j, NULL, lines->at[i]);
	json_end_array(j);
}

/* The reviews that hold. */
static void add_json_reviews(struct json *j, const struct verify_result *r)
{
	json_begin_array(j, "reviews");
	for (size_t i = 0; i < r->review_count; i++) {
		const struct review *review = r->reviews[i];
		json_begin_object(j, NULL);
		json_add_u64(j, "number", review->number);
		json_add_string(j, "name", review->name);
		json_add_string(j, "decision", review_decision_name(review->decision));
		json_add_string(j, "comment", review->comment);
		json_add_bool(j, "earlier_seal", r->review_earlier[i]);
		json_add_i64(j, "time_ns", review->time_ns);
		json_add_hex(j, "fingerprint", review->fingerprint, HASH_SIZE);
		json_end_object(j);
	}
	json_end_array(j);
}

static void add_json_session(struct json *j, const struct verify_session *s)
{
	if (!s->known) {
		json_add_null(j, "session");
		return;
	}
	json_begin_object(j, "session");
	json_add_string(j, "id", s->id);
	json_add_string(j, "host", s->host);
	json_add_string(j, "verdict", s->verdict);
	json_add_i64(j, "from_ns", s->from_ns);
	json_add_i64(j, "to_ns", s->to_ns);
	json_end_object(j);
}

static void add_json_stamp(struct json *j, const struct timestamp *t)
{
	if (!t->time_ns) {
		json_add_null(j, "timestamp");
		return;
	}
	json_begin_object(j, "timestamp");
	json_add_i64(j, "time_ns", t->time_ns);
	json_add_i64(j, "accuracy_ns", t->accuracy_ns);
	json_add_string(j, "authority", t->signer);
	json_add_string(j, "fingerprint", t->fingerprint);
	json_add_string(j, "serial", t->serial);
	json_add_bool(j, "expired", t->expired);
	json_end_object(j);
}

static void add_json_others(struct json *j, const char *key, const struct verify_result *r)
{
	json_begin_array(j, key);
	for (size_t i = 0; i < r->other_count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "id", r->others[i].id);
		json_add_i64(j, "from_ns", r->others[i].from_ns);
		json_add_i64(j, "to_ns", r->others[i].to_ns);
		json_add_bool(j, "ended", r->others[i].ended);
		json_end_object(j);
	}
	json_end_array(j);
}

static void add_json_problems(struct json *j, const struct verify_result *r)
{
	json_begin_array(j, "problems");
	for (size_t i = 0; i < r->problem_count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "file", r->problems[i].path);
		json_add_string(j, "outcome", outcomes[r->problems[i].outcome]);
		json_add_string(j, "what", r->problems[i].what);
		json_end_object(j);
	}
	json_end_array(j);
	json_add_u64(j, "problem_count", r->bad + r->unknown);
}

/* What is told of one folder or bundle alone. */
static void add_json_one(struct json *j, const struct verify_print *p)
{
	const struct verify_result *r = p->result;
	add_json_session(j, &r->session);
	add_json_reviews(j, r);
	add_json_stamp(j, &r->stamp);
	if (p->heads)
		json_add_u64(j, "heads", r->heads);
}

void verify_print_json(const struct verify_print *p, struct text *t)
{
	const struct verify_result *r = p->result;
	struct json j = json_on(t);
	json_begin_object(&j, NULL);
	json_add_string(&j, "path", p->path);
	json_add_string(&j, "outcome", outcomes[r->outcome]);
	if (!p->all)
		json_add_bool(&j, "sealed", r->sealed);
	json_add_u64(&j, p->all ? "sessions" : "files", r->files);
	json_add_u64(&j, "bytes", r->bytes);
	if (!p->all) {
		json_add_string(&j, "fingerprint", r->fingerprint[0] ? r->fingerprint : NULL);
		json_add_string(&j, "signer", r->fingerprint[0] ? r->signer : NULL);
	}
	if (r->signed_ns)
		json_add_i64(&j, "signed_ns", r->signed_ns);
	add_json_problems(&j, r);
	if (!p->all)
		add_json_one(&j, p);
	if (p->heads)
		add_json_others(&j, p->all ? "missing_sessions" : "other_sessions", r);
	add_json_lines(&j, "proven", &r->proven);
	add_json_lines(&j, "not_proven", &r->not_proven);
	json_end_object(&j);
	text_add_char(t, '\n');
}

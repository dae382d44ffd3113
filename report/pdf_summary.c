/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The first page: the answer, and what it rests on, for a reader who reads no other.
 */
#include "report/pdf.h"
#include "report/organisation.h"
#include "report/pdf_words.h"
#include "report/review_words.h"

#include <string.h>
#include <sys/wait.h>

enum { SUMMARY_MAX = 900, VALUE_MAX = 300, ORGANISATION_MAX = 8192 };

/* The word tells; the colour only helps, and the frame tells the three apart in grey. */
static const struct look {
	const char *verdict;
	struct page_colour fill, ink;
	double frame;
} looks[] = {
	{"PASS", {0.09, 0.42, 0.22}, {1, 1, 1}, 0},
	{"FAIL", {0.66, 0.11, 0.09}, {1, 1, 1}, 0},
	{"INCONCLUSIVE", {1.0, 0.80, 0.28}, {0, 0, 0}, 2},
	{"NOT JUDGED", {1, 1, 1}, {0, 0, 0}, 2},
};

static const struct look *look_of(const struct facts *f)
{
	for (size_t i = 0; i < LENGTH(looks) - 1; i++)
		if (f->judged && !strcmp(f->verdict, looks[i].verdict))
			return &looks[i];
	return &looks[LENGTH(looks) - 1];
}

void pdf_verdict(struct pdf *d)
{
	struct page *p = &d->page;
	const struct look *look = look_of(d->facts);
	AUTO_TEXT struct text summary = text_make(SUMMARY_MAX * 8);
	text_add_printable(&summary, slice_of_string(d->facts->summary), SUMMARY_MAX);
	double width = p->width - 28;
	double height = page_measure(p, PAGE_BOLD, width, 6, text_string(&summary));
	double word = page_measure(p, PAGE_VERDICT, width, 1, look->verdict);
	double box = 12 + word + 3 + height + 12;

	page_box(p, p->x, p->y, p->width, box, look->fill);
	if (look->frame > 0) {
		cairo_set_line_width(p->cr, look->frame);
		cairo_rectangle(p->cr, p->x + 1, p->y + 1, p->width - 2, box - 2);
		cairo_stroke(p->cr);
	}
	page_colour(p, look->ink);
	page_text_at(p, PAGE_VERDICT, p->x + 14, p->y + 12, width, 1, look->verdict);
	page_text_at(p, PAGE_BOLD, p->x + 14, p->y + 15 + word, width, 6, text_string(&summary));
	page_colour(p, page_black);
	p->y += box + 8;
}

static void draw_pair_lines(struct pdf *d, const char *name, unsigned lines, const struct text *value)
{
	struct page *p = &d->page;
	const double inset = 62;
	page_text_at(p, PAGE_BOLD, p->x, p->y, inset, 1, name);
	p->y += page_text_at(p, PAGE_BODY, p->x + inset, p->y, p->width - inset, lines,
			     text_string(value)) +
		1.5;
}

void pdf_pair(struct pdf *d, const char *name, const struct text *value)
{
	draw_pair_lines(d, name, 2, value);
}

/* What the site says of itself, in its own words; none of it was checked. */
void pdf_organisation(struct pdf *d)
{
	struct organisation_field field;
	AUTO_TEXT struct text t = text_make(ORGANISATION_MAX * 8);
	struct cursor fields = organisation_fields(d->facts);
	while (organisation_next(&fields, &field)) {
		if (field.value.size == 0)
			continue;
		if (t.size)
			text_add_string(&t, " · ");
		organisation_add_label(&t, &field);
		text_add_string(&t, ": ");
		text_add_printable(&t, field.value, VALUE_MAX);
	}
	if (t.size)
		draw_pair_lines(d, "By the site", 8, &t);
}

static void add_fact(struct text *t, const struct facts *f, enum fact fact)
{
	text_add_printable(t, slice_of_string(f->value[fact]), VALUE_MAX);
}

static void draw_scope(struct pdf *d, struct text *t)
{
	const struct facts *f = d->facts;
	if (!strcmp(f->scope, "host"))
		text_add_string(t, "the whole host: every program on it");
	else if (!strcmp(f->scope, "session"))
		text_add_string(t, "the session: the watched command and every process it started");
	else
		text_add_printable(t, slice_of_string(f->scope), VALUE_MAX);
	pdf_pair(d, "Scope", t);

	text_clear(t);
	pdf_add_time(t, f->from_ns);
	if (f->from_ns || f->to_ns) {
		text_add_string(t, " to ");
		pdf_add_time(t, f->to_ns);
	}
	if (f->from_ns && f->to_ns > f->from_ns) {
		text_add_string(t, " (");
		pdf_add_duration(t, f->to_ns - f->from_ns);
		text_add_char(t, ')');
	}
	pdf_pair(d, "Window", t);
}

static void draw_command(struct pdf *d, struct text *t)
{
	const struct facts *f = d->facts;
	if (f->value[FACT_COMMAND][0]) {
		add_fact(t, f, FACT_COMMAND);
	} else if (f->value[FACT_WATCHED_PID][0]) {
		text_add_string(t, "none started; process ");
		add_fact(t, f, FACT_WATCHED_PID);
		text_add_string(t, " was watched");
	} else {
		text_add_string(t, "none");
	}
	pdf_pair(d, "Command", t);
}

/* The wait status as waitpid(2) gave it. */
static void draw_end(struct pdf *d, struct text *t)
{
	const struct facts *f = d->facts;
	int status = (int)facts_number(f, FACT_COMMAND_STATUS, -1);
	add_fact(t, f, FACT_CLOSE_REASON);
	if (t->size == 0)
		text_add_string(t, "not known");
	if (f->value[FACT_COMMAND_PROBLEM][0]) {
		text_add_string(t, "; ");
		add_fact(t, f, FACT_COMMAND_PROBLEM);
	} else if (status >= 0 && WIFEXITED(status)) {
		text_addf(t, "; exit status %d", WEXITSTATUS(status));
	} else if (status >= 0 && WIFSIGNALED(status)) {
		text_addf(t, "; ended by signal %d", WTERMSIG(status));
	}
	pdf_pair(d, "End", t);
}

static void draw_where(struct pdf *d, struct text *t)
{
	const struct facts *f = d->facts;
	const char *system = f->value[f->value[FACT_OS][0] ? FACT_OS : FACT_SYSTEM];
	add_fact(t, f, FACT_HOST);
	if (t->size == 0)
		text_add_string(t, "not known");
	if (*system) {
		text_add_string(t, ", ");
		text_add_printable(t, slice_of_string(system), VALUE_MAX);
	}
	if (f->value[FACT_KERNEL][0]) {
		text_add_string(t, ", kernel ");
		add_fact(t, f, FACT_KERNEL);
		text_add_char(t, ' ');
		add_fact(t, f, FACT_MACHINE);
	}
	pdf_pair(d, "Host", t);

	text_clear(t);
	add_fact(t, f, FACT_USER);
	if (t->size == 0)
		text_add_string(t, "not known");
	if (f->value[FACT_UID][0]) {
		text_add_string(t, " (uid ");
		add_fact(t, f, FACT_UID);
		text_add_char(t, ')');
	}
	if (f->value[FACT_THROUGH][0]) {
		text_add_string(t, " through ");
		add_fact(t, f, FACT_THROUGH);
	}
	if (f->value[FACT_TIER][0]) {
		text_add_string(t, "; tier of witnessing: ");
		add_fact(t, f, FACT_TIER);
	}
	pdf_pair(d, "User", t);
}

static void draw_session(struct pdf *d)
{
	static void (*const parts[])(struct pdf *, struct text *) = {draw_scope, draw_command,
								     draw_end, draw_where};
	for (size_t i = 0; i < LENGTH(parts); i++) {
		AUTO_TEXT struct text t = text_make(VALUE_MAX * 32);
		parts[i](d, &t);
	}
}

/* A draft says that it is one. */
static void draw_review(struct pdf *d)
{
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 16);
	review_words_state(&t, d->facts->reviews);
	pdf_pair(d, "Review", &t);
}

/* Beside the verdict, and no part of it. */
static enum status draw_models(struct pdf *d, struct error *err)
{
	bool row;
	AUTO_TEXT struct text t = text_make(VALUE_MAX * 8);
	sqlite3_stmt *q = store_query(d->store, QUERY_REPORT_BENCH_SUM);
	enum status status = store_step(q, &row, err);
	if (!status && row && store_i64(q, 0) > 0) {
		pdf_add_count(&t, store_i64(q, 0), "model", "models");
		text_add_string(&t, " benchmarked; ");
		if (store_is_null(q, 1))
			text_add_string(&t, "the policy has no thresholds for them");
		else
			text_addf(&t, "by the policy's thresholds: PASS %lld, FAIL %lld, INCONCLUSIVE %lld", (long long)store_i64(q, 1),
				  (long long)store_i64(q, 2), (long long)store_i64(q, 3));
		text_add_string(&t, " (see Local models)");
		pdf_pair(d, "Models", &t);
	}
	sqlite3_reset(q);
	return status;
}

enum status pdf_summary(struct pdf *d, struct error *err)
{
	page_text(&d->page, PAGE_TITLE, "Network egress report");
	page_space(&d->page, 2);
	page_text(&d->page, PAGE_BODY,
		  "Did the watched session reach beyond this machine, and could we have seen it?");
	page_space(&d->page, 8);
	pdf_verdict(d);
	draw_session(d);
	pdf_organisation(d);
	draw_review(d);
	enum status status = draw_models(d, err);
	if (status)
		return status;
	pdf_numbers(d);
	status = pdf_reasons(d, err);
	return status ? status : pdf_missing(d, err);
}

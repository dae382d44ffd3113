/* SPDX-License-Identifier: Apache-2.0 */
#include "report/organisation.h"
#include "report/review_words.h"
#include "report/xlsx.h"

#include <stdio.h>

enum {
	NAME_WIDTH = 34,
	VALUE_WIDTH = 90,
	LINE_CHARACTERS = 84, /* that surely fit into that width */
	ROWS_MAX = 27,	      /* of a cell: more is higher than a row can be */
};

struct lines {
	struct xlsx *x;
	lxw_worksheet *to;
	lxw_row_t row;
};

static void heading(struct lines *l, const char *text)
{
	l->row++;
	worksheet_write_string(l->to, l->row++, 0, text, l->x->format[XLSX_HEADING]);
}

/* A row as high as its text wants it: not every program looks for itself, and one that does
 * may. Set before the row is written, as a sheet in constant memory wants it. */
static void make_room(struct lines *l, struct slice value)
{
	size_t characters = 0;
	for (size_t i = 0; i < value.size; i++)
		characters += (value.at[i] & 0xc0) != 0x80;
	size_t rows = characters / LINE_CHARACTERS + 1;
	if (rows > 1)
		worksheet_set_row(l->to, l->row, (double)(rows < ROWS_MAX ? rows : ROWS_MAX) * LXW_DEF_ROW_HEIGHT, NULL);
}

static void line(struct lines *l, const char *name, const char *value)
{
	if (!value || !*value)
		return;
	make_room(l, slice_of_string(value));
	worksheet_write_string(l->to, l->row, 0, name, l->x->format[XLSX_BOLD]);
	xlsx_put(l->x, l->to, l->row++, 1, slice_of_string(value), XLSX_WRAP);
}

static void time_line(struct lines *l, const char *name, int64_t ns)
{
	if (!ns)
		return;
	worksheet_write_string(l->to, l->row, 0, name, l->x->format[XLSX_BOLD]);
	worksheet_write_number(l->to, l->row++, 1, (double)ns / 86400e9 + 25569, l->x->format[XLSX_DATE]);
}

static void verdict(struct lines *l)
{
	const struct facts *f = l->x->facts;
	worksheet_write_string(l->to, l->row++, 0, "airgap-verify: what was seen of one session",
			       l->x->format[XLSX_HEADING]);
	line(l, "Verdict", f->judged ? f->verdict : "not judged");
	line(l, "In words", f->summary);
	line(l, "Scope", f->scope);
	time_line(l, "From (UTC)", f->from_ns);
	time_line(l, "To (UTC)", f->to_ns);
}

static void who(struct lines *l)
{
	static const struct {
		const char *name;
		enum fact fact;
	} rows[] = {
		{"Session", FACT_ID},         {"Host", FACT_HOST},
		{"Operating system", FACT_SYSTEM}, {"Kernel", FACT_KERNEL},
		{"User", FACT_USER},          {"Command", FACT_COMMAND},
		{"Witnessing", FACT_TIER},    {"Clock synchronised", FACT_CLOCK_SYNCHRONISED},
		{"Clock source", FACT_CLOCK_SOURCE}, {"Policy (SHA-256)", FACT_POLICY_SHA256},
		{"Collector", FACT_COLLECTOR_VERSION}, {"Collector (SHA-256)", FACT_COLLECTOR_SHA256},
	};
	heading(l, "Who and where");
	for (size_t i = 0; i < LENGTH(rows); i++)
		line(l, rows[i].name, l->x->facts->value[rows[i].fact]);
	line(l, "Written by", "airgap-verify " VERSION);
}

/* In the site's own words. */
static void organisation(struct lines *l)
{
	struct organisation_field field;
	AUTO_TEXT struct text label = text_make(XLSX_CELL_MAX);
	struct cursor fields = organisation_fields(l->x->facts);
	for (bool first = true; organisation_next(&fields, &field); first = false) {
		if (first)
			heading(l, "What the site says of itself");
		text_clear(&label);
		organisation_add_label(&label, &field);
		make_room(l, field.value);
		xlsx_put(l->x, l->to, l->row, 0, text_slice(&label), XLSX_BOLD);
		xlsx_put(l->x, l->to, l->row++, 1, field.value, XLSX_WRAP);
	}
}

/* Name, decision, time and certificate of each; a draft says that it is one. */
static void reviews(struct lines *l)
{
	const struct reviews *all = l->x->facts->reviews;
	AUTO_TEXT struct text t = text_make(XLSX_CELL_MAX);
	heading(l, "Review");
	review_words_state(&t, all);
	line(l, "State", text_string(&t));
	for (size_t i = 0; i < all->count; i++) {
		const struct review *r = all->at[i];
		char name[32];
		snprintf(name, sizeof name, "Review %u", r->number);
		text_clear(&t);
		review_words_who(&t, r);
		text_addf(&t, ": %s, %zu objectives", review_decision_name(r->decision), r->objective_count);
		line(l, name, text_string(&t));
		time_line(l, "Time, by their clock (UTC)", r->time_ns);
		text_clear(&t);
		text_add_hex(&t, r->fingerprint, HASH_SIZE);
		line(l, "Certificate (SHA-256)", text_string(&t));
		line(l, "Comment", r->comment);
	}
	if (all->count)
		line(l, "To be known", review_words_trust);
}

static void counts(struct lines *l)
{
	heading(l, "Counts");
	for (int i = 0; i < COUNT_COUNT; i++) {
		char words[64];
		snprintf(words, sizeof words, "%s", facts_count_name((enum count)i));
		for (char *c = words; *c; c++)
			if (*c == '_')
				*c = ' ';
		worksheet_write_string(l->to, l->row, 0, words, l->x->format[XLSX_BOLD]);
		worksheet_write_number(l->to, l->row++, 1, (double)l->x->facts->count[i], l->x->format[XLSX_WRAP]);
	}
}

enum status xlsx_summary_write(struct xlsx *x, struct error *err)
{
	struct lines l = {x, workbook_add_worksheet(x->book, "Summary"), 0};
	if (!l.to)
		return fail(err, ERR_INTERNAL, "cannot add the sheet Summary");
	worksheet_set_column(l.to, 0, 0, NAME_WIDTH, NULL);
	worksheet_set_column(l.to, 1, 1, VALUE_WIDTH, NULL);
	worksheet_fit_to_pages(l.to, 1, 0);
	xlsx_margins(x, l.to);
	verdict(&l);
	who(&l);
	organisation(&l);
	reviews(&l);
	counts(&l);
	heading(&l, "What this does not show");
	for (size_t i = 0; facts_limits[i]; i++)
		line(&l, "Limit", facts_limits[i]);
	return xlsx_check(l.to, err);
}

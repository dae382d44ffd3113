/* SPDX-License-Identifier: Apache-2.0 */
#include "report/pdf_report.h"

#include "report/pdf.h"

#include "core/clock.h"

#include <string.h>

enum { RUNNING_MAX = 120 };

static enum status (*const sections[])(struct pdf *d, struct error *err) = {
	pdf_summary,   pdf_figures,  pdf_timeline, pdf_coverage, pdf_egress, pdf_lookups, pdf_applog,   pdf_findings,
	pdf_challenge, pdf_controls, pdf_past,     pdf_bench,    pdf_method, pdf_skipped, pdf_evidence, pdf_signatures,
	pdf_reviewer,
};

/* The whole document, into nothing where `fd` is -1. `total`: its pages, where they are known. */
static enum status write_pages(struct store *store, const struct facts *facts, const struct tally *tally, struct drawn *drawn, int fd,
			       unsigned total, unsigned *ret_pages, struct error *err)
{
	char date[CLOCK_TEXT_MAX];
	AUTO_TEXT struct text session = text_make(RUNNING_MAX * 8),
			      host = text_make(RUNNING_MAX * 8), marking = text_make(RUNNING_MAX * 8);
	text_add_string(&session, "Session ");
	text_add_printable(&session, slice_of_string(facts->value[FACT_ID]), RUNNING_MAX);
	text_add_string(&host, "Host ");
	text_add_printable(&host, slice_of_string(facts->value[FACT_HOST]), RUNNING_MAX);
	/* not the time of writing: the same evidence gives the same bytes */
	clock_text(facts->to_ns, 0, date);

	text_add_printable(&marking, slice_of_string(facts->value[FACT_MARKING]), RUNNING_MAX);
	const struct page_form form = {
		.title = "Network egress report",
		.date = date,
		.running_left = text_string(&session),
		.running_right = text_string(&host),
		.marking = text_string(&marking),
		.paper = !strcmp(facts->value[FACT_PAPER], "letter") ? PAGE_LETTER : PAGE_A4,
		.total = total,
		.drawn = drawn,
	};
	struct pdf d = {.store = store, .facts = facts, .tally = tally};
	page_begin(&d.page, fd, &form);
	enum status status = OK;
	for (size_t i = 0; i < LENGTH(sections) && !status; i++)
		status = sections[i](&d, err);
	*ret_pages = d.page.number;
	enum status ended = page_end(&d.page, status ? NULL : err);
	return status ? status : ended;
}

enum status pdf_report_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	unsigned total = 0, again = 0;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	struct tally tally;
	struct chart_axis axis = chart_axis_over(&facts);
	status = tally_read(store, &axis, PDF_ROWS_MAX, &tally, err);
	if (!status)
		status = write_pages(store, &facts, &tally, NULL, -1, 0, &total, err);
	if (!status)
		status = write_pages(store, &facts, &tally, form ? form->drawn : NULL, fd, total, &again, err);
	tally_free(&tally);
	if (!status && again != total)
		status = fail(err, ERR_INTERNAL, "%u pages, then %u", total, again);
	return status;
}

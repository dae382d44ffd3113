/* SPDX-License-Identifier: Apache-2.0 */
#include "report/xlsx_report.h"

#include "report/bench.h"
#include "report/xlsx.h"

static const struct xlsx_sheet sheets[] = {
	{"Findings", QUERY_SHEET_FINDINGS, false, false, true},
	{"Attempts", QUERY_SHEET_ATTEMPTS, false, false, false},
	{"Flows", QUERY_SHEET_FLOWS, false, false, false},
	{"Lookups", QUERY_SHEET_LOOKUPS, false, false, false},
	{"App events", QUERY_SHEET_APP_EVENTS, false, false, false},
	{"Matches", QUERY_SHEET_MATCHES, false, false, false},
	{"Coverage", QUERY_SHEET_COVERAGE, false, false, false},
	{"Controls", QUERY_SHEET_CONTROLS, true, false, true},
	{"Posture", QUERY_SHEET_POSTURE, false, false, true},
	{"Challenge", QUERY_SHEET_CHALLENGE, false, false, true},
	{"Past sessions", QUERY_SHEET_PAST, false, false, false},
	{"Past destinations", QUERY_SHEET_PAST_DESTINATIONS, false, false, false},
	{"Model runs", QUERY_SHEET_MODELS, false, true, false},
	{"Model verdicts", QUERY_SHEET_MODEL_VERDICTS, false, true, true},
	{"Model groups", QUERY_SHEET_MODEL_GROUPS, false, true, false},
	{"Model speed", QUERY_SHEET_MODEL_SPEED, false, true, false},
	{"Model outcomes", QUERY_SHEET_MODEL_OUTCOMES, false, true, false},
	{"Model pairs", QUERY_SHEET_MODEL_PAIRS, false, true, false},
	{"Model tasks", QUERY_SHEET_MODEL_TASKS, false, true, false},
	{"Model sandbox", QUERY_SHEET_MODEL_PROOFS, false, true, false},
	{"Models published", QUERY_SHEET_MODEL_PUBLISHED, false, true, true},
	{"Artefacts", QUERY_SHEET_ARTIFACTS, false, false, false},
};

static enum status fill(struct xlsx *x, const void *of, struct error *err)
{
	(void)of;
	enum status status = bench_there(x->store, &x->models, err);
	if (!status)
		status = xlsx_summary_write(x, err);
	if (!status)
		status = xlsx_figures_write(x, err);
	for (size_t i = 0; i < LENGTH(sheets) && !status; i++)
		if (!sheets[i].models || x->models)
			status = xlsx_sheet_write(x, &sheets[i], err);
	return status;
}

static enum status write_rows(struct store *store, const struct report_form *form, size_t rows_max, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	const struct xlsx_book book = {
		.title = "airgap-verify: evidence of one session",
		.subject = "connection attempts, flows, lookups, findings",
		.comments = "Derived from the raw evidence of the session; audit.db and reproducing it tell how.",
		.fill = fill,
	};
	struct xlsx x = {.store = store, .facts = &facts, .rows_max = rows_max};
	return xlsx_book_write(&x, &book, fd, err);
}

enum status xlsx_report_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	return write_rows(store, form, XLSX_ROWS_MAX, fd, err);
}

enum status xlsx_report_split(struct store *store, size_t rows_max, int fd, struct error *err)
{
	return write_rows(store, NULL, rows_max, fd, err);
}

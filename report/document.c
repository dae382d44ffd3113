/* SPDX-License-Identifier: Apache-2.0 */
#include "report/document.h"

#include "report/bench.h"
#include "report/csv_report.h"
#include "report/html_report.h"
#include "report/json_report.h"
#include "report/junit_report.h"
#include "report/ocsf_report.h"
#include "report/oscal.h"
#include "report/pdf_report.h"
#include "report/sarif_report.h"
#include "report/xlsx_report.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { FORMAT_NAME_MAX = 32, FORMATS_MAX = 256 };

const struct writer writers[] = {
	{"pdf", "pdf", "the report for people: one page that tells, then the details", pdf_report_write, NULL},
	{"xlsx", "xlsx", "every row as a workbook, with filters and charts", xlsx_report_write, NULL},
	{"html", "html", "one page for a browser, to sort and search; it fetches nothing", html_report_write, NULL},
	{"json", "json", "the same facts for programs", json_report_write, NULL},
	{"oscal", "oscal.json", "assessment results (OSCAL 1.2.2)", oscal_results_write, NULL},
	{"oscal-plan", "oscal-plan.json", "the minimal assessment plan that they point to", oscal_plan_write, NULL},
	{"ocsf", "ocsf.ndjson", "events for a log collector (OCSF 1.8, a line each)", ocsf_report_write, NULL},
	{"sarif", "sarif", "findings for a code host's pipeline (SARIF 2.1.0)", sarif_report_write, NULL},
	{"junit", "junit.xml", "test results for a pipeline (JUnit's XML)", junit_report_write, NULL},
	{"csv", "csv", "each view of audit.db as csv/VIEW.csv", NULL, csv_report_write},
	{"bench", "csv", "the figures of a benchmark of models as bench.csv, where there is one", NULL, bench_csv_write},
};
const size_t writer_count = LENGTH(writers);

static enum status refuse(struct slice name, struct error *err)
{
	AUTO_TEXT struct text shown = text_make(FORMATS_MAX), known = text_make(FORMATS_MAX);
	text_add_printable(&shown, name, FORMAT_NAME_MAX);
	for (size_t i = 0; i < writer_count; i++)
		text_addf(&known, "%s%s", i ? ", " : "", writers[i].name);
	return fail(err, ERR_USAGE, "there is no document format \"%s\"; there are: %s",
		    text_string(&shown), text_string(&known));
}

/* Sets the flag of each writer that the list names. */
static enum status choose(const char *formats, bool chosen[], struct error *err)
{
	struct slice rest = slice_of_string(formats);
	for (;;) {
		size_t end = slice_find(rest, ',');
		struct slice name = slice_part(rest, 0, end);
		size_t i = 0;
		while (i < writer_count && !slice_is(name, writers[i].name))
			i++;
		if (i == writer_count)
			return refuse(name, err);
		chosen[i] = true;
		if (end == rest.size)
			return OK;
		rest = slice_part(rest, end + 1, rest.size);
	}
}

enum status report_check(const char *formats, const struct report_form *form, struct error *err)
{
	bool chosen[LENGTH(writers)] = {false};
	if (form->frameworks && strlen(form->frameworks) >= FORM_TEXT_MAX)
		return fail(err, ERR_USAGE, "the list of frameworks is longer than %d bytes", FORM_TEXT_MAX - 1);
	return formats ? choose(formats, chosen, err) : OK;
}

/* A link in its place is not followed: the documents stay in the session. */
static enum status open_report_folder(int folder_fd, int *ret_fd, struct error *err)
{
	enum status status = file_have_folder(folder_fd, "report", err);
	if (status)
		return status;
	int fd = openat(folder_fd, "report", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "report");
	*ret_fd = fd;
	return OK;
}

static void name_of(const struct writer *w, char ret[static MADE_NAME_MAX])
{
	snprintf(ret, MADE_NAME_MAX, "report.%s", w->suffix);
}

static enum status write_one(struct store *store, const struct writer *w, const struct report_form *form, int fd,
			     struct error *err)
{
	char name[MADE_NAME_MAX];
	struct file_output out;
	if (w->write_many)
		return w->write_many(store, fd, err);
	name_of(w, name);
	enum status status = file_begin(fd, name, &out, err);
	if (status)
		return status;
	status = w->write(store, form, out.fd, err);
	if (status) {
		file_abandon(&out);
		return fail_in(err, "%s", name);
	}
	return file_commit(&out, err);
}

/* One that cannot be read tells of no document. */
static struct made read_made(int fd)
{
	struct made made = {.count = 0}, nothing = {.count = 0};
	struct error ignored = {0};
	AUTO_TEXT struct text json = text_make(MADE_SIZE_MAX);
	if (file_read(fd, MADE_FILE, MADE_SIZE_MAX, &json, &ignored) || !made_read(text_slice(&json), &made))
		return nothing;
	return made;
}

bool report_tells(int folder_fd, const struct reviews *all)
{
	char name[MADE_NAME_MAX];
	struct reviews told;
	AUTO_FD int fd = openat(folder_fd, "report", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return true;
	const struct made made = read_made(fd);
	for (size_t i = 0; i < writer_count; i++) {
		name_of(&writers[i], name);
		if (!writers[i].write || faccessat(fd, name, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		(void)made_form(&made, name, all, &told);
		if (told.count < all->count)
			return false;
	}
	return true;
}

/* None where the documents are as the policy says and none of them is a PDF. */
static enum status write_made(int fd, const struct made *made, struct error *err)
{
	AUTO_TEXT struct text json = text_make(MADE_SIZE_MAX);
	bool says = made->count || made->drawn.count;
	if (!says && unlinkat(fd, MADE_FILE, 0) != 0 && errno != ENOENT)
		return fail_errno(err, ERR_CREATE, errno, "report/" MADE_FILE);
	if (!says)
		return OK;
	made_write(made, &json);
	return file_write(fd, MADE_FILE, text_slice(&json), err);
}

enum status report_write(struct store *store, int folder_fd, const char *formats, const struct report_form *form,
			 struct error *err)
{
	bool chosen[LENGTH(writers)] = {false};
	char name[MADE_NAME_MAX];
	AUTO_FD int fd = -1;
	enum status status = formats ? choose(formats, chosen, err) : OK;
	if (!status)
		status = open_report_folder(folder_fd, &fd, err);
	if (status)
		return status;
	struct made made = read_made(fd);
	struct report_form full = form ? *form : (struct report_form){0};
	full.drawn = &made.drawn;
	for (size_t i = 0; i < writer_count && !status; i++) {
		if (formats && !chosen[i])
			continue;
		name_of(&writers[i], name);
		if (writers[i].write && !made_set(&made, name, &full))
			status = fail(err, ERR_USAGE, "the list of frameworks is longer than %d bytes", FORM_TEXT_MAX - 1);
		if (!status)
			status = write_one(store, &writers[i], &full, fd, err);
	}
	return status ? status : write_made(fd, &made, err);
}

enum status report_write_again(struct store *store, int folder_fd, const struct made *made, const struct reviews *reviews,
			       struct drawn *ret_drawn, struct error *err)
{
	char name[MADE_NAME_MAX];
	struct reviews told;
	AUTO_FD int fd = -1;
	enum status status = open_report_folder(folder_fd, &fd, err);
	for (size_t i = 0; i < writer_count && !status; i++) {
		name_of(&writers[i], name);
		struct report_form form = made_form(made, name, reviews, &told);
		form.drawn = ret_drawn;
		status = write_one(store, &writers[i], &form, fd, err);
	}
	return status;
}

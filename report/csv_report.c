/* SPDX-License-Identifier: Apache-2.0 */
#include "report/csv_report.h"

#include "report/stream.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

enum { CELL_MAX = 1 << 20 /* bytes shown of a text */ };

static const struct {
	const char *name;
	enum query query;
} views[] = {
	{"v_flow", QUERY_CSV_FLOW},           {"v_attempt", QUERY_CSV_ATTEMPT},
	{"v_dns", QUERY_CSV_DNS},             {"v_name", QUERY_CSV_NAME},
	{"v_socket", QUERY_CSV_SOCKET},       {"v_app_event", QUERY_CSV_APP_EVENT},
	{"v_coverage", QUERY_CSV_COVERAGE},   {"v_match", QUERY_CSV_MATCH},
	{"v_finding", QUERY_CSV_FINDING},     {"v_control", QUERY_CSV_CONTROL},
	{"v_challenge", QUERY_CSV_CHALLENGE}, {"v_claim", QUERY_CSV_CLAIM},
	{"v_model_run", QUERY_CSV_MODEL_RUN}, {"v_artifact", QUERY_CSV_ARTIFACT},
	{"v_posture", QUERY_CSV_POSTURE},     {"v_host", QUERY_CSV_HOST},
	{"v_endpoint", QUERY_CSV_ENDPOINT},   {"v_model_group", QUERY_CSV_MODEL_GROUP},
	{"v_model_task", QUERY_CSV_MODEL_TASK}, {"v_model_pair", QUERY_CSV_MODEL_PAIR},
	{"v_model_verdict", QUERY_CSV_MODEL_VERDICT}, {"v_published", QUERY_CSV_PUBLISHED},
	{"v_past", QUERY_CSV_PAST},           {"v_past_destination", QUERY_CSV_PAST_DESTINATION},
};

/* RFC 4180, section 2: quotes around what holds a comma or a quote, which is doubled. Line
 * ends do not come through text_add_printable(). */
static void add_text(struct stream *s, struct text *cell, struct slice value)
{
	text_clear(cell);
	/* what a table might take for a formula; a mark that stands alone is none */
	if (value.size > 1 && strchr("=+-@", value.at[0]))
		text_add_char(cell, '\'');
	text_add_printable(cell, value, CELL_MAX);
	struct slice rest = text_slice(cell);
	if (slice_find(rest, ',') == rest.size && slice_find(rest, '"') == rest.size) {
		text_add(&s->text, rest);
		return;
	}
	text_add_char(&s->text, '"');
	for (size_t i = 0; i < rest.size; i++) {
		if (rest.at[i] == '"')
			text_add_char(&s->text, '"');
		text_add_char(&s->text, (char)rest.at[i]);
	}
	text_add_char(&s->text, '"');
}

static void add_cell(struct stream *s, struct text *cell, sqlite3_stmt *q, int at)
{
	switch (sqlite3_column_type(q, at)) {
	case SQLITE_NULL:
		break;
	case SQLITE_INTEGER:
		text_add_i64(&s->text, store_i64(q, at));
		break;
	case SQLITE_FLOAT:
		text_addf(&s->text, "%.15g", sqlite3_column_double(q, at));
		break;
	default:
		add_text(s, cell, store_slice(q, at));
	}
}

enum status csv_report_rows(struct store *store, enum query query, int fd, struct error *err)
{
	bool row = true;
	enum status status = OK;
	AUTO_STREAM struct stream s = stream_to(fd);
	AUTO_TEXT struct text cell = text_make(8 * CELL_MAX);
	sqlite3_stmt *q = store_query(store, query);
	int columns = sqlite3_column_count(q);
	for (int i = 0; i < columns; i++)
		text_addf(&s.text, "%s%s", i ? "," : "", sqlite3_column_name(q, i));
	text_add_string(&s.text, "\r\n");
	while (!status && !(status = store_step(q, &row, err)) && row) {
		for (int i = 0; i < columns; i++) {
			if (i)
				text_add_char(&s.text, ',');
			add_cell(&s, &cell, q, i);
		}
		text_add_string(&s.text, "\r\n");
		status = stream_flush(&s, false, err);
	}
	sqlite3_reset(q);
	return status ? status : stream_flush(&s, true, err);
}

static enum status write_file(struct store *store, size_t at, int folder_fd, struct error *err)
{
	char name[64];
	struct file_output out;
	snprintf(name, sizeof name, "%s.csv", views[at].name);
	enum status status = file_begin(folder_fd, name, &out, err);
	if (status)
		return status;
	status = csv_report_rows(store, views[at].query, out.fd, err);
	if (status) {
		file_abandon(&out);
		return fail_in(err, "csv/%s", name);
	}
	return file_commit(&out, err);
}

enum status csv_report_write(struct store *store, int report_fd, struct error *err)
{
	enum status status = file_have_folder(report_fd, "csv", err);
	if (status)
		return status;
	AUTO_FD int fd = openat(report_fd, "csv", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "csv");
	for (size_t i = 0; i < LENGTH(views) && !status; i++)
		status = write_file(store, i, fd, err);
	return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/golden_session.h"
#include "tests/unit/xlsx_part.h"

#include "report/xlsx_report.h"

#include <fcntl.h>
#include <unistd.h>

static void every_kind_of_row_has_its_sheet(void **state)
{
	static const char *const names[] = {"Summary", "Figures", "Findings", "Attempts", "Flows", "Lookups", "App events",
					    "Matches", "Coverage", "Controls", "Posture", "Challenge", "Past sessions", "Past destinations",
					    "Artefacts"};
	struct scratch *s = *state;
	static const char *const sessions[] = {"pass", "fail", "inconclusive", "many", NULL};
	for (size_t i = 0; i < LENGTH(sessions); i++) {
		struct store *store = session(s, sessions[i]);
		write_all(store, s, "xlsx");
		store_abandon(&store);
		for (size_t n = 0; n < LENGTH(names); n++) {
			char *text = sheet(s, "report/report.xlsx", names[n]);
			assert_non_null(text);
			assert_contains(text, "</worksheet>");
			free(text);
		}
	}
}

/* A draft says that it is one; else who decided, and no formula of it. */
static void the_summary_tells_of_reviews(void **state)
{
	struct scratch *s = *state;
	static const struct review ann = {.number = 1, .decision = REVIEW_ACCEPTED, .name = "Ann", .comment = "=1+1", .fingerprint = {0xab}};
	const struct reviews one = {{&ann}, 1};
	for (int i = 0; i < 2; i++) {
		struct error err = {0};
		struct store *store = session(s, "pass");
		assert_int_equal(report_write(store, s->fd, "xlsx", &(struct report_form){.reviews = i ? &one : NULL}, &err), OK);
		store_abandon(&store);
		char *text = sheet(s, "report/report.xlsx", "Summary");
		assert_contains(text, i ? "accepted by Ann (reviewer)" : "not reviewed");
		assert_true(i == 0 || strstr(text, ">ab0000") != NULL);
		assert_null(strstr(text, "<f>"));
		free(text);
	}
}

static void dates_are_dates_and_headings_stay(void **state)
{
	struct scratch *s = *state;
	struct store *store = session(s, "fail");
	write_all(store, s, "xlsx");
	store_abandon(&store);
	char *text = sheet(s, "report/report.xlsx", "Attempts");
	assert_contains(text, "state=\"frozen\"");
	assert_contains(text, "<autoFilter ref=\"A1:");
	/* a day of this century, as a number with a format: no text */
	const char *day = strstr(text, "<c r=\"B2\" s=\"");
	assert_non_null(day);
	day = strstr(day, "><v>");
	assert_in_range(atoi(day + strlen("><v>")), 40000, 60000);
	free(text);
	text = sheet(s, "report/report.xlsx", "Figures");
	assert_contains(text, "<drawing ");
	free(text);
	text = sheet(s, "report/report.xlsx", "Controls");
	assert_contains(text, "Document / Artifact / Physical Review / Screen Share");
	assert_contains(text, "Artifact, Document");
	free(text);
}

/* What a program called itself is text, whatever it looks like. */
static void nothing_of_the_evidence_is_a_formula(void **state)
{
	struct scratch *s = *state;
	char path[128];
	sqlite3 *db;
	struct store *store = session(s, "fail");
	store_abandon(&store);
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db,
				      "UPDATE attempt SET comm = '=HYPERLINK(\"http://192.0.2.1\")', name = '@SUM(1)',"
				      " rule = '+1', dst = x'3d31fe00' || 'x';"
				      "UPDATE finding SET title = '{=1+1}', detail = 'http://192.0.2.1/<&>' || char(27) || '[2J' || char(8238)",
				      NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	struct error err = {0};
	assert_int_equal(store_open(path, STORE_READ, &store, &err), OK);
	write_all(store, s, "xlsx");
	store_abandon(&store);
	static const char *const names[] = {"Attempts", "Findings", "Figures"};
	for (size_t i = 0; i < LENGTH(names); i++) {
		char *text = sheet(s, "report/report.xlsx", names[i]);
		assert_null(strstr(text, "<f>"));
		assert_null(strstr(text, "<hyperlink"));
		assert_null(strchr(text, 27));
		free(text);
	}
	char *text = sheet(s, "report/report.xlsx", "Attempts");
	assert_contains(text, "t=\"inlineStr\"><is><t>=HYPERLINK(\"http://192.0.2.1\")</t>");
	free(text);
}

/* What stands in many rows is in the file once; what is long, in its cell. */
static void texts_are_shared(void **state)
{
	struct scratch *s = *state;
	struct store *store = session_with(s, "many", "UPDATE attempt SET comm = '<same & same>';"
						      "UPDATE attempt SET rule = printf('%.300c', 'x') WHERE id % 2");
	write_all(store, s, "xlsx");
	store_abandon(&store);
	char *table = part(s, "report/report.xlsx", "xl/sharedStrings.xml"), *text = sheet(s, "report/report.xlsx", "Attempts");
	const char *once = strstr(table, "<t>&lt;same &amp; same&gt;</t>");
	assert_non_null(once);
	assert_null(strstr(once + strlen("<t>&lt;same"), "same &amp; same"));
	assert_null(strstr(table, "xxxxxxxx"));
	assert_contains(text, "xxxxxxxx");
	size_t rows = 0, named = 0;
	for (const char *at = text; (at = strstr(at, "<row ")); at++)
		rows++;
	for (const char *at = text; (at = strstr(at, "same &amp; same")); at++)
		named++;
	assert_true(rows > 20);
	assert_int_equal(named, rows - 1);
	free(table);
	free(text);
}

/* What the site marks its evidence with stands on each sheet that somebody prints. */
static void each_sheet_has_the_marking(void **state)
{
	static const char *const names[] = {"Summary", "Figures", "Findings", "Attempts", "Controls", "Artefacts"};
	struct scratch *s = *state;
	struct store *store = session_with(s, "fail", "INSERT INTO session VALUES ('policy_marking', 'CUI & more')");
	write_all(store, s, "xlsx");
	store_abandon(&store);
	for (size_t i = 0; i < LENGTH(names); i++) {
		char *text = sheet(s, "report/report.xlsx", names[i]);
		assert_contains(text, "<oddHeader>&amp;CCUI &amp;&amp; more</oddHeader>");
		assert_contains(text, "<oddFooter>&amp;CCUI &amp;&amp; more</oddFooter>");
		free(text);
	}
}

static void more_rows_than_a_sheet_holds_go_on_in_another(void **state)
{
	struct scratch *s = *state;
	struct error err = {0};
	struct store *store = session(s, "many");
	int64_t rows = 0;
	sqlite3_stmt *q = store_query(store, QUERY_SHEET_ATTEMPTS);
	for (bool row = true; store_step(q, &row, &err) == OK && row;)
		rows++;
	sqlite3_reset(q);
	assert_true(rows > 20);
	AUTO_FD int fd = openat(s->fd, "split.xlsx", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(xlsx_report_split(store, 11, fd, &err), OK);
	store_abandon(&store);
	char *first = sheet(s, "split.xlsx", "Attempts"), *second = sheet(s, "split.xlsx", "Attempts (2)");
	assert_non_null(first);
	assert_non_null(second);
	assert_contains(first, "<row r=\"11\"");
	assert_null(strstr(first, "<row r=\"12\""));
	assert_contains(second, "<t>Destination</t>");
	free(first);
	free(second);
}

static void the_same_database_gives_the_same_bytes(void **state)
{
	struct scratch *s = *state;
	size_t sizes[2];
	char *made[2];
	for (int i = 0; i < 2; i++) {
		struct store *store = session(s, "fail");
		write_all(store, s, "xlsx");
		store_abandon(&store);
		made[i] = scratch_get(s, "report/report.xlsx", &sizes[i]);
		if (!i)
			usleep(1100000); /* past a second: no clock gets in */
	}
	assert_int_equal(sizes[0], sizes[1]);
	assert_memory_equal(made[0], made[1], sizes[0]);
	free(made[0]);
	free(made[1]);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(every_kind_of_row_has_its_sheet),
		scratch_test(the_summary_tells_of_reviews),
		scratch_test(dates_are_dates_and_headings_stay),
		scratch_test(nothing_of_the_evidence_is_a_formula),
		scratch_test(texts_are_shared),
		scratch_test(each_sheet_has_the_marking),
		scratch_test(more_rows_than_a_sheet_holds_go_on_in_another),
		scratch_test(the_same_database_gives_the_same_bytes),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Documents for other programs. Whether others take them is tried in tests/lab/scenario_documents.sh.
 */
#include "tests/unit/golden_session.h"

#include "report/oscal.h"
#include "report/uuid.h"

#include "core/json.h"

static const char *const sessions[] = {"pass", "fail", "inconclusive", "many", NULL};

/* One document of a session; the caller frees it. */
static char *document(const struct scratch *s, const char *name, const char *format, const char *file, size_t *ret_size)
{
	struct store *store = session(s, name);
	write_all(store, s, format);
	store_abandon(&store);
	return scratch_get(s, file, ret_size);
}

static void hostile(const struct scratch *s, struct store **ret)
{
	char path[128];
	sqlite3 *db;
	struct error err = {0};
	struct store *store = session(s, "fail");
	store_abandon(&store);
	snprintf(path, sizeof path, "%s/audit.db", s->path);
	assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db, "UPDATE attempt SET comm = '=cmd,\"<x>&' || char(10) || char(27) || x'ff';"
					  "UPDATE finding SET title = ' ]]><a&\"', detail = '', evidence = 'not json', check_id = '\"<';"
					  "UPDATE control SET control = '1(a)(b) [x]', objective = '<'",
				      NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(db);
	assert_int_equal(store_open(path, STORE_READ, ret, &err), OK);
}

static void json_is_whole_whatever_stands_in_it(void **state)
{
	struct scratch *s = *state;
	static const char *const formats[][2] = {{"oscal", "report/report.oscal.json"},
						 {"oscal-plan", "report/report.oscal-plan.json"},
						 {"sarif", "report/report.sarif"}};
	for (size_t i = 0; i < LENGTH(formats); i++)
		for (size_t n = 0; n <= LENGTH(sessions); n++) {
			size_t size;
			struct json_value all;
			struct store *store;
			if (n < LENGTH(sessions))
				store = session(s, sessions[n]);
			else
				hostile(s, &store);
			write_all(store, s, formats[i][0]);
			store_abandon(&store);
			char *text = scratch_get(s, formats[i][1], &size);
			assert_null(json_read(slice_of(text, size - 1), &all, NULL));
			assert_int_equal(all.type, JSON_OBJECT);
			free(text);
		}
}

static void oscal_never_satisfies(void **state)
{
	struct scratch *s = *state;
	size_t size;
	char *text = document(s, "fail", "oscal", "report/report.oscal.json", &size);
	assert_contains(text, "\"state\":\"not-satisfied\"");
	assert_null(strstr(text, "\"state\":\"satisfied\""));
	assert_contains(text, "\"control-id\":\"SC.L2-3.13.6\"");
	assert_contains(text, "\"control-id\":\"hipaa_164.312_b\"");
	assert_contains(text, "\"target-id\":\"SC.L2-3.13.6_obj.a\"");
	assert_contains(text, "\"oscal-version\":\"1.2.2\"");
	assert_contains(text, "\"algorithm\":\"SHA-256\"");
	free(text);
	text = document(s, "pass", "oscal", "report/report.oscal.json", &size);
	assert_null(strstr(text, "satisfied"));
	free(text);
}

#define OBJECTIVE "SC.L2-3.13.6_obj.a"

/* The state of that objective in the results with those reviews; "" where it has no finding. */
static void reviewed_state(struct scratch *s, const char *name, const struct reviews *reviews, char ret[static 32])
{
	size_t size;
	struct error err = {0};
	struct store *store = session(s, name);
	assert_int_equal(report_write(store, s->fd, "oscal", &(struct report_form){.reviews = reviews}, &err), OK);
	store_abandon(&store);
	char *text = scratch_get(s, "report/report.oscal.json", &size);
	const char *at = strstr(text, "\"target-id\":\"" OBJECTIVE "\",\"status\":{\"state\":\"");
	*ret = 0;
	if (at)
		snprintf(ret, 32, "%.*s", (int)strcspn(strstr(at, "state\":\"") + 8, "\""), strstr(at, "state\":\"") + 8);
	size_t satisfied = 0;
	for (const char *word = text; (word = strstr(word, "\"satisfied\"")); word++)
		satisfied++;
	assert_int_equal(satisfied, !strcmp(ret, "satisfied")); /* that one, and no other */
	free(text);
}

static void only_a_reviewer_satisfies(void **state)
{
	struct scratch *s = *state;
	static const struct review_objective yes = {OBJECTIVE, true}, no = {OBJECTIVE, false}, unknown = {"XX.9_obj.z", true};
	const struct review accepted = {.number = 1, .decision = REVIEW_ACCEPTED, .name = "Ann", .objectives = &yes, .objective_count = 1};
	struct review other = accepted;
	struct reviews reviews = {{&accepted}, 1};
	char found[32];
	reviewed_state(s, "fail", &reviews, found);
	assert_string_equal(found, "satisfied");
	size_t size;
	char *text = scratch_get(s, "report/report.oscal.json", &size);
	assert_contains(text, "Decided in review 1 (accepted) by Ann, ");
	free(text);
	reviewed_state(s, "pass", &reviews, found);
	assert_string_equal(found, "satisfied");
	/* the last word counts */
	reviews = (struct reviews){{&accepted, &other}, 2};
	other.objectives = &no;
	reviewed_state(s, "pass", &reviews, found);
	assert_string_equal(found, "not-satisfied");
	/* who rejects or takes note satisfies nothing */
	other.objectives = &yes;
	other.decision = REVIEW_REJECTED;
	reviewed_state(s, "pass", &reviews, found);
	assert_string_equal(found, "not-satisfied");
	other.decision = REVIEW_NOTED;
	reviewed_state(s, "fail", &reviews, found);
	assert_string_equal(found, "not-satisfied");
	other.objectives = &unknown;
	other.decision = REVIEW_ACCEPTED;
	reviews = (struct reviews){{&other}, 1};
	reviewed_state(s, "pass", &reviews, found);
	assert_string_equal(found, "");
	reviewed_state(s, "pass", &(struct reviews){.count = 0}, found);
	assert_string_equal(found, "");
}

static void events_are_a_line_each(void **state)
{
	struct scratch *s = *state;
	size_t size, lines = 0, network = 0, findings = 0;
	char *text = document(s, "fail", "ocsf", "report/report.ocsf.ndjson", &size);
	struct cursor c = cursor_over(slice_of(text, size));
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		uint64_t class, type, activity;
		struct json_member m[] = {{.key = "class_uid"}, {.key = "type_uid"}, {.key = "activity_id"}, {.key = "metadata"},
					  {.key = "time"}, {.key = "severity_id"}};
		assert_null(json_read_object(line, m, LENGTH(m), NULL));
		assert_true(json_u64(&m[0].value, 9999, &class) && json_u64(&m[1].value, 999999, &type) &&
			    json_u64(&m[2].value, 99, &activity));
		assert_int_equal(type, class * 100 + activity);
		assert_int_equal(m[3].value.type, JSON_OBJECT);
		assert_int_equal(m[4].value.type, JSON_NUMBER);
		network += class == 4001;
		findings += class == 2003;
		lines++;
	}
	assert_true(lines > 3 && network > 0 && findings > 0);
	free(text);
}

static void pipelines_are_told(void **state)
{
	struct scratch *s = *state;
	size_t size;
	char *text = document(s, "fail", "sarif", "report/report.sarif", &size);
	assert_contains(text, "\"level\":\"error\"");
	assert_contains(text, "\"startLine\":");
	free(text);
	text = document(s, "pass", "sarif", "report/report.sarif", &size);
	assert_null(strstr(text, "\"level\":\"error\""));
	free(text);
	text = document(s, "pass", "junit", "report/report.junit.xml", &size);
	assert_contains(text, "failures=\"0\" errors=\"0\" skipped=\"0\"");
	assert_null(strstr(text, "<skipped"));
	free(text);
	text = document(s, "inconclusive", "junit", "report/report.junit.xml", &size);
	assert_contains(text, "<testcase classname=\"airgap-verify\" name=\"verdict\"><error ");
	assert_contains(text, "<skipped message=\"none was seen, but the verdict is not PASS\"/>");
	assert_null(strstr(text, "name=\"nothing left by telemetry\"></testcase>"));
	free(text);
	text = document(s, "fail", "junit", "report/report.junit.xml", &size);
	assert_contains(text, "<testcase classname=\"airgap-verify\" name=\"verdict\"><failure ");
	free(text);
}

/* The counts of the suite are those of its cases. */
static void junit_counts_its_cases(void **state)
{
	struct scratch *s = *state;
	for (size_t n = 0; n < LENGTH(sessions); n++) {
		size_t size, cases = 0, failures = 0, errors = 0, skipped = 0;
		char wanted[128], *text = document(s, sessions[n], "junit", "report/report.junit.xml", &size);
		for (const char *at = text; (at = strstr(at, "<testcase ")); at++)
			cases++;
		for (const char *at = text; (at = strstr(at, "<failure ")); at++)
			failures++;
		for (const char *at = text; (at = strstr(at, "<error ")); at++)
			errors++;
		for (const char *at = text; (at = strstr(at, "<skipped ")); at++)
			skipped++;
		snprintf(wanted, sizeof wanted, "tests=\"%zu\" failures=\"%zu\" errors=\"%zu\" skipped=\"%zu\"", cases, failures,
			 errors, skipped);
		assert_contains(text, wanted);
		free(text);
	}
}

static void a_file_for_each_view(void **state)
{
	struct scratch *s = *state;
	size_t size;
	struct store *store;
	hostile(s, &store);
	write_all(store, s, "csv");
	store_abandon(&store);
	char *text = scratch_get(s, "report/csv/v_attempt.csv", &size);
	assert_contains(text, "id,time_ns,witness,call,proto,dst,");
	assert_contains(text, "\"'=cmd,\"\"<x>&\\x0a\\x1b\\xff\"");
	assert_memory_equal(text + size - 2, "\r\n", 2);
	free(text);
	text = scratch_get(s, "report/csv/v_finding.csv", &size);
	assert_contains(text, "\"\"\"<\"");
	free(text);
	free(scratch_get(s, "report/csv/v_model_run.csv", &size));
	assert_false(scratch_has(s, "report/csv/v_attempt.csv.part"));
	/* a dash alone is no formula */
	store = session(s, "fail");
	write_all(store, s, "csv");
	store_abandon(&store);
	text = scratch_get(s, "report/csv/v_control.csv", &size);
	assert_contains(text, "hipaa,164.312(b),-,");
	free(text);
}

static void names_are_of_their_parts(void **state)
{
	(void)state;
	char a[UUID_TEXT_MAX], b[UUID_TEXT_MAX];
	uuid_of("session", "finding", SLICE("1"), a);
	uuid_of("session", "finding", SLICE("1"), b);
	assert_string_equal(a, b);
	assert_int_equal(a[14], '5');
	assert_non_null(strchr("89ab", a[19]));
	uuid_of("sessionf", "inding", SLICE("1"), b);
	assert_string_not_equal(a, b);
	uuid_of("session", "finding", SLICE("2"), b);
	assert_string_not_equal(a, b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(json_is_whole_whatever_stands_in_it),
		scratch_test(oscal_never_satisfies),
		scratch_test(only_a_reviewer_satisfies),
		scratch_test(events_are_a_line_each),
		scratch_test(pipelines_are_told),
		scratch_test(junit_counts_its_cases),
		scratch_test(a_file_for_each_view),
		cmocka_unit_test(names_are_of_their_parts),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

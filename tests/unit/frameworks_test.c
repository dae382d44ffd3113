/* SPDX-License-Identifier: Apache-2.0 */
/* Frameworks of a site's own: what is taken, what is refused and where, what they replace. */
#include "tests/unit/judge_rows.h"

#include "analysis/frameworks.h"
#include "core/text.h"

#define HEADING "framework\tcontrol\trev3\ttitle\tobjective\tevidence\thelps\tstrength\tchecks\tlimit\tperson\texamine\n"
#define ROW(framework, control, objective) \
	framework "\t" control "\t-\twhat it asks\t" objective "\tE2,E3\tE1\tsupporting\tegress\tone host\tlook at it\tArtifact\n"
#define FIELDS(title, strength, checks, person) \
	HEADING "ours\tA-1\t-\t" title "\ta\tE2\t-\t" strength "\t" checks "\tone host\t" person "\tArtifact\n"

static size_t count_of(const struct frameworks *all, const char *framework)
{
	size_t count = 0;
	for (size_t i = 0; i < frameworks_count(all); i++)
		count += slice_is(frameworks_at(all, i)->framework, framework);
	return count;
}

static void a_site_adds_one(void **state)
{
	(void)state;
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	struct error err = {0};
	size_t before = frameworks_count(all);
	assert_int_equal(frameworks_know(all, "ours", &err), ERR_CONFIG);
	assert_int_equal(frameworks_add(all, SLICE("\xef\xbb\xbf" HEADING "# a comment\r\n\r\n" ROW("ours", "A-1", "a") ROW("ours", "A-1", "b")),
					"/etc/ours.tsv", &err), OK);
	assert_int_equal(frameworks_count(all), before + 2);
	assert_int_equal(frameworks_know(all, "ours,hipaa", &err), OK);
	assert_string_equal(frameworks_origin(all, before), "/etc/ours.tsv");
	assert_null(frameworks_origin(all, 0));
	assert_int_equal(frameworks_files(all)->count, 1);
	assert_int_equal(frameworks_files(NULL)->count, 0);
}

/* By the same name, and all of it: what the build knew of it goes, the others stay. */
static void a_file_replaces_a_framework(void **state)
{
	(void)state;
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	struct error err = {0};
	size_t others = frameworks_count(all) - count_of(all, "hipaa");
	assert_int_equal(frameworks_add(all, SLICE(HEADING ROW("hipaa", "164.312(b)", "-") ROW("ours", "1", "a")), "a", &err), OK);
	assert_int_equal(count_of(all, "hipaa"), 1);
	assert_int_equal(frameworks_count(all), others + 2);
	assert_int_equal(frameworks_add(all, SLICE(HEADING ROW("ours", "2", "a") ROW("ours", "3", "a")), "b", &err), OK);
	assert_int_equal(count_of(all, "ours"), 2);
	assert_int_equal(count_of(all, "hipaa"), 1);
}

static void faults_are_told_by_line_and_column(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wanted;
	} cases[] = {
		{"", "f: line 1, column 1: it is empty"},
		{"framework\tcontrol\n", "f: line 1, column 1: the first line is not the heading"},
		{HEADING "ours\n", "f: line 2, column 1: framework"},
		{HEADING "Ours\tA\n", "f: line 2, column 1: framework"},
		{HEADING "a-name-of-more-than-thirty-one-bytes\tA\n", "f: line 2, column 1: framework"},
		{HEADING "ours\tA 1\tx\n", "f: line 2, column 2: control"},
		{HEADING "ours\t\tx\n", "f: line 2, column 2: control"},
		{HEADING "ours\tA\tx y\tt\n", "f: line 2, column 3: rev3"},
		{FIELDS("", "weak", "-", "look"), "f: line 2, column 4: title"},
		{FIELDS("x\x1b[2J", "weak", "-", "look"), "f: line 2, column 4: title"},
		{FIELDS("x\xe2\x80\xae", "weak", "-", "look"), "f: line 2, column 4: title"},
		{FIELDS("bytes \xff", "weak", "-", "look"), "f: line 2, column 4: title"},
		{FIELDS("t", "strong", "-", "look"), "f: line 2, column 8: strength"},
		{FIELDS("t", "weak", "egres", "look"), "f: line 2, column 9: checks"},
		{FIELDS("t", "weak", "egress,", "look"), "f: line 2, column 9: checks"},
		{HEADING ROW("ours", "A", "a") "\n" ROW("ours", "A", "a"), "f: line 4, column 5: objective: the same one"},
		{HEADING "ours\tA\t-\tt\ta\tE11\t-\tweak\t-\tl\tp\tArtifact\n", "f: line 2, column 6: evidence"},
		{HEADING "ours\tA\t-\tt\ta\tE1\tE0\tweak\t-\tl\tp\tArtifact\n", "f: line 2, column 7: helps"},
		{HEADING "ours\tA\t-\tt\ta\tE1\t-\tweak\t-\tl\tp\tHearsay\n", "f: line 2, column 12: examine"},
		{HEADING "ours\tA\t-\tt\ta\tE1\t-\tweak\t-\tl\tp\tArtifact\tx\n", "f: line 2, column 12: examine"},
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
		struct error err = {0};
		size_t before = frameworks_count(all);
		assert_int_equal(frameworks_add(all, slice_of_string(cases[i].text), "f", &err), ERR_CONFIG);
		assert_contains(err.text, cases[i].wanted);
		assert_int_equal(frameworks_count(all), before);
		assert_int_equal(frameworks_files(all)->count, 0);
	}
}

/* In any case, as words of their own, in every field that documents print. */
static void what_an_assessor_says_is_refused(void **state)
{
	(void)state;
	static const char *const refused[] = {
		FIELDS("this is Compliant", "weak", "-", "look"), FIELDS("all are MET", "weak", "-", "look"),
		FIELDS("t", "weak", "-", "show that it is met."), FIELDS("t", "weak", "-", "show the (certified) one"),
		FIELDS("t", "weak", "-", "say that it is satisfied"), FIELDS("non-compliant hosts", "weak", "-", "look"),
		HEADING ROW("compliant", "A", "a"), HEADING ROW("ours", "A.MET", "a"), HEADING ROW("ours", "A", "met"),
	};
	static const char fine[] = FIELDS("metered, uncertifiedly", "weak", "-", "ask the compliance officer");
	struct error err = {0};
	for (size_t i = 0; i < LENGTH(refused); i++) {
		AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
		assert_int_equal(frameworks_add(all, slice_of_string(refused[i]), "f", &err), ERR_CONFIG);
		assert_contains(err.text, "f: line 2, column ");
		assert_contains(err.text, "an assessor's to say");
	}
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	assert_int_equal(frameworks_add(all, SLICE(fine), "f", &err), OK);
}

static void there_is_an_end(void **state)
{
	(void)state;
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	AUTO_TEXT struct text text = text_make(FRAMEWORKS_TEXT_MAX * 2);
	struct error err = {0};
	text_add_string(&text, HEADING);
	for (int i = 0; i < FRAMEWORKS_ROWS_MAX; i++)
		text_addf(&text, "o\t%d\t-\tt\ta\t-\t-\tweak\t-\tl\tp\tArtifact\n", i);
	assert_int_equal(frameworks_add(all, text_slice(&text), "f", &err), ERR_LIMIT);
	assert_contains(err.text, "f: line ");
	assert_int_equal(count_of(all, "o"), 0);
	for (size_t i = text.size; i <= FRAMEWORKS_TEXT_MAX; i++)
		text_add_char(&text, '\n');
	assert_int_equal(frameworks_add(all, text_slice(&text), "f", &err), ERR_LIMIT);
	assert_contains(err.text, "f: longer than");
}

/* The database holds the files: judging tells of their objectives, and where they are from. */
static void a_session_is_judged_by_them(void **state)
{
	struct rows *r = *state;
	rows_do(r, whole_session);
	rows_do(r, "INSERT INTO control_file (path, sha256, text) VALUES ('controls.d/00-a.tsv', 'aa', '" HEADING ROW("ours", "A-1", "a")
		   ROW("hipaa", "164.312(b)", "-") "');");
	rows_do(r, "INSERT OR REPLACE INTO session VALUES ('policy', '[policy]\nframeworks = ours\n');");
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, "SELECT framework, control, objective, strength FROM v_control WHERE origin = 'controls.d/00-a.tsv' ORDER BY rowid",
		    "ours|A-1|a|supporting;hipaa|164.312(b)|-|supporting;");
	assert_rows(r->store, "SELECT count(*) FROM v_control WHERE framework = 'hipaa'", "1;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_site_adds_one),
		cmocka_unit_test(a_file_replaces_a_framework),
		cmocka_unit_test(faults_are_told_by_line_and_column),
		cmocka_unit_test(what_an_assessor_says_is_refused),
		cmocka_unit_test(there_is_an_end),
		rows_test(a_session_is_judged_by_them),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* What a run shows for the objectives of frameworks, and words that it must never use. */
#include "tests/unit/judge_rows.h"

#include "analysis/check.h"
#include "analysis/frameworks.h"
#include "core/auto.h"
#include "core/file.h"

#include <ctype.h>

/* Everything that a tool can give: all kinds but the reviewer's. */
static const char all_evidence[] =
	"INSERT INTO tool_run (time_ns, tool, moment, command, status, path, at_byte, size) VALUES (1, 'nft', 'before', 'nft list ruleset', 0, 'tools/nft', 0, 9);"
	"INSERT INTO challenge (id, probe, errno, source, record) VALUES (1, 'tcp', 1, 1, 1);"
	"INSERT INTO image (id, path, sha256) VALUES (1, '/opt/agent', 'aa');"
	"INSERT INTO app_log (id, app, path, role, copied_from, before_bytes, after_bytes, change, events) VALUES (1, 'a', 'l', 'audit', 0, 0, 1, 'appended', 1);"
	"INSERT INTO app_event (log, line, time_ns, dst, dport, proto, disposition, text) VALUES (1, 1, 1001000000000, '127.0.0.1', 11434, 'tcp', 'allowed', '');";

/* What takes each kind away again. */
static const char *const without[CONTROL_EVIDENCE_MAX] = {
	"DELETE FROM tool_run;", "UPDATE attempt SET process = NULL;",
	"UPDATE witness SET state = 'died' WHERE name = 'packets';", "UPDATE challenge SET skipped = 'no sink';",
	"UPDATE app_log SET problem = 'cut';", "UPDATE session SET value = 'false' WHERE name = 'clock_synchronised';",
	"DELETE FROM image;", "UPDATE checkpoint SET closed = 0;", "DELETE FROM canary;", "",
};

static void begin(struct rows *r)
{
	rows_do(r, clean_session);
	rows_do(r, "DELETE FROM tool_run; DELETE FROM image; DELETE FROM challenge; DELETE FROM app_event; DELETE FROM app_log;");
	rows_do(r, whole_session);
	rows_do(r, all_evidence);
}

static size_t strength_now(struct rows *r, const struct control *c)
{
	char sql[512];
	snprintf(sql, sizeof sql, "SELECT strength FROM v_control WHERE framework = '%.*s' AND control = '%.*s' AND objective = '%.*s'",
		 (int)c->framework.size, (const char *)c->framework.at, (int)c->control.size, (const char *)c->control.at,
		 (int)c->objective.size, (const char *)c->objective.at);
	const char *got = rows_get(r->store, sql);
	for (size_t i = 0; i < CONTROL_STRENGTHS; i++) {
		size_t size = strlen(control_strength(i));
		if (!strncmp(got, control_strength(i), size) && !strcmp(got + size, ";"))
			return i;
	}
	print_error("%s\n", got);
	_fail(__FILE__, __LINE__);
	return 0;
}

static void the_table_is_whole(void **state)
{
	(void)state;
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	/* what nothing bears on takes nothing */
	for (size_t i = 0; i < frameworks_count(all); i++)
		assert_true(frameworks_at(all, i)->strength != CONTROL_NOT_APPLICABLE || slice_is(frameworks_at(all, i)->checks, "-"));
	assert_int_equal(frameworks_count(all), 53);
}

/* With everything there, no row says more than the map allows; deny by default is carried. */
static void all_evidence_gives_the_most(void **state)
{
	struct rows *r = *state;
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	begin(r);
	assert_int_equal(rows_judge(r), VERDICT_PASS);
	assert_rows(r->store, "SELECT count(*), count(DISTINCT framework), count(origin) FROM v_control", "53|3|0;");
	for (size_t i = 0; i < frameworks_count(all); i++) {
		struct control c = *frameworks_at(all, i);
		unsigned person = 1u << 9;
		size_t wanted = !c.evidence && !c.helps ? CONTROL_NOT_APPLICABLE : c.evidence == person ? CONTROL_WEAK : c.strength;
		assert_int_equal(strength_now(r, &c), wanted);
	}
	assert_rows(r->store, "SELECT control, objective FROM v_control WHERE strength LIKE 'carries%'",
		    "SC.L2-3.13.6|a;SC.L2-3.13.6|b;AU.L2-3.3.7|a;AU.L2-3.3.7|c;");
	const char *got = rows_get(r->store, "SELECT evidence_kind, missing, status_text FROM v_control WHERE control = '164.312(b)'");
	assert_contains(got, "E2 connections by process, E5 the app's log held against the machine, E9 health of the witnesses|"
			     "E10 a named reviewer's sign-off|This run shows: E2 ");
	assert_contains(got, "It does not show: E10 a named reviewer's sign-off. The limit: ");
	assert_contains(got, "A person must still have a named reviewer sign");
	assert_rows(r->store, "SELECT examine FROM v_control WHERE control IN ('AU.L2-3.3.6', '164.308(a)(1)(ii)(D)')",
		    "Artifact, Screen Share;Artifact, Screen Share;Document;");
}

/* Row by row: without any one kind that it takes it says less, and tells which is missing. */
static void each_kind_that_is_missing_counts(void **state)
{
	struct rows *r = *state;
	for (size_t kind = 0; kind + 1 < CONTROL_EVIDENCE_MAX; kind++) {
		AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
		char sql[256];
		begin(r);
		rows_do(r, without[kind]);
		rows_judge(r);
		for (size_t i = 0; i < frameworks_count(all); i++) {
			struct control c = *frameworks_at(all, i);
			bool takes = c.evidence & 1u << kind;
			size_t got = strength_now(r, &c);
			assert_true(got <= c.strength);
			if (takes && c.strength > CONTROL_WEAK)
				assert_true(got < c.strength);
			if (takes && c.evidence == 1u << kind)
				assert_int_equal(got, CONTROL_NOT_APPLICABLE);
			assert_true(takes || c.strength != CONTROL_CARRIES || kind != 5 || got == CONTROL_CARRIES);
		}
		snprintf(sql, sizeof sql, "SELECT count(*) > 0 FROM v_control WHERE missing LIKE '%%E%zu %%'", kind + 1);
		assert_rows(r->store, sql, "1;");
	}
}

static void findings_speak_against(void **state)
{
	struct rows *r = *state;
	begin(r);
	rows_do(r, ATTEMPT("1, 'connect', 'tcp', '198.51.100.1', 443, 'ok'"));
	assert_int_equal(rows_judge(r), VERDICT_FAIL);
	assert_rows(r->store, "SELECT DISTINCT strength FROM v_control WHERE control = 'SC.L2-3.13.6'", "supporting;");
	assert_contains(rows_get(r->store, "SELECT status_text FROM v_control WHERE control = 'SC.L2-3.13.6' AND objective = 'a'"),
			"1 finding bears on it, of which 1 speaks against it.");
	assert_rows(r->store, "SELECT finding_ids = (SELECT json_group_array(id) FROM finding WHERE check_id = 'egress') FROM v_control"
			      " WHERE control = 'SC.L2-3.13.6' AND objective = 'a'", "1;");
	rows_do(r, "DELETE FROM attempt WHERE id = 100; UPDATE loss SET lost = 1 WHERE witness = 'kernel' AND time_ns > 1000000000000;");
	assert_int_equal(rows_judge(r), VERDICT_INCONCLUSIVE);
	assert_rows(r->store, "SELECT count(*) FROM v_control WHERE strength NOT IN ('weak', 'not applicable')", "0;");
	assert_contains(rows_get(r->store, "SELECT status_text FROM v_control WHERE control = 'SC.L2-3.13.6' AND objective = 'a'"),
			"The watching was not shown to be complete.");
}

static void nothing_shows_nothing(void **state)
{
	struct rows *r = *state;
	rows_judge(r);
	assert_rows(r->store, "SELECT DISTINCT strength, evidence_kind FROM v_control", "not applicable|;");
	assert_contains(rows_get(r->store, "SELECT status_text FROM v_control LIMIT 1"), "This run shows nothing for it. It does not show: E1 ");
}

static void frameworks_are_named(void **state)
{
	struct rows *r = *state;
	struct error err = {0};
	AUTO_FRAMEWORKS struct frameworks *all = frameworks_new();
	assert_int_equal(frameworks_know(all, "cmmc-l2", &err), OK);
	assert_int_equal(frameworks_know(all, "hipaa , cmmc-l1", &err), OK);
	assert_int_equal(frameworks_know(all, "hipaa,pci\x1b[2J", &err), ERR_CONFIG);
	assert_contains(err.text, "there is no framework \"pci\\x1b[2J\"; there are: cmmc-l2, cmmc-l1, hipaa (--controls");
	assert_int_equal(frameworks_know(all, "", &err), ERR_CONFIG);
	struct policy *p = calloc(1, sizeof *p);
	assert_int_equal(policy_parse("[policy]\nframeworks = hipaa, our-own.2\n", "p", p, &err), OK);
	assert_string_equal(p->frameworks, "hipaa, our-own.2");
	assert_int_equal(policy_parse("[policy]\nframeworks = hipaa,,x\n", "p", p, &err), ERR_CONFIG);
	assert_contains(err.text, "p: line 2: frameworks takes names");
	begin(r);
	rows_do(r, FACT("policy", "[policy]\nframeworks = hipaa\n"));
	rows_judge(r);
	assert_rows(r->store, "SELECT value FROM session WHERE name = 'policy_frameworks'", "hipaa;");
	/* a policy that names one nobody knows is no policy to judge by */
	assert_int_equal(policy_parse("[policy]\nframeworks = hippa\n", "p", p, &err), OK);
	enum verdict verdict;
	assert_int_equal(judge(r->store, p, &verdict, &err), ERR_CONFIG);
	assert_contains(err.text, "frameworks of the policy: there is no framework \"hippa\"");
	free(p);
}

/* "compliant", …, as a word; MET only in capitals. NULL where there is none. */
static const char *forbidden(const char *text)
{
	static const char *const words[] = {"compliant", "certified", "satisfied", "MET"};
	for (size_t i = 0; i < LENGTH(words); i++) {
		size_t size = strlen(words[i]);
		for (const char *at = text; *at; at++) {
			bool same = i + 1 < LENGTH(words) ? !strncasecmp(at, words[i], size) : !strncmp(at, words[i], size);
			bool whole = (at == text || !isalnum((unsigned char)at[-1])) && same && !isalnum((unsigned char)at[size]);
			/* OSCAL's own word for the contrary, which may be said */
			bool denied = at - text >= 4 && !strncmp(at - 4, "not-", 4);
			if (whole && !denied)
				return words[i];
		}
	}
	return NULL;
}

/* Leaves of C source what stands in its strings: the rest becomes blanks. */
static void keep_strings(char *text)
{
	enum { CODE, STRING, COMMENT } in = CODE;
	for (char *at = text; *at; at++) {
		char c = *at;
		bool quoted_quote = in == CODE && c == '\'' && at[1] && at[2];
		if (in == STRING && c == '\\' && at[1]) {
			*at++ = ' ';
			*at = ' ';
			continue;
		}
		if (in == CODE && c == '/' && at[1] == '*')
			in = COMMENT;
		else if (in == COMMENT && c == '*' && at[1] == '/')
			in = CODE;
		else if (in != COMMENT && c == '"')
			in = in == CODE ? STRING : CODE;
		if (in != STRING)
			*at = ' ';
		if (quoted_quote) {
			at[1] = ' ';
			at += 2;
			*at = ' ';
		}
	}
}

/* The one string that may be the word: what a reviewer says of an objective. Everything that
 * prints it takes it from there, with the review that says it. */
static void allow(char *text, const char *string)
{
	char *at = strstr(text, string);
	assert_non_null(at);
	memset(at, ' ', strlen(string));
	assert_null(strstr(text, string));
}

static void allow_reviewers_word(char *text)
{
	allow(text, "\"satisfied ");
}

/* What a site's own table may not say either. */
static void allow_refused_words(char *text)
{
	allow(text, "\"compliant ");
	allow(text, "\"certified ");
	allow_reviewers_word(text);
}

static size_t check_folder(const char *folder, const char *ending)
{
	char path[512];
	const char *root = getenv("SRCDIR");
	struct error err = {0};
	struct file_entry *entries = NULL;
	size_t count = 0, checked = 0;
	AUTO_FD int fd = -1;
	snprintf(path, sizeof path, "%s/%s", root ? root : ".", folder);
	assert_int_equal(file_open_folder(AT_FDCWD, path, &fd, &err), OK);
	struct arena *arena = arena_new(8 << 20);
	assert_int_equal(file_list(fd, arena, &entries, &count, &err), OK);
	for (size_t i = 0; i < count; i++) {
		AUTO_TEXT struct text text = text_make(4 << 20);
		if (!slice_ends(slice_of_string(entries[i].path), ending))
			continue;
		assert_int_equal(file_read(fd, entries[i].path, 4 << 20, &text, &err), OK);
		if (!strcmp(ending, ".c") && text.size)
			keep_strings(text.at);
		if (!strcmp(folder, "report") && !strcmp(entries[i].path, "review.c"))
			allow_reviewers_word(text.at);
		if (!strcmp(folder, "analysis") && !strcmp(entries[i].path, "control.c"))
			allow_refused_words(text.at);
		const char *word = forbidden(text_string(&text));
		if (word)
			print_error("%s/%s says \"%s\"\n", folder, entries[i].path, word);
		assert_null(word);
		checked++;
	}
	arena_free(arena);
	return checked;
}

/* None of what can be printed: tables, statements, strings of the program. */
static void no_text_claims_too_much(void **state)
{
	(void)state;
	char code[] = "x = '\"'; y = \"not certified \\\" \"; /* MET */ z = \"ok\";", clean[] = "/* compliant */ \"fine\"";
	keep_strings(code);
	assert_string_equal(forbidden(code), "certified");
	keep_strings(clean);
	assert_null(forbidden(clean));
	assert_string_equal(forbidden("HIPAA Compliant."), "compliant");
	assert_string_equal(forbidden("objective MET"), "MET");
	assert_string_equal(forbidden("state satisfied"), "satisfied");
	assert_null(forbidden("state not-satisfied"));
	char reviewer[] = "f(\"satisfied\", \"not-satisfied\", \"is satisfied\");";
	keep_strings(reviewer);
	allow_reviewers_word(reviewer);
	assert_string_equal(forbidden(reviewer), "satisfied");
	assert_null(forbidden("met METHOD certifiedly uncertified"));
	assert_true(check_folder("schema", ".tsv") >= 4);
	assert_true(check_folder("schema", ".sql") > 100);
	assert_true(check_folder("report", ".c") > 20 && check_folder("analysis", ".c") > 10 && check_folder("cli", ".c") > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_table_is_whole),
		rows_test(all_evidence_gives_the_most),
		rows_test(each_kind_that_is_missing_counts),
		rows_test(findings_speak_against),
		rows_test(nothing_shows_nothing),
		rows_test(frameworks_are_named),
		cmocka_unit_test(no_text_claims_too_much),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

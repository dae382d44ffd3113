/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A site's own published.tsv: what is read, what is refused, and that a record of it is read
 * back as it was.
 */
#include "tests/unit/bench_rows.h"
#include "tests/unit/judge_rows.h"

#include "benchmark/record.h"
#include "tables.h" /* generated */

#define HEAD "model\tbenchmark\tvariant\tpass_at_1\tprecision\tprompt_mode\tpublished\ttitle\n"

static struct published read_now;

static enum status read_text(const char *text, struct error *err)
{
	*err = (struct error){0};
	return published_read(slice_of_string(text), &read_now, err);
}

static void ours_is_one(void **state)
{
	(void)state;
	struct error err = {0};
	assert_int_equal(published_read(slice_of(embedded_table_published, embedded_table_published_size), &read_now, &err), OK);
	assert_string_equal(read_now.at[0].model, "qwen3:8b");
	assert_string_equal(read_now.at[0].percent, "");
	assert_string_equal(read_now.at[0].title, "none known");
}

static void a_sites_own(void **state)
{
	(void)state;
	struct error err;
	assert_int_equal(read_text(HEAD "\r\n# ours\r\nin-house:7b\tmbpp\tMBPP\t0.125\tQ4_K_M\tchat\t2026-05\tour own, 2026\r\nx\thumaneval\tv\t\t\t\t\tnone known\r\n"
				   "y\thumaneval\tv\t100\t\t\t\tz\n", &err), OK);
	assert_int_equal(read_now.count, 3);
	assert_string_equal(read_now.at[0].model, "in-house:7b");
	assert_string_equal(read_now.at[0].percent, "0.125");
	assert_string_equal(read_now.at[0].date, "2026-05");
	assert_string_equal(read_now.at[0].title, "our own, 2026");
	assert_string_equal(read_now.at[2].percent, "100");
}

static void what_is_wrong_is_told_by_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wrong;
	} rows[] = {
		{"", "no figure"}, {HEAD, "no figure"}, {"a\tb\n", "line 1: wanted the heading"},
		{HEAD "a\tb\tc\t1\t\t\t\n", "line 2: wanted eight fields"}, {HEAD "\tb\tc\t1\t\t\t\tt\n", "line 2: the model's name"},
		{HEAD "a\tHumanEval\tc\t1\t\t\t\tt\n", "no word in small letters"}, {HEAD "a\tb\t\t1\t\t\t\tt\n", "the variant"},
		{HEAD "\na\tb\tc\t101\t\t\t\tt\n", "line 3: pass_at_1"}, {HEAD "a\tb\tc\t100.5\t\t\t\tt\n", "pass_at_1"},
		{HEAD "a\tb\tc\t1.2345\t\t\t\tt\n", "pass_at_1"}, {HEAD "a\tb\tc\t5.\t\t\t\tt\n", "pass_at_1"},
		{HEAD "a\tb\tc\t05\t\t\t\tt\n", "pass_at_1"}, {HEAD "a\tb\tc\t-1\t\t\t\tt\n", "pass_at_1"}, {HEAD "a\tb\tc\t1e1\t\t\t\tt\n", "pass_at_1"},
		{HEAD "a\tb\tc\t1\t\t\t2024\tt\n", "published is not a month"}, {HEAD "a\tb\tc\t1\t\t\t2024-13\tt\n", "published is not a month"},
		{HEAD "a\tb\tc\t1\t\t\t\t\n", "a figure has a source"}, {HEAD "a\033[m\tb\tc\t1\t\t\t\tt\n", "the model's name"},
		{HEAD "a\tb\tc\t1\t\x80\t\t\tt\n", "precision and prompt_mode"},
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct error err;
		assert_int_equal(read_text(rows[i].text, &err), ERR_CONFIG);
		assert_contains(err.text, rows[i].wrong);
	}
	AUTO_TEXT struct text many = text_make(1 << 16);
	struct error err;
	text_add_string(&many, HEAD);
	for (int i = 0; i < PUBLISHED_MAX; i++)
		text_add_string(&many, "a\tb\tc\t1\t\t\t\tt\n");
	assert_int_equal(read_text(text_string(&many), &err), OK);
	text_add_string(&many, "a\tb\tc\t1\t\t\t\tt\n");
	assert_int_equal(read_text(text_string(&many), &err), ERR_LIMIT);
}

/* Written, read into rows and judged by: it stands in the place of the build's own table. */
static void what_is_recorded_is_held_against(void **state)
{
	struct rows *r = *state;
	static struct policy p;
	struct error err;
	struct record *record;
	enum verdict v;
	size_t size;
	assert_int_equal(read_text(HEAD "model-a\thumaneval\tHumanEval\t88.4\tBF16\tchat\t2026-05\t\"ours\"\nmodel-b\tmbpp\tMBPP\t\t\t\t\tnone known\n",
				   &err), OK);
	assert_int_equal(record_create(r->s->fd, &record, &err), OK);
	for (size_t i = 0; i < read_now.count; i++)
		assert_int_equal(record_published(record, &read_now.at[i], &err), OK);
	assert_int_equal(record_close(record, &err), OK);
	char *all = scratch_get(r->s, RECORD_NAME, &size);
	bench_lines(r, slice_of(all, size));
	free(all);
	assert_int_equal(policy_parse("", "p.ini", &p, &err), OK);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(judge(r->store, &p, &v, &err), OK);
		assert_rows(r->store, "SELECT model, benchmark, variant, round(pass_at_1, 6), precision, prompt_mode, published, title FROM v_published",
			    "model-a|humaneval|HumanEval|0.884|BF16|chat|2026-05|\"ours\";model-b|mbpp|MBPP|-|-|-|-|none known;");
	}
	assert_rows(r->store, "SELECT count(*) FROM skipped", "0;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ours_is_one),
		cmocka_unit_test(a_sites_own),
		cmocka_unit_test(what_is_wrong_is_told_by_its_line),
		rows_test(what_is_recorded_is_held_against),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "benchmark/machine.h"
#include "tables.h" /* generated */

static const uint64_t mib = 1 << 20, gib = 1 << 30;

static struct tiers ours(void)
{
	struct tiers t;
	struct error err = {0};
	if (tiers_read(slice_of(embedded_table_tiers, embedded_table_tiers_size), &t, &err))
		print_error("%s\n", err.text), assert_true(false);
	return t;
}

static void cards_fill_their_tiers(void **state)
{
	(void)state;
	const struct tiers t = ours();
	const struct {
		uint64_t bytes;
		const char *tier, *model, *warning;
	} rows[] = {
		{0, "CPU only", "qwen2.5-coder:14b-instruct-q4_K_M", ""},
		{512 * mib, "CPU only", "qwen2.5-coder:14b-instruct-q4_K_M", ""},
		{4 * gib, "CPU only", "qwen2.5-coder:14b-instruct-q4_K_M", ""},
		{5910 * mib, "6-8 GB", "qwen3:8b", "needs about 7 GiB, more than the 5.8 GiB here"}, /* a card of 6 GB */
		{6 * gib, "6-8 GB", "qwen3:8b", "needs about 7 GiB, more than the 6 GiB here"},
		{8188 * mib, "6-8 GB", "qwen3:8b", "fill 6-8 GB: qwen3:14b, of 8-12 GB, leaves no room"},
		{8 * gib, "6-8 GB", "qwen3:8b", "8 GiB fill 6-8 GB"},
		{8 * gib + 1, "8-12 GB", "qwen3:14b", "needs about 10.4 GiB"},
		{10240 * mib, "8-12 GB", "qwen3:14b", "needs about 10.4 GiB, more than the 10 GiB here"},
		{12282 * mib, "8-12 GB", "qwen3:14b", "fill 8-12 GB: glm-4.7-flash, of 12-16 GB, leaves no room"},
		{12 * gib, "8-12 GB", "qwen3:14b", "12 GiB fill 8-12 GB: glm-4.7-flash"},
		{15360 * mib, "12-16 GB", "glm-4.7-flash", "glm-4.7-flash in Q4 with 8,192 tokens of context needs about 19.4 GiB, more than the 15 GiB"},
		{16 * gib, "12-16 GB", "glm-4.7-flash", "needs about 19.4 GiB, more than the 16 GiB here"},
		{UINT64_C(17163091968), "12-16 GB", "glm-4.7-flash", "qwen2.5-coder:32b-instruct-q4_K_M, of 16-24 GB, leaves no room for context here"},
		{16 * gib, "12-16 GB", "glm-4.7-flash", "16 GiB fill 12-16 GB: qwen2.5-coder:32b-instruct-q4_K_M, of 16-24 GB, leaves no room for context here"},
		{20 * gib, "16-24 GB", "qwen2.5-coder:32b-instruct-q4_K_M", "more than the 20 GiB here"},
		{23034 * mib, "16-24 GB", "qwen2.5-coder:32b-instruct-q4_K_M", ""}, /* 24 GB less what guards against errors */
		{24 * gib, "16-24 GB", "qwen2.5-coder:32b-instruct-q4_K_M", ""},
		{32 * gib, "above 24 GB", "qwen2.5-coder:14b-instruct-q4_K_M", ""},
		{640 * gib, "above 24 GB", "qwen2.5-coder:14b-instruct-q4_K_M", ""},
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char warning[TIER_WARNING_MAX] = "x";
		const struct tier *tier = tiers_for(&t, rows[i].bytes, warning);
		assert_non_null(tier);
		assert_string_equal(tier->name, rows[i].tier);
		assert_string_equal(tier->model, rows[i].model);
		assert_contains(warning, rows[i].warning);
		assert_int_equal(warning[0] != 0, rows[i].warning[0] != 0);
	}
}

static void what_is_there_is_weighed(void **state)
{
	(void)state;
	static const struct {
		struct tier_model model;
		uint64_t graphics, memory; /* GiB */
		const char *warning;
	} rows[] = {
		{{"m", "", "", UINT64_C(19) << 30}, 16, 64, "m: its weights of 19 GiB, and about 2.5 GiB for a context of 8,192 tokens, are more than the 16 GiB here"},
		{{"m", "", "", UINT64_C(13) << 30}, 16, 64, ""},
		{{"m", "", "", UINT64_C(14) << 30}, 16, 64, "weights of 14 GiB"},
		{{"m", "30.5B", "Q4_K_M", 0}, 16, 64, "weights of 17.2 GiB"},
		{{"m", "30.5B", "Q4_K_M", 0}, 24, 64, ""},
		{{"m", "8.2B", "F16", 0}, 16, 64, "weights of 15.3 GiB"},
		{{"m", "8.2B", "", 0}, 8, 64, ""},
		{{"m", "8.2B", "Q8_0", 0}, 8, 64, "weights of 8.1 GiB"},
		{{"m", "600M", "F16", 0}, 1, 64, ""}, /* no billions: not known */
		{{"m", "", "", UINT64_C(19) << 30}, 0, 64, ""},
		{{"m", "", "", UINT64_C(19) << 30}, 0, 16, "more than the 16 GiB of memory here: it may not load"},
		{{"m", "", "", UINT64_C(19) << 30}, 0, 0, ""},
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		char warning[TIER_WARNING_MAX] = "x";
		tiers_weigh(&rows[i].model, rows[i].graphics << 30, rows[i].memory << 30, warning);
		assert_contains(warning, rows[i].warning);
		assert_int_equal(warning[0] != 0, rows[i].warning[0] != 0);
	}
}

static void a_sites_own_file(void **state)
{
	(void)state;
	struct tiers t;
	struct error err = {0};
	char warning[TIER_WARNING_MAX];
	static const char text[] = "tier\tmodel\tfrom_gib\tbelow_gib\tabout\r\n\r\n# ours\r\nbig\tin-house\t0.125\t1000.5\t\r\n";
	assert_int_equal(tiers_read(slice_of_string(text), &t, &err), OK);
	assert_int_equal(t.count, 1);
	assert_string_equal(t.at[0].about, "");
	assert_true(t.at[0].from_gib == 0.125 && t.at[0].below_gib == 1000.5);
	assert_null(tiers_for(&t, 0, warning));
	assert_null(tiers_for(&t, gib / 8, warning));
	assert_ptr_equal(tiers_for(&t, gib / 8 + 1, warning), &t.at[0]);
	assert_string_equal(warning, "");
	assert_null(tiers_for(&t, UINT64_MAX, warning));
}

#define HEAD "tier\tmodel\tfrom_gib\tbelow_gib\tabout\n"

static void what_is_wrong_is_told_by_its_line(void **state)
{
	(void)state;
	static const struct {
		const char *text, *wrong;
	} rows[] = {
		{"", "no tier"}, {HEAD, "no tier"}, {HEAD "# only\n", "no tier"},
		{"a\tb\t1\t2\tc\n", "line 1: wanted the heading"},
		{HEAD "a\tb\t1\t2\n", "line 2: wanted five fields"},
		{HEAD "a\tb\t1\t2\tc\n\nb\tb\tx\t2\tc\n", "line 4: from_gib and below_gib"},
		{HEAD "a\tb\t-1\t2\tc\n", "line 2: from_gib"}, {HEAD "a\tb\t1.\t2\tc\n", "line 2: from_gib"},
		{HEAD "a\tb\t1.2345\t2\tc\n", "line 2: from_gib"}, {HEAD "a\tb\t.5\t2\tc\n", "line 2: from_gib"},
		{HEAD "a\tb\t1e3\t2\tc\n", "line 2: from_gib"}, {HEAD "a\tb\t3\t2\tc\n", "ends below where it begins"},
		{HEAD "\tb\t1\t2\tc\n", "line 2: the tier's name"}, {HEAD "a\t\t1\t2\tc\n", "line 2: the model's name"},
		{HEAD "a\033[m\tb\t1\t2\tc\n", "line 2: the tier's name"}, {HEAD "a\tb\t1\t2\t\xff\n", "line 2: what is said"},
		{HEAD "a tier whose name is far too long for anyone\tb\t1\t2\tc\n", "line 2: the tier's name"},
	};
	for (size_t i = 0; i < LENGTH(rows); i++) {
		struct tiers t;
		struct error err = {0};
		assert_int_equal(tiers_read(slice_of_string(rows[i].text), &t, &err), ERR_CONFIG);
		assert_contains(err.text, rows[i].wrong);
	}
	AUTO_TEXT struct text many = text_make(1 << 16);
	struct tiers t;
	struct error err = {0};
	text_add_string(&many, HEAD);
	for (int i = 0; i < TIERS_MAX; i++)
		text_add_string(&many, "a\tb\t1\t2\tc\n");
	assert_int_equal(tiers_read(text_slice(&many), &t, &err), OK);
	text_add_string(&many, "a\tb\t1\t2\tc\n");
	assert_int_equal(tiers_read(text_slice(&many), &t, &err), ERR_LIMIT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(cards_fill_their_tiers),
		cmocka_unit_test(what_is_there_is_weighed),
		cmocka_unit_test(a_sites_own_file),
		cmocka_unit_test(what_is_wrong_is_told_by_its_line),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/* With which form each document was written, kept for whoever makes them again. */
#include "tests/unit/test.h"

#include "core/cursor.h"
#include "report/made.h"

static const struct review first = {.number = 1}, second = {.number = 2};
static const struct reviews both = {{&first, &second}, 2};

static void what_is_written_is_read(void **state)
{
	(void)state;
	struct made m = {.count = 0}, again;
	const struct reviews one = {{&first}, 1};
	AUTO_TEXT struct text json = text_make(MADE_SIZE_MAX);
	assert_true(made_set(&m, "report.xlsx", &(struct report_form){.frameworks = ""}));
	assert_true(made_set(&m, "report.pdf", &(struct report_form){.frameworks = "hipaa,\"x\"", .paper = "letter", .reviews = &one}));
	assert_true(made_set(&m, "report.json", &(struct report_form){0}));
	made_write(&m, &json);
	assert_string_equal(text_string(&json),
			    "{\"documents\":["
			    "{\"file\":\"report.pdf\",\"frameworks\":\"hipaa,\\\"x\\\"\",\"paper\":\"letter\",\"reviews\":1},"
			    "{\"file\":\"report.xlsx\",\"frameworks\":\"\",\"paper\":null,\"reviews\":0}]}\n");
	assert_true(made_read(text_slice(&json), &again));
	struct reviews told;
	struct report_form form = made_form(&again, "report.pdf", &both, &told);
	assert_string_equal(form.frameworks, "hipaa,\"x\"");
	assert_string_equal(form.paper, "letter");
	assert_int_equal(form.reviews->count, 1); /* the second came afterwards */
	assert_ptr_equal(form.reviews->at[0], &first);
	form = made_form(&again, "report.xlsx", &both, &told);
	assert_string_equal(form.frameworks, "");
	assert_null(form.paper);
	assert_int_equal(form.reviews->count, 0);
	form = made_form(&again, "report.html", &both, &told);
	assert_true(!form.frameworks && !form.paper && form.reviews->count == 0);
}

/* What the PDF was drawn with goes with it, and what of it is another is named. */
static void what_it_was_drawn_with_is_kept(void **state)
{
	(void)state;
	struct made m = {.drawn = {.versions = {"1.16.0", "1.50.12", "6.0.0"}, .fonts = {{"Sans", {1}}, {"Sans \"Bold\"", {2}}}, .count = 2}}, again;
	AUTO_TEXT struct text json = text_make(MADE_SIZE_MAX), told = text_make(MADE_SIZE_MAX);
	made_write(&m, &json);
	assert_contains(text_string(&json), "{\"documents\":[],\"pdf\":{\"cairo\":\"1.16.0\",\"pango\":\"1.50.12\",\"harfbuzz\":\"6.0.0\","
					     "\"fonts\":[{\"name\":\"Sans\",\"sha256\":\"01");
	assert_true(made_read(text_slice(&json), &again));
	assert_int_equal(again.drawn.count, 2);
	assert_false(drawn_differs(&m.drawn, &again.drawn, &told));
	snprintf(again.drawn.versions[DRAWN_PANGO], DRAWN_VERSION_MAX, "1.57");
	again.drawn.fonts[0].digest[0] = 3;
	snprintf(again.drawn.fonts[1].name, DRAWN_NAME_MAX, "Serif");
	assert_true(drawn_differs(&m.drawn, &again.drawn, &told));
	assert_contains(text_string(&told), "pango 1.50.12, and here 1.57\nthe font Sans (SHA-256 of its file 01");
	assert_contains(text_string(&told), "another file of that name\nthe font Sans \"Bold\" (");
	assert_contains(text_string(&told), "none of that name was used\nno Serif, and here that font was used\n");
	text_clear(&told);
	again.drawn.count = 0;
	assert_false(drawn_differs(&m.drawn, &again.drawn, &told)); /* nothing is known of it */
	/* another form of the same is none of ours */
	json.at[json.size - 2] = ' ';
	assert_false(made_read(text_slice(&json), &again));
}

static void the_last_form_counts(void **state)
{
	(void)state;
	struct made m = {.count = 0};
	struct reviews told;
	assert_true(made_set(&m, "a", &(struct report_form){.paper = "letter"}));
	assert_true(made_set(&m, "a", &(struct report_form){.paper = "a4"}));
	assert_int_equal(m.count, 1);
	assert_string_equal(made_form(&m, "a", &both, &told).paper, "a4");
	assert_true(made_set(&m, "b", &(struct report_form){.paper = "a4"}));
	assert_true(made_set(&m, "a", &(struct report_form){0})); /* as the policy says again */
	assert_int_equal(m.count, 1);
	assert_string_equal(m.at[0].file, "b");
	char long_list[FORM_TEXT_MAX + 1];
	memset(long_list, 'x', sizeof long_list - 1);
	long_list[sizeof long_list - 1] = 0;
	assert_false(made_set(&m, "c", &(struct report_form){.frameworks = long_list}));
	for (int i = 0; i < MADE_DOCUMENTS_MAX - 1; i++) {
		char name[8];
		snprintf(name, sizeof name, "d%d", i);
		assert_true(made_set(&m, name, &(struct report_form){.paper = "a4"}));
	}
	assert_false(made_set(&m, "one too many", &(struct report_form){.paper = "a4"}));
}

static void what_is_none_is_refused(void **state)
{
	(void)state;
#define ONE(file) "{\"file\":\"" file "\",\"frameworks\":null,\"paper\":\"a4\",\"reviews\":0}"
	static const char *const wrong[] = {
		"", "{}\n", "[]\n", "{\"documents\":[]}", "{\"documents\":[ ]}\n", "{\"documents\":[1]}\n",
		"{\"documents\":[" ONE("b") "," ONE("a") "]}\n", "{\"documents\":[" ONE("a") "," ONE("a") "]}\n",
		"{\"documents\":[{\"file\":null,\"frameworks\":null,\"paper\":null,\"reviews\":0}]}\n",
		"{\"documents\":[{\"file\":\"a\",\"frameworks\":null,\"paper\":7,\"reviews\":0}]}\n",
		"{\"documents\":[{\"file\":\"a\",\"frameworks\":null,\"paper\":null,\"reviews\":100}]}\n",
		"{\"documents\":[" ONE("a-name-that-is-longer-than-any-of-ours") "]}\n",
	};
	struct made m;
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_false(made_read(slice_of_string(wrong[i]), &m));
	assert_true(made_read(SLICE("{\"documents\":[" ONE("a") "," ONE("b") "]}\n"), &m));
	assert_int_equal(m.count, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_written_is_read),
		cmocka_unit_test(what_it_was_drawn_with_is_kept),
		cmocka_unit_test(the_last_form_counts),
		cmocka_unit_test(what_is_none_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

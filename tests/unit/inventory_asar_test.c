/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/inventory_archive.h"

#include "core/text.h"
#include "ingest/inventory/asar.h"

static struct made made;

static void on_file(void *to, const struct asar_file *file)
{
	text_addf(to, "%.*s %llu+%llu;", (int)file->path.size, (const char *)file->path.at,
		  (unsigned long long)file->offset, (unsigned long long)file->size);
}

static const char *list(const char *json, struct text *ret)
{
	text_clear(ret);
	return asar_read(slice_of_string(json), on_file, ret);
}

static void files_with_their_places(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	assert_null(list("{\"files\":{\"a.js\":{\"size\":3,\"offset\":\"0\"},\"dist\":{\"files\":{\"b\":{\"offset\":\"3\","
			 "\"size\":4294967296,\"executable\":true,\"integrity\":{\"hash\":\"\"}}}}}}", &t));
	assert_string_equal(text_string(&t), "a.js 0+3;dist/b 3+4294967296;");
	assert_null(list("{\"files\":{}}", &t));
	assert_string_equal(text_string(&t), "");
}

/* They lie beside the archive, or are no files. */
static void files_that_are_elsewhere(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1 << 16);
	assert_null(list("{\"files\":{\"a\":{\"size\":3,\"unpacked\":true},\"l\":{\"link\":\"a\"},"
			 "\"n\":{\"size\":3,\"offset\":7},\"m\":{\"size\":-1,\"offset\":\"7\"},\"x\":{\"offset\":\"1x\",\"size\":1}}}",
			 &t));
	assert_string_equal(text_string(&t), "");
}

static void lists_that_are_none(void **state)
{
	(void)state;
	AUTO_TEXT struct text t = text_make(1 << 20);
	assert_non_null(list("", &t));
	assert_non_null(list("[]", &t));
	assert_non_null(list("{\"files\":{\"a\":1}}", &t));
	assert_non_null(list("{\"files\":{\"a\":{}}", &t));
	AUTO_TEXT struct text deep = text_make(1 << 16);
	for (int i = 0; i <= ASAR_DEPTH_MAX + 1; i++)
		text_add_string(&deep, "{\"files\":{\"d\":");
	text_add_string(&deep, "{}");
	for (int i = 0; i <= ASAR_DEPTH_MAX + 1; i++)
		text_add_string(&deep, "}}");
	assert_non_null(list(text_string(&deep), &t));
	AUTO_TEXT struct text path = text_make(1 << 16);
	text_add_string(&path, "{\"files\":{\"");
	for (int i = 0; i < ASAR_PATH_MAX; i++)
		text_add_char(&path, 'p');
	AUTO_TEXT struct text good = text_make(1 << 16);
	text_addf(&good, "%s\":{\"size\":1,\"offset\":\"0\"}}}", text_string(&path));
	assert_null(list(text_string(&good), &t));
	text_add_string(&path, "p\":{\"size\":1,\"offset\":\"0\"}}}");
	assert_non_null(list(text_string(&path), &t));
}

static void how_one_begins(void **state)
{
	(void)state;
	uint64_t size, files;
	struct slice all = made_asar(&made, "{\"files\":{}}", SLICE("abc"));
	assert_true(asar_sniff(slice_part(all, 0, ASAR_FIRST), &size, &files));
	assert_int_equal(size, 12);
	assert_int_equal(files, 28);
	assert_false(asar_sniff(slice_part(all, 0, ASAR_FIRST - 1), &size, &files));
	for (size_t i = 0; i < ASAR_FIRST; i++) {
		made.bytes[i] ^= 0x40;
		assert_false(asar_sniff(slice_part(all, 0, ASAR_FIRST), &size, &files));
		made.bytes[i] ^= 0x40;
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_with_their_places),
		cmocka_unit_test(files_that_are_elsewhere),
		cmocka_unit_test(lists_that_are_none),
		cmocka_unit_test(how_one_begins),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

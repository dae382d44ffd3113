/* SPDX-License-Identifier: Apache-2.0 */
/* airgap-verify-checks(7) beside the tables that it is about. */
#include "tests/unit/test.h"

#include "analysis/check.h"
#include "analysis/posture.h"
#include "core/file.h"

/* A page of mdoc as one line, its escapes undone. */
static void read_page(struct text *ret)
{
	static const struct {
		const char *escape, *is;
	} escapes[] = {{"\\-", "-"}, {"\\(dq", "\""}, {"\\e", "\\"}, {"\\&", ""}};
	struct error err = {0};
	const char *srcdir = getenv("SRCDIR");
	char path[4096];
	AUTO_TEXT struct text page = text_make(1 << 20);
	snprintf(path, sizeof path, "%s/man/airgap-verify-checks.7", srcdir ? srcdir : ".");
	assert_int_equal(file_read(AT_FDCWD, path, 1 << 20, &page, &err), OK);
	struct cursor c = cursor_over(text_slice(&page));
	while (cursor_left(&c) > 0) {
		struct slice rest = cursor_rest(&c);
		size_t i = 0;
		while (i < LENGTH(escapes) && !slice_starts(rest, escapes[i].escape))
			i++;
		if (i < LENGTH(escapes))
			text_add_string(ret, escapes[i].is);
		else
			text_add_char(ret, rest.at[0] == '\n' ? ' ' : (char)rest.at[0]);
		cursor_skip(&c, i < LENGTH(escapes) ? strlen(escapes[i].escape) : 1);
	}
}

/* What it says of one check, up to the next. */
static struct slice item_of(const struct text *page, const char *id)
{
	char item[64];
	snprintf(item, sizeof item, ".It Li %s ", id);
	struct slice all = text_slice(page);
	size_t at = slice_search(all, slice_of_string(item));
	struct slice rest = slice_part(all, at + strlen(item), all.size);
	return slice_part(rest, 0, slice_search(rest, SLICE(".It Li ")));
}

static void wants(struct slice item, const char *id, const char *format, const char *a, const char *b)
{
	AUTO_TEXT struct text wanted = text_make(4096);
	while (*format)
		if (*format == '1' || *format == '2')
			text_add_string(&wanted, *format++ == '1' ? a : b);
		else
			text_add_char(&wanted, *format++);
	if (slice_search(item, text_slice(&wanted)) == item.size)
		print_error("airgap-verify-checks(7) does not say of %s: %s\n", id, text_string(&wanted));
	assert_true(slice_search(item, text_slice(&wanted)) < item.size);
}

/* The page says of each what the code says; of a session's what it takes and what to do. */
static void the_page_tells_every_check(void **state)
{
	AUTO_TEXT struct text page = text_make(1 << 20);
	size_t items = 0;
	(void)state;
	read_page(&page);
	for (size_t i = 0; i < check_count; i++) {
		struct slice item = item_of(&page, checks[i].id);
		wants(item, checks[i].id, "Pq 1 ", checks[i].effect, "");
		wants(item, checks[i].id, "1. .br .Em Evidence : ", checks[i].shows + 1, "");
		wants(item, checks[i].id, " .br .Em Remedy : ", "", "");
	}
	for (size_t i = 0; i < posture_check_count; i++) {
		const struct posture_check *c = &posture_checks[i];
		struct slice item = item_of(&page, c->id);
		wants(item, c->id, "1: 2. ", c->title, c->looks_at);
		wants(item, c->id, "1. ", c->why, "");
		for (size_t k = 0; k < POSTURE_SYSTEMS; k++)
			if (c->remedy[k] && strlen(c->remedy[k]) < 60 && !strstr(c->remedy[k], "…"))
				wants(item, c->id, "compact 1 .Ed", c->remedy[k], "");
	}
	for (const char *at = text_string(&page); (at = strstr(at, ".It Li ")) != NULL; at++)
		items++;
	assert_int_equal(items, check_count + posture_check_count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(the_page_tells_every_check)};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

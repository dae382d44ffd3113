/* SPDX-License-Identifier: Apache-2.0 */
/* The pages of the commands beside the table that they are about. */
#include "tests/unit/test.h"

#include "cli/command.h"
#include "core/file.h"

#include <dirent.h>

enum { PAGE_MAX = 1 << 20, OPTIONS_MAX = 128 };

/* What a page says of an option in ".It Fl -name Ar value". */
struct told {
	struct slice name; /* without its first dash */
	bool takes_value, known;
};

static const char *manual(void)
{
	const char *srcdir = getenv("SRCDIR");
	static char path[4096];
	snprintf(path, sizeof path, "%s/man", srcdir ? srcdir : ".");
	return path;
}

static void read_page(const char *name, struct text *ret)
{
	struct error err = {0};
	char path[4200];
	snprintf(path, sizeof path, "%s/%s", manual(), name);
	if (file_read(AT_FDCWD, path, PAGE_MAX, ret, &err))
		print_error("%s\n", err.text);
	assert_int_equal(err.status, OK);
}

/* The options of one ".It" line. */
static size_t options_of(struct slice line, struct told ret[], size_t count)
{
	struct cursor words = cursor_over(line);
	struct slice word, before = {0};
	while (cursor_word(&words, PAGE_MAX, &word)) {
		if (slice_is(before, "Fl")) {
			assert_true(count < OPTIONS_MAX);
			ret[count++] = (struct told){.name = word};
		} else if (count > 0 && before.at == ret[count - 1].name.at) {
			ret[count - 1].takes_value = !slice_is(word, ",");
		}
		before = word;
	}
	return count;
}

static size_t options_of_page(const struct text *page, struct told ret[])
{
	struct cursor c = cursor_over(text_slice(page));
	struct slice line;
	bool whole;
	size_t count = 0;
	while (cursor_line(&c, &line, &whole))
		if (slice_starts(line, ".It Fl "))
			count = options_of(slice_part(line, strlen(".It "), line.size), ret, count);
	return count;
}

static struct told *find(struct told told[], size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (slice_is(told[i].name, name))
			return &told[i];
	return NULL;
}

/* Whether the page tells of these options and of no others; says where it does not. */
static bool tells(const char *name, const struct argument *table, size_t size)
{
	AUTO_TEXT struct text page = text_make(PAGE_MAX);
	struct told told[OPTIONS_MAX];
	bool good = true;
	read_page(name, &page);
	size_t count = options_of_page(&page, told);
	for (size_t i = 0; i < size; i++) {
		const struct argument *a = &table[i];
		const char letter[] = {a->letter, 0};
		struct told *at = a->about ? find(told, count, a->name + 1) : NULL;
		struct told *short_at = a->about && a->letter ? find(told, count, letter) : NULL;
		if (a->about && (!at || (a->letter && !short_at))) {
			print_error("%s does not tell of %s\n", name, a->name);
			good = false;
		}
		if (at && at->takes_value != (a->kind != ARGUMENT_FLAG)) {
			print_error("%s: %s takes %s\n", name, a->name, a->value ? a->value : "no value");
			good = false;
		}
		if (at)
			at->known = true;
		if (short_at)
			short_at->known = true;
	}
	for (size_t i = 0; i < count; i++) {
		if (!told[i].known)
			print_error("%s: there is no -%.*s\n", name, (int)told[i].name.size,
				    (const char *)told[i].name.at);
		good = good && told[i].known;
	}
	return good;
}

static void every_command_has_its_page(void **state)
{
	size_t bad = 0;
	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		char name[128];
		snprintf(name, sizeof name, "airgap-verify-%s.1", commands[i]->name);
		bad += !tells(name, commands[i]->arguments, commands[i]->argument_count);
	}
	assert_int_equal(bad, 0);
}

/* The first page names each command, and the options that all of them take. */
static void the_first_page_names_every_command(void **state)
{
	AUTO_TEXT struct text page = text_make(PAGE_MAX);
	(void)state;
	assert_true(tells("airgap-verify.1", common_arguments, common_argument_count));
	read_page("airgap-verify.1", &page);
	for (size_t i = 0; i < command_count; i++) {
		char item[128];
		snprintf(item, sizeof item, "\n.It Xr airgap-verify-%s 1\n", commands[i]->name);
		assert_contains(text_string(&page), item);
	}
}

static bool is_command(struct slice name)
{
	for (size_t i = 0; i < command_count; i++)
		if (slice_is(name, commands[i]->name))
			return true;
	return false;
}

static void no_page_is_about_what_is_not_there(void **state)
{
	static const char before[] = "airgap-verify-";
	DIR *folder = opendir(manual());
	size_t pages = 0;
	(void)state;
	assert_non_null(folder);
	for (struct dirent *e; (e = readdir(folder)) != NULL;) {
		struct slice name = slice_of_string(e->d_name);
		if (!slice_starts(name, before) || !slice_ends(name, ".1"))
			continue;
		pages++;
		struct slice command = slice_part(name, strlen(before), name.size - strlen(before) - 2);
		if (!is_command(command))
			print_error("%s is about no command\n", e->d_name);
		assert_true(is_command(command));
	}
	closedir(folder);
	assert_int_equal(pages, command_count);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_command_has_its_page),
		cmocka_unit_test(the_first_page_names_every_command),
		cmocka_unit_test(no_page_is_about_what_is_not_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

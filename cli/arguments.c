/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/arguments.h"

#include "core/closest.h"
#include "core/cursor.h"
#include "core/duration.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

const struct argument common_arguments[] = {
	{"--json", 0, NULL, ARGUMENT_FLAG, offsetof(struct common, json),
	 "print one JSON document on standard output"},
	{"--quiet", 'q', NULL, ARGUMENT_FLAG, offsetof(struct common, quiet), "no progress, no messages"},
	{"--verbose", 'v', NULL, ARGUMENT_FLAG, offsetof(struct common, verbose), "tell more"},
	{"--help", 'h', NULL, ARGUMENT_FLAG, offsetof(struct common, help), "this text"},
};
const size_t common_argument_count = LENGTH(common_arguments);

struct parsing {
	const struct argument *table;
	size_t table_size;
	void *settings;
};

static bool is_called(const struct argument *a, const char *word, size_t length)
{
	if (a->letter && word[0] == '-' && word[1] == a->letter && length == 2)
		return true;
	return strlen(a->name) == length && !memcmp(a->name, word, length);
}

static const struct argument *find(const struct parsing *p, const char *word, size_t length)
{
	for (size_t i = 0; i < p->table_size; i++)
		if (is_called(&p->table[i], word, length))
			return &p->table[i];
	for (size_t i = 0; i < common_argument_count; i++)
		if (is_called(&common_arguments[i], word, length))
			return &common_arguments[i];
	return NULL;
}

static void look_nearer(const struct argument *table, size_t count, struct slice word, unsigned *least, const char **ret)
{
	for (size_t i = 0; i < count; i++) {
		unsigned distance = table[i].about ? closest_distance(word, slice_of_string(table[i].name)) : CLOSEST_NONE;
		if (distance < *least) {
			*least = distance;
			*ret = table[i].name;
		}
	}
}

static enum status fail_unknown(const struct parsing *p, const char *word, size_t length, struct error *err)
{
	unsigned least = CLOSEST_NONE;
	const char *meant = NULL;
	look_nearer(p->table, p->table_size, slice_of(word, length), &least, &meant);
	look_nearer(common_arguments, common_argument_count, slice_of(word, length), &least, &meant);
	return fail(err, ERR_USAGE, "unknown option %s (%s%s%s)", word, meant ? "is it " : "see --help", meant ? meant : "", meant ? "?" : "");
}

static enum status check_value(const struct argument *a, const char *value, struct error *err)
{
	int64_t ns;
	uint64_t number;
	if (a->kind == ARGUMENT_DURATION)
		return duration_parse(value, a->name, &ns, err);
	if (a->kind == ARGUMENT_NUMBER && !slice_u64(slice_of_string(value), INT64_MAX, &number))
		return fail(err, ERR_USAGE, "%s takes a whole number, not \"%s\"", a->name, value);
	if (!*value)
		return fail(err, ERR_USAGE, "%s needs %s", a->name, a->value);
	return OK;
}

static enum status take(const struct parsing *p, const struct argument *a, const char *value,
			struct error *err)
{
	void *place = (char *)p->settings + a->at;
	struct argument_list *list = place;
	if (a->kind == ARGUMENT_FLAG) {
		*(bool *)place = true;
		return OK;
	}
	enum status status = check_value(a, value, err);
	if (status)
		return status;
	if (a->kind != ARGUMENT_LIST) {
		if (*(const char **)place)
			return fail(err, ERR_USAGE, "%s is given twice", a->name);
		*(const char **)place = value;
		return OK;
	}
	if (list->count == ARGUMENTS_LIST_MAX)
		return fail(err, ERR_USAGE, "%s can be given %d times", a->name, ARGUMENTS_LIST_MAX);
	list->at[list->count++] = value;
	return OK;
}

/* One word that begins with a dash, and the next one where that is its value. */
static enum status take_option(const struct parsing *p, int argc, char *argv[], int *i,
			       struct error *err)
{
	const char *word = argv[*i], *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	const struct argument *a = find(p, word, length);
	if (!a)
		return fail_unknown(p, word, length, err);
	if (a->kind == ARGUMENT_FLAG && equals)
		return fail(err, ERR_USAGE, "%s takes no value", a->name);
	const char *value = equals ? equals + 1 : NULL;
	if (a->kind != ARGUMENT_FLAG && !value) {
		if (*i + 1 >= argc)
			return fail(err, ERR_USAGE, "%s needs %s", a->name, a->value);
		value = argv[++*i];
	}
	return take(p, a, value, err);
}

enum status arguments_parse(const struct argument *table, size_t table_size, int argc, char *argv[],
			    void *settings, size_t *ret_count, size_t *ret_dashes, struct error *err)
{
	struct parsing p = {table, table_size, settings};
	size_t count = 0;
	int i = 0;
	for (; i < argc && strcmp(argv[i], "--") != 0; i++) {
		if (argv[i][0] != '-' || !argv[i][1]) {
			argv[count++] = argv[i];
			continue;
		}
		enum status status = take_option(&p, argc, argv, &i, err);
		if (status)
			return status;
	}
	*ret_dashes = count;
	for (i++; i < argc; i++)
		argv[count++] = argv[i];
	*ret_count = count;
	return OK;
}

static void print_line(const struct argument *a)
{
	char left[64];
	snprintf(left, sizeof left, "%s%s%s%s", a->letter ? (char[]){'-', a->letter, ',', ' ', 0} : "    ",
		 a->name, a->value ? " " : "", a->value ? a->value : "");
	printf("  %-30s %s\n", left, a->about);
}

void arguments_print(const struct argument *table, size_t table_size)
{
	printf("Options:\n");
	for (size_t i = 0; i < table_size; i++)
		if (table[i].about)
			print_line(&table[i]);
	for (size_t i = 0; i < common_argument_count; i++)
		print_line(&common_arguments[i]);
}

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_DESCRIBED_LINES_H
#define TESTS_UNIT_DESCRIBED_LINES_H

/* Lines of logs that are described, and what becomes of them. */
#include "tests/unit/test.h"

#include "core/clock.h"
#include "ingest/described.h"
#include "ingest/descriptions.h"

struct sample {
	const char *log, *line, *wanted;
};

static struct descriptions *all;
static struct start *start;
static struct app_line a;

static const struct description *find(const char *name)
{
	for (size_t i = 0; i < descriptions_count(all); i++)
		if (!strcmp(descriptions_at(all, i)->name, name))
			return descriptions_at(all, i);
	print_error("no description is called %s\n", name);
	assert_true(false);
	return NULL;
}

static void put(struct text *t, const char *name, struct slice value)
{
	if (value.size)
		text_addf(t, " %s=%.*s", name, (int)value.size, (const char *)value.at);
}

/* "time host dst port src sport proto process pid count until disposition direction", what is there. */
static const char *shown(enum app_kind kind)
{
	static struct text t;
	char time[CLOCK_TEXT_MAX];
	text_free(&t);
	t = text_make(4096);
	if (kind != APP_EVENT) {
		text_add_string(&t, kind == APP_OTHER ? "other" : a.problem);
		return text_string(&t);
	}
	clock_text(a.time_ns, 3, time);
	text_add_string(&t, time);
	put(&t, "host", a.host);
	if (!slice_equal(a.host, a.dst))
		put(&t, "dst", a.dst);
	text_addf(&t, " port=%llu", (unsigned long long)a.port);
	put(&t, "src", a.src);
	if (a.sport)
		text_addf(&t, " sport=%llu", (unsigned long long)a.sport);
	put(&t, "proto", a.proto);
	put(&t, "process", a.process);
	if (a.pid)
		text_addf(&t, " pid=%llu", (unsigned long long)a.pid);
	if (a.count)
		text_addf(&t, " count=%llu", (unsigned long long)a.count);
	if (a.until_ns)
		text_addf(&t, " until=+%llds", (long long)((a.until_ns - a.time_ns) / CLOCK_SECOND));
	text_addf(&t, " %s", a.disposition);
	if (a.direction)
		text_addf(&t, " %s", a.direction);
	return text_string(&t);
}

static void assert_lines(const struct sample lines[], size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct described *s = described_new(find(lines[i].log), start);
		const char *got = shown(described_line(s, slice_of_string(lines[i].line), &a));
		if (strcmp(got, lines[i].wanted) != 0)
			print_error("%s\n", lines[i].line);
		assert_string_equal(got, lines[i].wanted);
		described_free(s);
	}
}

static int begin(void **state)
{
	(void)state;
	all = descriptions_new();
	start = must_alloc(1, sizeof *start);
	memset(start, 0, sizeof *start);
	zone_unknown(&start->zone);
	start->reference_ns = INT64_C(1795435385) * CLOCK_SECOND;
	return 0;
}

static int end(void **state)
{
	(void)state;
	(void)shown(APP_OTHER);
	descriptions_free(all);
	free(start);
	return 0;
}

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "packaging/completion/words.h"

#include "benchmark/task.h"
#include "cli/apps.h"
#include "cli/fleet_report.h"
#include "cli/list.h"
#include "cli/schedule_system.h"
#include "core/tier.h"
#include "ingest/descriptions.h"
#include "ingest/reader.h"
#include "report/document.h"

#include "tables.h" /* generated */

#include <string.h>

/* Once: of an application, say, each of its logs has a row. */
static void add(struct text *ret, struct slice word)
{
	struct cursor lines = cursor_over(text_slice(ret));
	struct slice line;
	while (cursor_line(&lines, &line, NULL))
		if (slice_equal(line, word))
			return;
	text_add(ret, word);
	text_add_char(ret, '\n');
}

static void add_tiers(struct text *ret)
{
	for (enum watch_tier t = 0; t < TIER_COUNT; t++)
		add(ret, slice_of_string(tier_name(t)));
}

static void add_writers(struct text *ret)
{
	for (size_t i = 0; i < writer_count; i++)
		add(ret, slice_of_string(writers[i].name));
}

static void add_suites(struct text *ret)
{
	for (enum task_suite s = 0; s < TASK_SUITES; s++)
		add(ret, slice_of_string(task_suite_name(s)));
}

static void add_languages(struct text *ret)
{
	for (enum task_language l = 0; l < TASK_LANGUAGES; l++)
		add(ret, slice_of_string(task_language_name(l)));
}

static void add_difficulties(struct text *ret)
{
	for (enum task_difficulty d = 0; d < TASK_DIFFICULTIES; d++)
		add(ret, slice_of_string(task_difficulty_name(d)));
}

static void add_tables(struct text *ret)
{
	const char *name;
	for (size_t i = 0; (name = list_table(i)) != NULL; i++)
		add(ret, slice_of_string(name));
}

/* Those that are built in: what a site describes is not there when this is made. */
static void add_readers(struct text *ret)
{
	struct descriptions *known = descriptions_new();
	for (size_t i = 0; readers[i]; i++)
		add(ret, slice_of_string(readers[i]->name));
	for (size_t i = 0; i < descriptions_count(known); i++)
		add(ret, slice_of_string(descriptions_at(known, i)->name));
	descriptions_free(known);
}

static void add_apps(struct text *ret)
{
	struct app a;
	for (size_t at = 0; apps_next(&at, &a);)
		add(ret, a.name);
}

static void add_fleet_formats(struct text *ret)
{
	const char *name;
	for (size_t i = 0; (name = fleet_report_format(i)) != NULL; i++)
		add(ret, slice_of_string(name));
}

static void add_systems(struct text *ret)
{
	text_add_string(ret, "auto\n");
	for (size_t i = 0; i < schedule_system_count; i++)
		add(ret, slice_of_string(schedule_systems[i].name));
}

/* The first column of a table that is built in. */
static void add_column(const unsigned char *table, unsigned long size, struct text *ret)
{
	struct cursor lines = cursor_over(slice_of(table, size));
	struct slice line, word;
	cursor_line(&lines, &line, NULL);
	while (cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		if (!slice_starts(line, "#") && cursor_until(&c, '\t', line.size, &word))
			add(ret, word);
	}
}

static void add_frameworks(struct text *ret)
{
	add_column(embedded_table_controls, embedded_table_controls_size, ret);
}

static void add_machine_tiers(struct text *ret)
{
	text_add_string(ret, "auto\n");
	add_column(embedded_table_tiers, embedded_table_tiers_size, ret);
}

static const struct words {
	const char *command, *option; /* NULL: any command; the command itself */
	void (*add)(struct text *ret);
	const char *words; /* where no table holds them */
	bool list, open;
} table[] = {
	{"list", NULL, .add = add_tables},
	{"bench", "--tier", .add = add_machine_tiers},
	{"bench", "--suite", .add = add_suites, .list = true},
	{"bench", "--language", .add = add_languages, .list = true},
	{"bench", "--difficulty", .add = add_difficulties, .list = true},
	{"bench", "--prompt-mode", .words = "chat\ncompletion\n"},
	{"ingest", "--as", .add = add_readers},
	{"report", "--format", .add = add_writers, .list = true},
	{"fleet", "--format", .add = add_fleet_formats, .list = true},
	{"schedule", "--system", .add = add_systems},
	{"sign", "--role", .words = "reviewer\n"},
	{"sign", "--decision", .words = "accepted\nrejected\nnoted\n"},
	{"keygen", "--type", .words = "p-256\nrsa-3072\n"},
	{"crosscheck", "--explain", .words = "event:\nattempt:\nflow:\nmatch:\n", .open = true},
	{NULL, "--paper", .words = "a4\nletter\n"},
	{NULL, "--app", .add = add_apps},
	{NULL, "--tier", .add = add_tiers},
	{NULL, "--framework", .add = add_frameworks, .list = true},
};

static bool same(const char *a, const char *b)
{
	return a == b || (a && b && !strcmp(a, b));
}

void words_add(const char *command, const char *option, struct text *ret, bool *ret_list, bool *ret_open)
{
	for (size_t i = 0; i < LENGTH(table); i++) {
		const struct words *w = &table[i];
		if (!same(w->option, option) || (w->command && !same(w->command, command)))
			continue;
		if (w->add)
			w->add(ret);
		else
			text_add_string(ret, w->words);
		*ret_list = w->list;
		*ret_open = w->open;
		return;
	}
}

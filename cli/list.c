/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every table of this build, printed from the rows that the code itself runs by.
 */
#include "analysis/check.h"
#include "analysis/endpoint.h"
#include "analysis/match_rule.h"
#include "analysis/posture.h"
#include "analysis/probe.h"
#include "analysis/verdict.h"
#include "benchmark/task.h"
#include "cli/apps.h"
#include "cli/collectors_table.h"
#include "cli/command.h"
#include "cli/control_files.h"
#include "cli/endpoint_files.h"
#include "cli/list.h"
#include "cli/logs.h"
#include "core/address.h"
#include "core/json.h"
#include "ingest/reader.h"
#include "report/document.h"

#include "tables.h" /* generated */

#include <stdio.h>
#include <string.h>

enum { COLUMNS_MAX = 10, OUTPUT_MAX = 4 << 20 };

/* Where rows go: aligned text or JSON. */
struct listing {
	struct json json;
	struct text *out;
	bool as_json;
	const char *names[COLUMNS_MAX];
	int widths[COLUMNS_MAX];
	struct log_options options;
	struct argument_list endpoints, controls;
};

struct settings {
	struct common common;
	struct log_options logs;
	struct argument_list endpoints, controls;
};

static const struct argument arguments[] = {
	{"--log-description", 0, "FILE", ARGUMENT_LIST, offsetof(struct settings, logs.descriptions),
	 "among the readers: this format of logs too"},
	{"--endpoints", 0, "FILE", ARGUMENT_LIST, offsetof(struct settings, endpoints),
	 "among the endpoints: these rules too"},
	{"--controls", 0, "FILE", ARGUMENT_LIST, offsetof(struct settings, controls),
	 "among the controls: these frameworks too"},
};

static void begin(struct listing *l, const char *const names[], const int widths[], size_t count)
{
	for (size_t i = 0; i < COLUMNS_MAX; i++) {
		l->names[i] = i < count ? names[i] : NULL;
		l->widths[i] = i < count ? widths[i] : 0;
	}
	if (l->as_json)
		json_begin_array(&l->json, NULL);
}

static void row(struct listing *l, const struct slice fields[])
{
	if (l->as_json)
		json_begin_object(&l->json, NULL);
	for (size_t i = 0; i < COLUMNS_MAX && l->names[i]; i++) {
		bool last = i + 1 == COLUMNS_MAX || !l->names[i + 1];
		if (l->as_json)
			json_add_slice(&l->json, l->names[i], fields[i]);
		else
			text_addf(l->out, "%-*.*s%s", last ? 0 : l->widths[i], (int)fields[i].size,
				  fields[i].size ? (const char *)fields[i].at : "", last ? "\n" : " ");
	}
	if (l->as_json)
		json_end_object(&l->json);
}

static enum status list_collectors(struct listing *l, struct error *err)
{
	struct collector_row rows[COLLECTOR_ROWS_MAX];
	size_t count;
	enum status status = collectors_table(false, rows, &count, err);
	begin(l, (const char *const[]){"name", "witnesses", "needs"}, (const int[]){12, 84, 0}, 3);
	for (size_t i = 0; i < count && !status; i++)
		row(l, (const struct slice[]){slice_of_string(rows[i].name),
					      slice_of_string(rows[i].witnesses),
					      slice_of_string(rows[i].needs)});
	return status;
}

static enum status list_readers(struct listing *l, struct error *err)
{
	AUTO_LOGS struct logs logs = {0};
	enum status status = logs_load(&l->options, &logs, err);
	begin(l, (const char *const[]){"name", "from", "reads"}, (const int[]){18, 34, 0}, 3);
	for (size_t i = 0; readers[i] && !status; i++)
		row(l, (const struct slice[]){slice_of_string(readers[i]->name), SLICE("this build"),
					      slice_of_string(readers[i]->reads)});
	for (size_t i = 0; i < descriptions_count(logs.known) && !status; i++) {
		const struct description *d = descriptions_at(logs.known, i);
		struct slice from = slice_of_string(d->origin);
		row(l, (const struct slice[]){slice_of_string(d->name),
					      slice_part(from, 0, slice_search(from, SLICE(" (SHA-256"))),
					      slice_of_string(d->about)});
	}
	return status;
}

/* Those of posture have no say in a verdict. */
static enum status list_checks(struct listing *l, struct error *err)
{
	(void)err;
	begin(l, (const char *const[]){"id", "effect", "title", "shows"}, (const int[]){24, 13, 22, 0}, 4);
	for (size_t i = 0; i < check_count; i++)
		row(l, (const struct slice[]){slice_of_string(checks[i].id), slice_of_string(checks[i].effect),
					      slice_of_string(checks[i].title),
					      slice_of_string(checks[i].shows)});
	for (size_t i = 0; i < posture_check_count; i++)
		row(l, (const struct slice[]){slice_of_string(posture_checks[i].id), SLICE("NOTE"),
					      slice_of_string(posture_checks[i].title),
					      slice_of_string(posture_checks[i].looks_at)});
	return OK;
}

static enum status list_rules(struct listing *l, struct error *err)
{
	(void)err;
	begin(l, (const char *const[]){"id", "outcome", "effect", "because"}, (const int[]){14, 13, 13, 0}, 4);
	for (size_t i = 0; i < MATCH_RULES; i++)
		row(l, (const struct slice[]){slice_of_string(match_rules[i].id), slice_of_string(match_rules[i].outcome),
					      slice_of_string(match_rules[i].effect), slice_of_string(match_rules[i].about)});
	return OK;
}

static enum status list_verdicts(struct listing *l, struct error *err)
{
	struct verdict_row v;
	(void)err;
	begin(l, (const char *const[]){"finding", "whole", "else", "where"}, (const int[]){20, 13, 13, 0}, 4);
	for (size_t i = 0; verdict_row(i, &v); i++)
		row(l, (const struct slice[]){slice_of_string(v.check_id), slice_of_string(verdict_name(verdict_of(WATCH_WHOLE, v.kind))),
					      slice_of_string(verdict_name(verdict_of(WATCH_MISSING, v.kind))), slice_of_string(v.when)});
	return OK;
}

static enum status list_writers(struct listing *l, struct error *err)
{
	(void)err;
	begin(l, (const char *const[]){"name", "about"}, (const int[]){8, 0}, 2);
	for (size_t i = 0; i < writer_count; i++)
		row(l, (const struct slice[]){slice_of_string(writers[i].name),
					      slice_of_string(writers[i].about)});
	return OK;
}

static enum status list_endpoints(struct listing *l, struct error *err)
{
	AUTO_ENDPOINTS struct endpoints *all = NULL;
	enum status status = endpoint_files_load(&l->endpoints, &all, err);
	begin(l, (const char *const[]){"rule", "vector", "host", "port", "process", "product", "from", "confidence", "path",
				       "off_switch"},
	      (const int[]){30, 14, 44, 5, 22, 20, 10, 10, 14, 0}, 10);
	for (size_t i = 0; i < endpoints_count(all) && !status; i++) {
		const struct endpoint *e = endpoints_at(all, i);
		char port[8] = "";
		if (e->port)
			snprintf(port, sizeof port, "%u", e->port);
		row(l, (const struct slice[]){e->rule, e->vector, e->where == ENDPOINT_LOCAL ? SLICE("@local") : e->suffix,
					      slice_of_string(port), e->process, e->product,
					      slice_of_string(endpoints_origin(all, i)), e->confidence, e->path,
					      e->off_switch});
	}
	return status;
}

static enum status list_vectors(struct listing *l, struct error *err)
{
	(void)err;
	begin(l, (const char *const[]){"name", "about"}, (const int[]){14, 0}, 2);
	for (size_t i = 0; i <= endpoint_vector_count; i++)
		row(l, (const struct slice[]){slice_of_string(endpoint_vectors[i].name),
					      slice_of_string(endpoint_vectors[i].about)});
	return OK;
}

/* A Unix socket has no address; where it leads is a class all the same. */
static enum status list_classes(struct listing *l, struct error *err)
{
	static const char *const about[] = {
		[CLASS_LOOPBACK] = "this machine, by an address of the loopback or none",
		[CLASS_OWN] = "this machine, by another address that it had at the time",
		[CLASS_LINK_LOCAL] = "whoever is on the same link",
		[CLASS_MULTICAST] = "a group of machines, or all of a link",
		[CLASS_PRIVATE] = "a network that is not routed by everybody",
		[CLASS_PUBLIC] = "everywhere else",
	};
	(void)err;
	begin(l, (const char *const[]){"name", "leaves", "about"}, (const int[]){11, 6, 0}, 3);
	for (size_t i = 0; i < LENGTH(about); i++)
		row(l, (const struct slice[]){slice_of_string(address_class_name((enum address_class)i)),
					      i > CLASS_OWN ? SLICE("yes") : SLICE("no"), slice_of_string(about[i])});
	row(l, (const struct slice[]){SLICE("unix"), SLICE("no"), SLICE("a program of this machine, over a Unix socket")});
	return OK;
}

static enum status list_apps(struct listing *l, struct error *err)
{
	struct app a;
	(void)err;
	begin(l, (const char *const[]){"name", "path", "role", "what"}, (const int[]){10, 46, 8, 0}, 4);
	for (size_t at = 0; apps_next(&at, &a);)
		row(l, (const struct slice[]){a.name, a.path, a.role, a.what});
	return OK;
}

static enum status list_probes(struct listing *l, struct error *err)
{
	(void)err;
	begin(l, (const char *const[]){"name", "protocol", "about"}, (const int[]){10, 14, 0}, 3);
	for (size_t i = 0; i < probe_count; i++)
		row(l, (const struct slice[]){slice_of_string(probes[i].name), slice_of_string(probes[i].proto),
					      slice_of_string(probes[i].about)});
	return OK;
}

static enum status list_tiers(struct listing *l, struct error *err)
{
	struct cursor lines = cursor_over(slice_of(embedded_table_tiers, embedded_table_tiers_size));
	struct slice line, heading, name, model, from, below;
	(void)err;
	begin(l, (const char *const[]){"tier", "model", "about"}, (const int[]){12, 38, 0}, 3);
	cursor_line(&lines, &heading, NULL);
	while (cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		if (cursor_until(&c, '\t', line.size, &name) && cursor_until(&c, '\t', line.size, &model) &&
		    cursor_until(&c, '\t', line.size, &from) && cursor_until(&c, '\t', line.size, &below))
			row(l, (const struct slice[]){name, model, cursor_rest(&c)});
	}
	return OK;
}

static enum status list_tasks(struct listing *l, struct error *err)
{
	char folder[FILE_PATH_MAX];
	struct tasks tasks = {0};
	enum status status = tasks_folder(folder, err);
	if (!status)
		status = tasks_load(folder, &tasks, err);
	begin(l, (const char *const[]){"task", "language", "difficulty", "title"}, (const int[]){44, 10, 10, 0}, 4);
	for (size_t i = 0; i < tasks.count && !status; i++) {
		const struct task *t = &tasks.at[i];
		row(l, (const struct slice[]){slice_of_string(t->id), slice_of_string(task_language_name(t->language)),
					      slice_of_string(task_difficulty_name(t->difficulty)),
					      slice_of_string(t->title)});
	}
	tasks_free(&tasks);
	return status;
}

static enum status list_controls(struct listing *l, struct error *err)
{
	AUTO_FRAMEWORKS struct frameworks *all = NULL;
	enum status status = control_files_load(&l->controls, &all, err);
	begin(l, (const char *const[]){"framework", "control", "objective", "strength", "from", "title"},
	      (const int[]){9, 24, 9, 34, 10, 0}, 6);
	for (size_t i = 0; i < frameworks_count(all) && !status; i++) {
		const struct control *c = frameworks_at(all, i);
		const char *from = frameworks_origin(all, i);
		row(l, (const struct slice[]){c->framework, c->control, c->objective,
					      slice_of_string(control_strength(c->strength)),
					      slice_of_string(from ? from : "this build"), c->title});
	}
	return status;
}

static const struct {
	const char *name;
	enum status (*list)(struct listing *l, struct error *err);
} tables[] = {
	{"collectors", list_collectors}, {"readers", list_readers},	{"checks", list_checks},
	{"writers", list_writers},	 {"endpoints", list_endpoints}, {"apps", list_apps},
	{"rules", list_rules},		 {"verdicts", list_verdicts},
	{"controls", list_controls},	 {"tiers", list_tiers},	{"probes", list_probes},
	{"vectors", list_vectors},	 {"classes", list_classes},	{"tasks", list_tasks},
};

const char *list_table(size_t i)
{
	return i < LENGTH(tables) ? tables[i].name : NULL;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX), names = text_make(256);
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	struct listing l = {json_on(&out), &out, s.common.json, {0}, {0}, s.logs, s.endpoints, s.controls};
	for (size_t i = 0; i < LENGTH(tables); i++) {
		text_addf(&names, "%s%s", i ? ", " : "", tables[i].name);
		if (count != 1 || strcmp(argv[0], tables[i].name) != 0)
			continue;
		if (!tables[i].list(&l, err) && s.common.json) {
			json_end_array(&l.json);
			text_add_char(&out, '\n');
		}
		if (!err->status)
			fputs(text_string(&out), stdout);
		return 0;
	}
	fail(err, ERR_USAGE, "list: name one table: %s", text_string(&names));
	return 0;
}

const struct command command_list = {
	.name = "list",
	.usage = "[options] TABLE",
	.summary = "print what this build knows",
	.details = "TABLE is collectors, readers, checks, writers, endpoints, apps, rules, verdicts,\n"
		   "controls, tiers, probes, vectors, classes (of destinations) or tasks.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};

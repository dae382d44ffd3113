/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/doctor_bench.h"

#include "benchmark/judge.h"
#include "benchmark/run_settings.h"
#include "benchmark/server.h"

#include <stdio.h>

struct found {
	bool sandbox, server;
	char sandbox_detail[ERROR_TEXT_MAX], server_detail[ERROR_TEXT_MAX];
	struct judge_languages languages;
};

static void look_at_sandbox(struct found *f)
{
	struct confine *c = NULL;
	struct error err = {0};
	enum status status = confine_open(&c, &err);
	if (!status)
		snprintf(f->sandbox_detail, sizeof f->sandbox_detail, "%s", confine_described(c));
	if (!status)
		status = judge_languages(c, &f->languages, &err);
	if (status)
		snprintf(f->sandbox_detail, sizeof f->sandbox_detail, "%s", err.text);
	f->sandbox = status == OK;
	confine_close(c);
}

static void look_for_server(struct found *f)
{
	struct server *s = NULL;
	struct error err = {0};
	f->server = server_open(NULL, &s, &err) == OK;
	if (f->server) {
		const struct server_about *a = server_about(s);
		snprintf(f->server_detail, sizeof f->server_detail, "%s %s at %s", a->name, a->version, a->url);
	} else {
		snprintf(f->server_detail, sizeof f->server_detail, "%s", err.text);
	}
	server_close(s);
}

static struct found look(void)
{
	struct found f = {.sandbox = false};
	look_at_sandbox(&f);
	look_for_server(&f);
	return f;
}

void doctor_bench_text(struct text *t)
{
	struct found f = look();
	text_addf(t, "%-10s %-9s %s\n", "sandbox", f.sandbox ? "works" : "does not", f.sandbox_detail);
	for (size_t i = 0; i < TASK_LANGUAGES && f.sandbox; i++)
		text_addf(t, "%-20s %s: %s\n", "", run_settings_language(i),
			  f.languages.version[i][0] ? f.languages.version[i] : "not there, its tasks are left out");
	text_addf(t, "%-20s %s\n", "model server", f.server_detail);
}

void doctor_bench_json(struct json *j)
{
	struct found f = look();
	json_begin_object(j, "bench");
	json_add_bool(j, "sandbox", f.sandbox);
	json_add_string(j, "sandbox_detail", f.sandbox_detail);
	json_begin_object(j, "languages");
	for (size_t i = 0; i < TASK_LANGUAGES; i++)
		json_add_string(j, run_settings_language(i), f.languages.version[i][0] ? f.languages.version[i] : NULL);
	json_end_object(j);
	json_add_bool(j, "server", f.server);
	json_add_string(j, "server_detail", f.server_detail);
	json_end_object(j);
}

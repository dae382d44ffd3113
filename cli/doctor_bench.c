/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/doctor_bench.h"

#include "benchmark/judge.h"
#include "benchmark/machine.h"
#include "benchmark/run_settings.h"
#include "benchmark/server.h"
#include "cli/bench_tables.h"
#include "core/auto.h"

#include <stdio.h>
#include <stdlib.h>

struct found {
	bool sandbox, server;
	char sandbox_detail[ERROR_TEXT_MAX], server_detail[ERROR_TEXT_MAX];
	struct judge_languages languages;
	struct machine machine;
	const struct machine_gpu *gpu; /* the largest; NULL: none */
	char tier[32], model[128], tier_detail[ERROR_TEXT_MAX]; /* tier: "" where there is none */
};

/* The site's own tiers where it has some. */
static void look_at_machine(struct found *f)
{
	AUTO_TEXT struct text table = text_make(BENCH_TABLE_MAX), notes = text_make(1 << 16);
	AUTO_FREE struct tiers *tiers = must_alloc(1, sizeof *tiers);
	char warning[TIER_WARNING_MAX] = "";
	struct slice all;
	struct error err = {0};
	machine_look("/sys", "/proc", &f->machine, &notes);
	f->gpu = machine_largest(&f->machine);
	if (bench_tables_tiers(NULL, &table, &all, &err) || tiers_read(all, tiers, &err)) {
		snprintf(f->tier_detail, sizeof f->tier_detail, "%s", err.text);
		return;
	}
	const struct tier *tier = tiers_for(tiers, f->gpu ? f->gpu->total_bytes : 0, warning);
	snprintf(f->tier_detail, sizeof f->tier_detail, "%s", warning);
	snprintf(f->tier, sizeof f->tier, "%s", tier ? tier->name : "");
	snprintf(f->model, sizeof f->model, "%s", tier ? tier->model : "");
}

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

/* The caller frees it. */
static struct found *look(void)
{
	struct found *f = must_alloc(1, sizeof *f);
	*f = (struct found){.sandbox = false};
	look_at_sandbox(f);
	look_for_server(f);
	look_at_machine(f);
	return f;
}

static void add_machine(const struct found *f, struct text *t)
{
	double bytes = (double)(f->gpu ? f->gpu->total_bytes : f->machine.memory_bytes);
	text_addf(t, "%-20s %s, %.1f GiB: %s%s%s%s\n", "graphics", f->gpu ? f->gpu->name : "none; memory of the machine",
		  bytes / (1 << 30), f->tier[0] ? "tier " : "no tier", f->tier, f->model[0] ? ", " : "", f->model);
	if (f->tier_detail[0])
		text_addf(t, "%-20s %s\n", "", f->tier_detail);
}

void doctor_bench_text(struct text *t)
{
	AUTO_FREE struct found *f = look();
	text_addf(t, "%-10s %-9s %s\n", "sandbox", f->sandbox ? "works" : "does not", f->sandbox_detail);
	for (size_t i = 0; i < TASK_LANGUAGES && f->sandbox; i++)
		text_addf(t, "%-20s %s: %s\n", "", run_settings_language(i),
			  f->languages.version[i][0] ? f->languages.version[i] : "not there, its tasks are left out");
	add_machine(f, t);
	text_addf(t, "%-20s %s\n", "model server", f->server_detail);
}

void doctor_bench_json(struct json *j)
{
	AUTO_FREE struct found *f = look();
	json_begin_object(j, "bench");
	json_add_bool(j, "sandbox", f->sandbox);
	json_add_string(j, "sandbox_detail", f->sandbox_detail);
	json_begin_object(j, "languages");
	for (size_t i = 0; i < TASK_LANGUAGES; i++)
		json_add_string(j, run_settings_language(i), f->languages.version[i][0] ? f->languages.version[i] : NULL);
	json_end_object(j);
	json_add_string(j, "gpu", f->gpu ? f->gpu->name : NULL);
	json_add_u64(j, "gpu_bytes", f->gpu ? f->gpu->total_bytes : 0);
	json_add_u64(j, "memory_bytes", f->machine.memory_bytes);
	json_add_string(j, "tier", f->tier[0] ? f->tier : NULL);
	json_add_string(j, "tier_model", f->model[0] ? f->model : NULL);
	json_add_string(j, "tier_detail", f->tier_detail);
	json_add_bool(j, "server", f->server);
	json_add_string(j, "server_detail", f->server_detail);
	json_end_object(j);
}

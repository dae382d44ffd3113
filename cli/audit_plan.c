/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_plan.h"

#include "cli/audit_keep.h"
#include "cli/audit_logs.h"
#include "core/clock.h"
#include "core/json.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { PLAN_MAX = 4 << 20 };

/* What is known of it without making anything. */
struct plan {
	char path[FILE_PATH_MAX];
	struct audit_state *state; /* owned */
	struct watch_roots roots;
	struct audit_room room;
	struct error trouble; /* for which the audit would not begin */
};

/* What would be done is told all the same. */
static void note_trouble(struct plan *p, enum status status)
{
	p->trouble.status = status;
}

/* A state folder that is not there yet is empty. */
static enum status look(const struct audit_order *o, struct plan *p, struct error *err)
{
	AUTO_STATE_FOLDER struct state_folder f = {.fd = -1, .audits = -1, .bundles = -1};
	enum status status = state_folder_path(o->state, p->path, err);
	if (!status && watch_roots_named(&o->own->audit))
		status = watch_roots_find(&o->own->audit, "/proc", &p->roots, err);
	if (!status && watch_roots_named(&o->own->audit))
		note_trouble(p, watch_roots_check(&p->roots, &o->own->audit, &p->trouble));
	if (status || faccessat(AT_FDCWD, p->path, F_OK, 0) != 0)
		return status;
	status = state_folder_open(o->state, &f, err);
	if (!status)
		status = audit_state_load(f.fd, f.path, p->state, err);
	if (!status)
		status = audit_keep(&f, o->own, clock_now().wall_ns, true, o->quiet, &p->room, err);
	if (!status && !p->trouble.status)
		note_trouble(p, audit_keep_check(&p->room, f.path, &p->trouble));
	return status;
}

static void add_log(const struct plan *p, const char *value, struct json *j)
{
	char name[AUDIT_TEXT_MAX], path[AUDIT_TEXT_MAX];
	audit_logs_split(value, name, path);
	const struct audit_log *last = audit_state_log(p->state, path);
	json_begin_object(j, NULL);
	json_add_string(j, "name", name);
	json_add_string(j, "path", path);
	if (last)
		json_add_u64(j, "from", last->place.offset);
	json_end_object(j);
}

static void add_logs(const struct plan *p, const struct policy_audit *a, struct json *j)
{
	static const enum policy_audit_list lists[] = {POLICY_AUDIT_LOGS, POLICY_AUDIT_APP_LOGS};
	json_begin_array(j, "logs");
	for (size_t l = 0; l < LENGTH(lists); l++)
		for (size_t i = 0; i < a->counts[lists[l]]; i++)
			add_log(p, a->lists[lists[l]][i], j);
	json_end_array(j);
}

static void add_json(const struct plan *p, const struct policy_audit *a, struct text *out)
{
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "state", p->path);
	json_add_string(&j, "scope", watch_roots_named(a) ? "apps" : "host");
	json_add_i64(&j, "duration_ns", a->duration_ns);
	json_add_i64(&j, "every_ns", a->every_ns);
	json_begin_array(&j, "pids");
	for (size_t i = 0; i < p->roots.count; i++)
		json_add_i64(&j, NULL, p->roots.pids[i]);
	json_end_array(&j);
	add_logs(p, a, &j);
	json_add_string(&j, "last_id", p->state->there ? p->state->last.id : NULL);
	json_add_time(&j, "last_ended_ns", p->state->there ? p->state->last.ended_ns : 0);
	json_add_u64(&j, "would_delete", p->room.gone);
	json_add_u64(&j, "used_bytes", p->room.used);
	json_add_u64(&j, "budget_bytes", a->budget);
	json_add_string(&j, "problem", p->trouble.status ? p->trouble.text : NULL);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static void add_text(const struct plan *p, const struct policy_audit *a, struct text *out)
{
	text_add_string(out, "State      ");
	text_add_printable(out, slice_of_string(p->path), sizeof p->path);
	text_addf(out, "\nWatch      %s for %lld s", watch_roots_named(a) ? "named programs" : "the whole machine",
		  (long long)(a->duration_ns / CLOCK_SECOND));
	for (size_t i = 0; i < p->roots.count; i++)
		text_addf(out, "%s%d", i ? ", " : ": processes ", (int)p->roots.pids[i]);
	text_addf(out, "\nLogs       %zu\n", a->counts[POLICY_AUDIT_LOGS] + a->counts[POLICY_AUDIT_APP_LOGS]);
	char ended[CLOCK_TEXT_MAX];
	clock_text(p->state->last.ended_ns, 0, ended);
	text_addf(out, "Last       %s\n", p->state->there ? ended : "none");
	text_addf(out, "Retention  %u would go\nBudget     %llu of %llu MiB\n", p->room.gone, (unsigned long long)(p->room.used >> 20),
		  (unsigned long long)(a->budget >> 20));
}

enum status audit_plan_print(const struct audit_order *o, bool json, struct error *err)
{
	struct plan *p = must_alloc(1, sizeof *p);
	AUTO_TEXT struct text out = text_make(PLAN_MAX);
	p->state = must_alloc(1, sizeof *p->state);
	enum status status = look(o, p, err);
	if (!status && json)
		add_json(p, &o->own->audit, &out);
	else if (!status)
		add_text(p, &o->own->audit, &out);
	if (!status && fwrite(out.at, 1, out.size, stdout) != out.size)
		status = fail(err, ERR_IO, "cannot write to standard output");
	if (!status && p->trouble.status)
		status = fail(err, p->trouble.status, "%s", p->trouble.text);
	watch_roots_free(&p->roots);
	free(p->state);
	free(p);
	return status;
}

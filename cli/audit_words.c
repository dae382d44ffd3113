/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_words.h"

#include "cli/apps.h"
#include "core/clock.h"

#include <stdio.h>
#include <stdlib.h>

enum { APP_LOGS = 32 };

static void add_option(struct audit_words *w, const char *name, const char *value)
{
	w->at[w->count++] = name;
	w->at[w->count++] = value;
}

static enum status add_logs(struct audit_words *w, const struct policy_audit *a, struct error *err)
{
	size_t count = 0;
	enum status status = OK;
	w->logs = must_alloc(APP_LOGS, sizeof *w->logs);
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_APP] && !status; i++)
		status = apps_logs(a->lists[POLICY_AUDIT_APP][i], w->logs, APP_LOGS, &count, err);
	for (size_t i = 0; i < count; i++)
		add_option(w, "--context-log", w->logs[i]);
	for (size_t i = 0; i < a->counts[POLICY_AUDIT_APP_LOGS]; i++)
		add_option(w, "--app-log", a->lists[POLICY_AUDIT_APP_LOGS][i]);
	return status;
}

static void add_each(struct audit_words *w, const char *name, const char *const values[], size_t count)
{
	for (size_t i = 0; i < count; i++)
		add_option(w, name, values[i]);
}

/* Those that run, and by what those are known that start later. */
static void add_roots(struct audit_words *w, const struct watch_roots *roots)
{
	const struct named *n = &roots->named;
	size_t numbers = 0;
	for (size_t i = 0; i < roots->count; i++) {
		snprintf(w->numbers[numbers], sizeof *w->numbers, "%d", (int)roots->pids[i]);
		add_option(w, i ? "--also-pid" : "--pid", w->numbers[numbers++]);
	}
	for (size_t i = 0; i < n->user_count; i++) {
		snprintf(w->numbers[numbers], sizeof *w->numbers, "%u", (unsigned)n->users[i]);
		add_option(w, "--later-user", w->numbers[numbers++]);
	}
	add_each(w, "--later-exe", n->exes, n->exe_count);
	add_each(w, "--later-unit", n->units, n->unit_count);
	add_each(w, "--later-cgroup", n->groups, n->group_count);
}

enum status audit_words_make(const struct policy_audit *a, const struct watch_roots *roots, const char *ring,
			     struct audit_words *ret, struct error *err)
{
	*ret = (struct audit_words){.count = 0};
	snprintf(ret->duration, sizeof ret->duration, "%lldms", (long long)(a->duration_ns / CLOCK_MILLISECOND));
	add_option(ret, "--duration", ret->duration);
	if (ring)
		add_option(ret, "--ring", ring);
	ret->numbers = must_alloc(WATCH_ROOTS_MAX + NAMED_MAX, sizeof *ret->numbers);
	if (roots)
		add_roots(ret, roots);
	return add_logs(ret, a, err);
}

void audit_words_free(struct audit_words *w)
{
	free(w->numbers);
	free(w->logs);
	*w = (struct audit_words){.count = 0};
}

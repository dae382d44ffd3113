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

enum status audit_words_make(const struct policy_audit *a, const struct watch_roots *roots, const char *ring,
			     struct audit_words *ret, struct error *err)
{
	*ret = (struct audit_words){.count = 0};
	snprintf(ret->duration, sizeof ret->duration, "%lldms", (long long)(a->duration_ns / CLOCK_MILLISECOND));
	add_option(ret, "--duration", ret->duration);
	if (ring)
		add_option(ret, "--ring", ring);
	ret->numbers = must_alloc(WATCH_ROOTS_MAX, sizeof *ret->numbers);
	for (size_t i = 0; roots && i < roots->count; i++) {
		snprintf(ret->numbers[i], sizeof *ret->numbers, "%d", (int)roots->pids[i]);
		add_option(ret, i ? "--also-pid" : "--pid", ret->numbers[i]);
	}
	return add_logs(ret, a, err);
}

void audit_words_free(struct audit_words *w)
{
	free(w->numbers);
	free(w->logs);
	*w = (struct audit_words){.count = 0};
}

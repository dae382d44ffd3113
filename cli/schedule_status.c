/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/schedule_status.h"

#include "cli/schedule_command.h"
#include "cli/schedule_files.h"
#include "cli/schedule_state.h"
#include "core/clock.h"
#include "core/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_MAX = 1 << 18 };

struct looked {
	const struct schedule_system *system;
	const struct schedule_scope *scope;
	bool user, installed;
	enum schedule_found found[SCHEDULE_FILES_MAX];
	char paths[SCHEDULE_FILES_MAX][FILE_PATH_MAX];
	size_t count;
	struct schedule_times times; /* `every` of 0: not known */
	int64_t next_ns;             /* 0: not known, or never */
	bool asked, active;          /* did the scheduler answer, and is it waiting for the time? */
	bool told;                   /* is next_ns of the scheduler itself? */
	struct schedule_state last;
};

static enum status look_at_files(struct looked *l, const char *root, struct error *err)
{
	enum status status = OK;
	l->installed = true;
	for (; l->count < SCHEDULE_FILES_MAX && l->scope->files[l->count].path && !status; l->count++) {
		enum schedule_found *found = &l->found[l->count];
		struct schedule_times times = {0};
		status = schedule_system_path(&l->scope->files[l->count], root, l->paths[l->count], err);
		if (!status)
			status = schedule_files_look(l->paths[l->count], found, &times, err);
		if (!status && *found == SCHEDULE_OURS)
			l->times = times; /* of the last one: the timer, where there are two */
		l->installed = l->installed && *found == SCHEDULE_OURS;
	}
	l->installed = l->installed && l->count > 0;
	return status;
}

/* Only systemd tells: it knows its own delay, and whether the timer was started at all. */
static void ask_systemd(struct looked *l)
{
	static const char timer[] = "airgap-verify-audit.timer";
	static const char active[] = "ActiveState", next[] = "NextElapseUSecRealtime";
	const char *const machine[] = {"env", "TZ=UTC", "LC_ALL=C", "systemctl", "show", "-p", active, "-p", next, timer, NULL};
	const char *const user[] = {"env", "TZ=UTC", "LC_ALL=C", "systemctl", "--user", "show", "-p", active, "-p", next,
				    timer, NULL};
	AUTO_TEXT struct text answer = text_make(SCHEDULE_ANSWER_MAX);
	l->asked = schedule_command_run(l->user ? user : machine, &answer, NULL) == OK;
	if (!l->asked)
		return;
	struct slice all = text_slice(&answer);
	l->active = slice_search(all, SLICE("ActiveState=active")) < all.size;
	l->next_ns = schedule_command_time(all, next);
}

static enum status look(struct looked *l, const char *root, struct error *err)
{
	enum status status = look_at_files(l, root, err);
	if (status)
		return status;
	schedule_state_read(root, l->user, &l->last);
	if (l->installed && !root && !strcmp(l->system->name, "systemd") && schedule_system_runs(l->system))
		ask_systemd(l);
	l->told = l->next_ns != 0;
	if (l->installed && !l->told && l->times.every && (!l->asked || l->active))
		l->next_ns = schedule_times_next(&l->times, clock_now().wall_ns);
	return OK;
}

static const char *const found_words[] = {
	[SCHEDULE_ABSENT] = "absent", [SCHEDULE_OURS] = "installed", [SCHEDULE_FOREIGN] = "not ours"};

static void add_time(struct text *t, int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	clock_text(ns, 0, text);
	text_add_string(t, text);
}

static void add_next(const struct looked *l, struct text *t)
{
	text_add_string(t, "Next run   ");
	if (l->next_ns)
		add_time(t, l->next_ns);
	else
		text_add_string(t, !l->installed ? "never: nothing is installed (airgap-verify schedule install)"
				   : l->asked && !l->active ? "never: the timer is not started (airgap-verify schedule install starts it)"
							    : "not known: the line with the times was changed");
	if (l->next_ns && !l->told)
		text_add_string(t, " (computed; the scheduler may add a delay)");
	text_add_char(t, '\n');
}

static void add_last(const struct schedule_state *last, struct text *t)
{
	text_add_string(t, "Last run   ");
	if (last->ended_ns) {
		add_time(t, last->ended_ns);
		text_add_string(t, ": ");
		text_add_printable(t, slice_of_string(last->verdict), SCHEDULE_WORD_MAX);
		text_add_string(t, " (");
		text_add_printable(t, slice_of_string(last->id), SCHEDULE_WORD_MAX);
		text_add_string(t, ")\n");
	} else {
		text_addf(t, "not known: %s\n", last->known ? "no audit has ended yet" : last->why);
	}
	if (!last->trouble_ns)
		return;
	text_add_string(t, "Trouble    ");
	add_time(t, last->trouble_ns);
	text_add_string(t, ": ");
	text_add_printable(t, slice_of_string(last->trouble), SCHEDULE_TROUBLE_MAX);
	text_add_char(t, '\n');
}

static void add_text(const struct looked *l, struct text *t)
{
	text_addf(t, "Schedule   %s, %s: %s\n", l->system->name, l->user ? "for one user" : "for the whole machine",
		  l->installed ? "installed" : "not installed");
	for (size_t i = 0; i < l->count; i++)
		text_addf(t, "           %s (%s)\n", l->paths[i], found_words[l->found[i]]);
	if (l->times.every)
		text_addf(t, "When       %02u:%02u, every %u h, by the machine's own clock\n", l->times.hour, l->times.minute,
			  l->times.every);
	add_next(l, t);
	add_last(&l->last, t);
}

static void add_json_files(const struct looked *l, struct json *j)
{
	json_begin_array(j, "files");
	for (size_t i = 0; i < l->count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "path", l->paths[i]);
		json_add_string(j, "state", found_words[l->found[i]]);
		json_end_object(j);
	}
	json_end_array(j);
}

static void add_json(const struct looked *l, struct text *t)
{
	struct json j = json_on(t);
	char at[8];
	snprintf(at, sizeof at, "%02u:%02u", l->times.hour % 24, l->times.minute % 60);
	json_begin_object(&j, NULL);
	json_add_string(&j, "system", l->system->name);
	json_add_string(&j, "scope", l->user ? "user" : "machine");
	json_add_bool(&j, "installed", l->installed);
	add_json_files(l, &j);
	json_add_string(&j, "at", l->times.every ? at : NULL);
	if (l->times.every)
		json_add_u64(&j, "every_hours", l->times.every);
	else
		json_add_null(&j, "every_hours");
	if (l->asked)
		json_add_bool(&j, "active", l->active);
	else
		json_add_null(&j, "active");
	json_add_time(&j, "next_ns", l->next_ns);
	json_add_string(&j, "next_from", !l->next_ns ? NULL : l->told ? "scheduler" : "computed");
	json_begin_object(&j, "last");
	json_add_bool(&j, "known", l->last.ended_ns != 0);
	json_add_string(&j, "why", l->last.known ? NULL : l->last.why);
	json_add_string(&j, "id", *l->last.id ? l->last.id : NULL);
	json_add_time(&j, "ended_ns", l->last.ended_ns);
	json_add_string(&j, "verdict", *l->last.verdict ? l->last.verdict : NULL);
	json_add_time(&j, "trouble_ns", l->last.trouble_ns);
	json_add_string(&j, "trouble", l->last.trouble_ns ? l->last.trouble : NULL);
	json_end_object(&j);
	json_end_object(&j);
	text_add_char(t, '\n');
}

enum status schedule_status_print(const struct schedule_system *s, const char *root, bool user, bool json,
				  struct error *err)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	struct looked *l = must_alloc(1, sizeof *l);
	*l = (struct looked){.system = s, .scope = user ? &s->user : &s->machine, .user = user};
	enum status status = look(l, root, err);
	if (!status && json)
		add_json(l, &out);
	else if (!status)
		add_text(l, &out);
	free(l);
	fputs(text_string(&out), stdout);
	return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The machine and its tier.
 */
#include "benchmark/run_parts.h"

#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <string.h>

enum { NOTES_MAX = 1 << 16 };

/* What the tier is chosen by, and where that is from. */
struct room {
	uint64_t bytes, graphics_bytes;
	const char *from;
};

static struct room room_of(const struct run *r)
{
	const struct machine_gpu *largest = machine_largest(&r->machine);
	if (r->settings->vram_bytes)
		return (struct room){r->settings->vram_bytes, r->settings->vram_bytes, "--vram"};
	const char *from = r->settings->machine_count ? "--machine" : largest ? "gpu" : "memory";
	/* the processor's own memory is not measured by the tiers of graphics memory */
	return largest ? (struct room){largest->total_bytes, largest->total_bytes, from}
		       : (struct room){r->machine.memory_bytes, 0, from};
}

static const struct tier *tier_called(const struct tiers *t, const char *name)
{
	for (size_t i = 0; i < t->count; i++)
		if (!strcmp(t->at[i].name, name))
			return &t->at[i];
	return NULL;
}

static enum status unknown_tier(const struct run *r, struct error *err)
{
	AUTO_TEXT struct text names = text_make(4096);
	for (size_t i = 0; i < r->tiers.count; i++)
		text_addf(&names, "%s\"%s\"", i ? ", " : "", r->tiers.at[i].name);
	return fail(err, ERR_USAGE, "no tier is called \"%s\"; there are %s", r->settings->tier, text_string(&names));
}

static void say_notes(const struct run *r, struct slice notes)
{
	struct cursor lines = cursor_over(notes);
	struct slice line;
	while (cursor_line(&lines, &line, NULL))
		run_say(r, "%.*s", (int)line.size, line.size ? (const char *)line.at : "");
}

/* One recorded file, or the session folder in which there is one. */
static enum status read_told(struct run *r, const char *path, struct error *err)
{
	AUTO_TEXT struct text text = text_make(MACHINE_TOLD_MAX);
	AUTO_FD int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum status status = file_read(folder >= 0 ? folder : AT_FDCWD, folder >= 0 ? "session.json" : path, MACHINE_TOLD_MAX,
				       &text, err);
	if (status)
		return fail_in(err, "--machine"); /* it names the file */
	status = machine_told(text_slice(&text), &r->machine, err);
	return status ? fail_in(err, "--machine: %s", path) : OK;
}

/* This machine, or the one that told of itself. */
static enum status look(struct run *r, struct error *err)
{
	enum status status = OK;
	r->machine_notes = text_make(NOTES_MAX);
	if (r->settings->machine_count == 0) {
		machine_look("/sys", "/proc", &r->machine, &r->machine_notes);
		return OK;
	}
	for (size_t i = 0; i < r->settings->machine_count && !status; i++)
		status = read_told(r, r->settings->machines[i], err);
	struct error why = {0};
	if (!status && machine_told_end(&r->machine, &r->machine_notes, &why) && !r->settings->vram_bytes)
		status = fail(err, why.status, "%s", why.text);
	text_add_string(&r->machine_notes, "--machine: the tier is that of the machine which told of itself; how fast the models are is "
					   "measured on this one\n");
	return status;
}

enum status run_machine(struct run *r, struct error *err)
{
	enum status status = tiers_read(r->order->tiers, &r->tiers, err);
	if (!status)
		status = look(r, err);
	if (status)
		return status;
	struct room room = room_of(r);
	if (!strcmp(r->settings->tier, "auto")) {
		r->tier = tiers_for(&r->tiers, room.graphics_bytes, r->tier_warning);
	} else {
		r->tier = tier_called(&r->tiers, r->settings->tier);
		room.from = "--tier";
		if (!r->tier)
			return unknown_tier(r, err);
	}
	r->tier_from = room.from;
	r->tier_bytes = room.bytes;
	r->graphics_bytes = room.graphics_bytes;
	run_say(r, "%.1f GiB (%s): %s%s", (double)room.bytes / (double)(1 << 30), room.from,
		r->tier ? "tier " : "no tier", r->tier ? r->tier->name : "");
	if (r->tier_warning[0])
		run_say(r, "%s", r->tier_warning);
	say_notes(r, text_slice(&r->machine_notes));
	return OK;
}

enum status run_machine_record(struct run *r, struct error *err)
{
	struct record_machine m = {&r->machine, r->tier ? r->tier->name : "", r->tier_from, r->tier_bytes, r->tier_warning,
				   text_slice(&r->machine_notes)};
	return record_machine(r->record, &m, err);
}

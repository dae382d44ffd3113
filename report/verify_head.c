/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the evidence log the one of which a second place was told while it was written? Whoever has
 * the folder and the key can seal another session in its place, or the same one cut; what lies
 * where they cannot write tells.
 */
#include "core/clock.h"
#include "report/head_log.h"
#include "report/seal.h"
#include "report/verify_state.h"

#include <stdio.h>
#include <string.h>

enum { NAMED = 5 };

bool verify_head_fits(struct verifying *v, struct head_log *l, const char *path, const struct head_told *t)
{
	char when[CLOCK_TEXT_MAX], where[32] = "";
	unsigned char found[HASH_SIZE];
	clock_text(t->head.wall_ns, 3, when);
	if (t->line)
		snprintf(where, sizeof where, " (line %llu)", (unsigned long long)t->line);
	unsigned long long told = t->head.bytes;
	if (t->head.bytes > l->size)
		verify_problem(v, VERIFY_BAD, path, "ends at byte %llu; %.200s was told of %llu at %s%s: it was cut, or another was put in its place",
			       (unsigned long long)l->size, v->options->head_file, told, when, where);
	else if (!head_log_hash(l, t->head.bytes, found))
		verify_problem(v, VERIFY_UNKNOWN, path, "cannot be read up to byte %llu", told);
	else if (memcmp(found, t->head.sha256, HASH_SIZE) != 0)
		verify_problem(v, VERIFY_BAD, path, "its first %llu bytes are not those of which %.200s was told at %s%s: it was written anew",
			       told, v->options->head_file, when, where);
	else if (t->head.state == HEAD_END && t->head.bytes != l->size)
		verify_problem(v, VERIFY_BAD, path, "goes on behind byte %llu, where it ended when %.200s was told at %s%s",
			       told, v->options->head_file, when, where);
	else
		return true;
	return false;
}

static void hold_against(struct verifying *v, struct head_log *l)
{
	const struct head_file *f = &v->heads;
	char first[CLOCK_TEXT_MAX], last[CLOCK_TEXT_MAX];
	if (!f->told_count) {
		verify_problem(v, VERIFY_BAD, l->path, "is of the session %.40s, of which %.200s was never told: another one was put in "
			       "its place, or it ran without this second place", f->session[0] ? f->session : "(unknown)", v->options->head_file);
		return;
	}
	for (size_t i = 0; i < f->told_count; i++)
		if (!verify_head_fits(v, l, l->path, &f->told[i]))
			return; /* all behind it do not fit either */
	const struct head *end = &f->told[f->told_count - 1].head;
	v->result->heads = f->told_count;
	clock_text(f->told[0].head.wall_ns, 0, first);
	clock_text(end->wall_ns, 0, last);
	verify_proven(v, "%s begins with the %llu bytes of which %.200s was told from %s to %s, in %zu %s", l->path,
		      (unsigned long long)end->bytes, v->options->head_file, first, last, f->told_count,
		      text_plural(f->told_count, "head", "heads"));
	if (end->state != HEAD_END)
		verify_not_proven(v, "what stands in %s behind byte %llu: %.200s was not told how it ended", l->path,
				  (unsigned long long)end->bytes, v->options->head_file);
}

static void note_others(struct verifying *v)
{
	struct verify_result *r = v->result;
	const struct head_file *f = &v->heads;
	size_t count = f->other_count < VERIFY_OTHERS_MAX ? f->other_count : VERIFY_OTHERS_MAX;
	struct verify_other *others = arena_alloc(r->arena, (count + 1) * sizeof *others);
	AUTO_TEXT struct text names = text_make(4096);
	if (f->reader.unreadable)
		verify_not_proven(v, "what %llu %s of %.200s said that could not be read (the first: %s)",
				  (unsigned long long)f->reader.unreadable, text_plural(f->reader.unreadable, "line", "lines"),
				  v->options->head_file, f->reader.why);
	if (f->cut)
		verify_not_proven(v, "what all of %.200s says: there are more heads in it than are kept here", v->options->head_file);
	for (size_t i = 0; others && i < count; i++) {
		const struct head_session *s = &f->others[i];
		const char *id = arena_string(r->arena, slice_of_string(s->id));
		others[i] = (struct verify_other){id ? id : "", s->from_ns, s->to_ns, s->ended};
		if (i + NAMED >= f->other_count)
			text_addf(&names, "%s%s", names.size ? ", " : "", s->id);
	}
	r->others = others;
	r->other_count = others ? count : 0;
	if (f->other_count)
		verify_not_proven(v, "where the folders of %zu other %s are of which %.200s was told (the last: %s)", f->other_count,
				  text_plural(f->other_count, "session", "sessions"), v->options->head_file, text_string(&names));
}

enum status verify_heads(struct verifying *v, struct error *err)
{
	struct error why = {0};
	char session[HEAD_SESSION_MAX] = "", derived[HASH_TEXT_MAX];
	if (!v->options->head_file)
		return OK;
	AUTO_HEAD_LOG struct head_log log;
	bool there = head_log_open(v->source, &log, &why) == OK;
	if (there)
		head_log_session(&log, session);
	uint64_t follow = v->options->head_register ? v->options->head_register->log_bytes : 0;
	enum status status = head_file_read(v->options->head_file, session, follow, &v->heads, err);
	if (!status && !v->options->head_register && !v->heads.reader.heads)
		status = fail(err, ERR_MALFORMED, "--head: %s: holds no head of any evidence log; it takes " HEAD_FILE " or what journalctl "
			      "-o export prints", v->options->head_file);
	if (status)
		return status;
	verify_derived(v, derived);
	if (!there)
		verify_problem(v, VERIFY_UNKNOWN, log.path, "cannot be held against %.200s (%s)", v->options->head_file, why.text);
	else if (derived[0])
		verify_not_proven(v, "anything by %.200s: it was told of the original, and this is a redacted copy", v->options->head_file);
	else
		hold_against(v, &log);
	if (v->options->head_register)
		verify_register(v);
	note_others(v);
	return OK;
}

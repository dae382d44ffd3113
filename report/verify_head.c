/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Is the evidence log the one of which a second place was told while it was written? Whoever has
 * the folder and the key can seal another session in its place, or the same one cut; what lies
 * where they cannot write tells.
 */
#include "core/auto.h"
#include "core/chain.h"
#include "core/clock.h"
#include "core/json.h"
#include "report/seal.h"
#include "report/verify_state.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 1 << 18, FIRST_LINE_MAX = 4096, NAMED = 5 };

/* The evidence log, and how far its hash was taken. */
struct log {
	int fd;
	const char *path;
	uint64_t at, size, hashed;
	struct hash *running;
};

static enum status open_log(const struct verifying *v, struct log *l, struct error *err)
{
	l->path = verify_source_has(v->source, SEAL_EVIDENCE) ? SEAL_EVIDENCE : SEAL_EVIDENCE_RAW;
	return verify_source_open(v->source, l->path, &l->fd, &l->at, &l->size, err);
}

static void close_log(struct log *l)
{
	auto_close(&l->fd);
	hash_free(l->running);
}

static ssize_t read_piece(const struct log *l, unsigned char *to, size_t max)
{
	ssize_t got;
	if (max > l->size - l->hashed)
		max = (size_t)(l->size - l->hashed);
	while ((got = pread(l->fd, to, max, (off_t)(l->at + l->hashed))) < 0 && errno == EINTR)
		;
	return got;
}

/* Of which session it says to be, in its first line; "" where it does not. */
static void read_session(const struct log *l, char ret[static HEAD_SESSION_MAX])
{
	unsigned char bytes[FIRST_LINE_MAX];
	struct json_member m[] = {{.key = "session"}};
	struct slice line;
	ssize_t got = read_piece(l, bytes, sizeof bytes);
	struct cursor c = cursor_over(slice_of(bytes, got > 0 ? (size_t)got : 0));
	ret[0] = 0;
	if (cursor_until(&c, '\n', sizeof bytes, &line) && !json_read_object(line, m, 1, NULL) &&
	    m[0].value.type == JSON_STRING && !slice_to_string(m[0].value.raw, ret, HEAD_SESSION_MAX))
		ret[0] = 0;
}

/* The hash of its first `bytes` bytes, which are no fewer than last time. */
static bool hash_up_to(struct log *l, uint64_t bytes, unsigned char ret[static HASH_SIZE])
{
	AUTO_FREE unsigned char *piece = must_alloc(PIECE, 1);
	while (l->hashed < bytes) {
		uint64_t left = bytes - l->hashed;
		ssize_t got = read_piece(l, piece, left < PIECE ? (size_t)left : PIECE);
		if (got <= 0)
			return false;
		hash_add(l->running, slice_of(piece, (size_t)got));
		l->hashed += (uint64_t)got;
	}
	hash_peek(l->running, ret);
	return true;
}

/* False where it does not fit: that is noted, and names the line that shows it. */
static bool fits(struct verifying *v, struct log *l, const struct head_told *t)
{
	char when[CLOCK_TEXT_MAX], where[32] = "";
	unsigned char found[HASH_SIZE];
	clock_text(t->head.wall_ns, 3, when);
	if (t->line)
		snprintf(where, sizeof where, " (line %llu)", (unsigned long long)t->line);
	unsigned long long told = t->head.bytes;
	if (t->head.bytes > l->size)
		verify_problem(v, VERIFY_BAD, l->path, "ends at byte %llu; %.200s was told of %llu at %s%s: it was cut, or another was put in its place",
			       (unsigned long long)l->size, v->options->head_file, told, when, where);
	else if (!hash_up_to(l, t->head.bytes, found))
		verify_problem(v, VERIFY_UNKNOWN, l->path, "cannot be read up to byte %llu", told);
	else if (memcmp(found, t->head.sha256, HASH_SIZE) != 0)
		verify_problem(v, VERIFY_BAD, l->path, "its first %llu bytes are not those of which %.200s was told at %s%s: it was written anew",
			       told, v->options->head_file, when, where);
	else if (t->head.state == HEAD_END && t->head.bytes != l->size)
		verify_problem(v, VERIFY_BAD, l->path, "goes on behind byte %llu, where it ended when %.200s was told at %s%s",
			       told, v->options->head_file, when, where);
	else
		return true;
	return false;
}

static void hold_against(struct verifying *v, struct log *l)
{
	const struct head_file *f = &v->heads;
	char first[CLOCK_TEXT_MAX], last[CLOCK_TEXT_MAX];
	if (!f->told_count) {
		verify_problem(v, VERIFY_BAD, l->path, "is of the session %.40s, of which %.200s was never told: another one was put in "
			       "its place, or it ran without this second place", f->session[0] ? f->session : "(unknown)", v->options->head_file);
		return;
	}
	for (size_t i = 0; i < f->told_count; i++)
		if (!fits(v, l, &f->told[i]))
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
	__attribute__((cleanup(close_log))) struct log log = {.fd = -1, .running = hash_new()};
	bool there = open_log(v, &log, &why) == OK;
	if (there)
		read_session(&log, session);
	enum status status = head_file_read(v->options->head_file, session, &v->heads, err);
	if (!status && !v->heads.reader.heads)
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
	note_others(v);
	return OK;
}

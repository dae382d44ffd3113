/* SPDX-License-Identifier: Apache-2.0 */
/*
 * evidence.ndjson. The signatures of its checkpoints hold for bytes that are no longer the
 * same; they are not carried over, and nobody can make them again: their keys are erased.
 * The copy gets checkpoints of its own where there were some, by keys that are made here and
 * erased here. They prove that nothing was changed since it was redacted; its first line
 * says what it was derived from.
 */
#include "redact/copy_parts.h"

#include "core/capture_name.h"
#include "core/chain.h"

#include <stdio.h>
#include <string.h>

enum { OVERRIDES_MAX = 6, VALUES_MAX = 1024, PROOF_NAME_MAX = 24 };

struct evidence {
	struct copy *c;
	struct chain_writer *chain; /* owned */
	struct sink *out;
	char values[VALUES_MAX]; /* what overrides point into */
	size_t used;
	struct member_override overrides[OVERRIDES_MAX];
	size_t override_count;
};

static void end_evidence(struct evidence *e)
{
	chain_writer_free(e->chain);
}

static void add_value(struct evidence *e, const char *key, int size)
{
	if (size < 0 || (size_t)size >= VALUES_MAX - e->used)
		die("the values of a record do not fit");
	e->overrides[e->override_count++] = (struct member_override){NULL, key, slice_of(e->values + e->used, (size_t)size)};
	e->used += (size_t)size;
}

static void set_string(struct evidence *e, const char *key, const char *value)
{
	add_value(e, key, snprintf(e->values + e->used, VALUES_MAX - e->used, "\"%s\"", value));
}

static void set_number(struct evidence *e, const char *key, uint64_t value)
{
	add_value(e, key, snprintf(e->values + e->used, VALUES_MAX - e->used, "%llu", (unsigned long long)value));
}

static void leave_out(struct evidence *e, const char *key)
{
	e->overrides[e->override_count++] = (struct member_override){.key = key};
}

static void on_open(struct evidence *e)
{
	unsigned char key[KEY_PUBLIC_SIZE];
	AUTO_TEXT struct text hex = text_make(2 * KEY_PUBLIC_SIZE);
	chain_first_key(e->chain, key);
	text_add_hex(&hex, key, sizeof key);
	set_string(e, "derived_from", e->c->derived_from);
	set_string(e, "next_key", text_string(&hex));
}

static void on_posture(struct evidence *e)
{
	set_string(e, "sha256", e->c->posture_sha256);
	set_number(e, "size", e->c->posture_size);
}

/* The files of the capture are there under their own names, and of other bytes. */
static void on_capture(struct evidence *e, const struct json_value *path)
{
	char name[CAPTURE_NAME_MAX];
	if (path->type == JSON_STRING && capture_number(path->raw) && slice_to_string(path->raw, name, sizeof name))
		set_string(e, "path", name);
	leave_out(e, "sha256");
	leave_out(e, "size");
	leave_out(e, "packets");
}

/* What an isolation tried has names of ours (links, tcp4, …), where other names are people's. */
static void on_proof(struct evidence *e, const struct json_value *name)
{
	char word[PROOF_NAME_MAX + 1];
	if (name->type != JSON_STRING || !slice_to_string(name->raw, word, sizeof word))
		return;
	if (strspn(word, "abcdefghijklmnopqrstuvwxyz0123456789_") == strlen(word))
		set_string(e, "name", word);
}

static void on_log(struct evidence *e, const struct json_value *copied)
{
	const struct copy_log *log = copied->type == JSON_STRING ? copy_log_of(e->c, copied->raw) : NULL;
	if (!log) {
		leave_out(e, "copy");
		return;
	}
	set_string(e, "copy", log->path);
	set_number(e, "copied_from", 0);
	set_number(e, "before", log->before);
	set_number(e, "after", log->size);
}

/* {"kernel":0,…}: names of witnesses and numbers. */
static void write_lost(struct copy *c, const struct json_value *lost, struct text *ret)
{
	struct slice key;
	struct json_value value;
	struct json j = json_on(ret);
	json_begin_object(&j, NULL);
	for (struct cursor members = json_object(lost); json_next_member(&members, &key, &value);) {
		char name[64];
		uint64_t number;
		if (!slice_to_string(key, name, sizeof name) || !json_u64(&value, UINT64_MAX, &number))
			continue;
		mask_text(c->p, MASK_TEXT, (unsigned char *)name, strlen(name));
		json_add_u64(&j, name, number);
	}
	json_end_object(&j);
}

static enum status write_checkpoint(struct evidence *e, struct slice line)
{
	enum { T, MONO, LOST, NEXT, COUNT };
	struct json_member m[COUNT] = {[T] = {.key = "t"}, [MONO] = {.key = "mono"}, [LOST] = {.key = "lost"},
				       [NEXT] = {.key = "next_key"}};
	AUTO_TEXT struct text lost = text_make(CHAIN_LINE_MAX);
	struct clock_pair when = {0};
	if (json_read_object(line, m, COUNT, NULL) || !json_i64(&m[T].value, &when.wall_ns))
		return ERR_MALFORMED;
	(void)json_i64(&m[MONO].value, &when.mono_ns);
	if (m[LOST].value.type == JSON_OBJECT)
		write_lost(e->c, &m[LOST].value, &lost);
	chain_checkpoint(e->chain, when, lost.size ? text_slice(&lost) : SLICE("{}"), m[NEXT].value.type != JSON_STRING,
			 &e->out->text);
	return OK;
}

/* The kernel keeps 15 bytes of a program's name (comm, of proc(5)). */
static void note_cut(struct copy *c, const struct json_value *comm, const struct json_value *exe)
{
	enum { COMM_MAX = 15 };
	if (comm->type != JSON_STRING || exe->type != JSON_STRING || comm->raw.size != COMM_MAX)
		return;
	struct slice name = exe->raw;
	for (size_t slash; (slash = slice_find(name, '/')) < name.size;)
		name = slice_part(name, slash + 1, name.size);
	size_t from = COMM_MAX, end = COMM_MAX;
	if (!slice_equal(slice_part(name, 0, COMM_MAX), comm->raw))
		return;
	while (from > 0 && pseudonym_is_part(name.at[from - 1]))
		from--;
	while (end < name.size && pseudonym_is_part(name.at[end]))
		end++;
	pseudonyms_note_cut(c->p, slice_part(name, from, COMM_MAX - from), slice_part(name, from, end - from));
}

static enum status write_line(struct evidence *e, struct slice line)
{
	enum { KIND, COPY, COMM, EXE, PROOF, PATH, COUNT };
	struct json_member m[COUNT] = {[KIND] = {.key = "kind"}, [COPY] = {.key = "copy"}, [COMM] = {.key = "comm"},
				       [EXE] = {.key = "exe"}, [PROOF] = {.key = "name"},
				       [PATH] = {.key = "path"}};
	struct json_value object;
	if (line.size > CHAIN_LINE_MAX || json_read(line, &object, NULL) || object.type != JSON_OBJECT ||
	    json_read_object(line, m, COUNT, NULL) || m[KIND].value.type != JSON_STRING)
		return ERR_MALFORMED;
	const struct slice kind = m[KIND].value.raw;
	if (slice_is(kind, "checkpoint"))
		return write_checkpoint(e, line);
	e->override_count = 0;
	e->used = 0;
	if (slice_is(kind, "open"))
		on_open(e);
	else if (slice_is(kind, "session"))
		set_string(e, "sha256", e->c->session_sha256);
	else if (slice_is(kind, "posture") && e->c->posture_size)
		on_posture(e);
	else if (slice_is(kind, "applog"))
		on_log(e, &m[COPY].value);
	else if (slice_is(kind, "capture"))
		on_capture(e, &m[PATH].value);
	else if (slice_is(kind, "isolation_proof"))
		on_proof(e, &m[PROOF].value);
	note_cut(e->c, &m[COMM].value, &m[EXE].value);
	size_t from = e->out->text.size;
	copy_record(e->c, &object, e->overrides, e->override_count, e->out);
	text_add_char(&e->out->text, '\n');
	chain_add(e->chain, slice_part(text_slice(&e->out->text), from, e->out->text.size - from));
	return OK;
}

enum status copy_evidence(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	__attribute__((cleanup(end_evidence))) struct evidence e = {
		.c = c, .chain = chain_writer_new(), .out = out};
	struct cursor lines = cursor_over(whole);
	struct slice line;
	bool whole_line = true;
	enum status status = OK;
	for (uint64_t number = 1; !status && cursor_line(&lines, &line, &whole_line); number++) {
		if (!whole_line)
			break; /* the line that broke off was never sealed, and cannot be read */
		if (write_line(&e, line))
			return fail(err, ERR_MALFORMED, "line %llu: cannot be read", (unsigned long long)number);
		status = sink_flush(out, false, err);
	}
	return status;
}

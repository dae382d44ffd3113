/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/evidence.h"

#include "core/file.h"

#include <stdio.h>
#include <stdlib.h>

enum {
	BUFFER_MAX = 4 << 20,
	FLUSH_SIZE = 256 << 10, /* handed over at the latest when this much waits */
};

struct evidence {
	int fd;
	char name[256];
	struct chain_writer *chain;
	struct text buffer; /* whole lines not yet written */
	struct text line;   /* the record being made */
	struct json json;
	uint64_t records;
	int64_t last_checkpoint_ns;
	struct error failure;
};

static void write_first(struct evidence *e, const char *session)
{
	struct clock_pair now = clock_now();
	unsigned char key[KEY_PUBLIC_SIZE];
	chain_first_key(e->chain, key);
	struct json *j = evidence_begin(e, "open", now.wall_ns);
	json_add_i64(j, "mono", now.mono_ns);
	json_add_string(j, "format", "airgap-verify evidence");
	json_add_u64(j, "version", EVIDENCE_VERSION);
	json_add_string(j, "session", session);
	json_add_string(j, "tool", VERSION);
	json_add_string(j, "secret_key", key_kept());
	json_add_hex(j, "next_key", key, sizeof key);
	evidence_end(e);
	e->last_checkpoint_ns = now.mono_ns;
}

enum status evidence_open(int dirfd, const char *name, const char *session, struct evidence **ret,
			  struct error *err)
{
	int fd = -1;
	enum status status = file_create(dirfd, name, &fd, err);
	if (status)
		return status;
	struct evidence *e = must_alloc(1, sizeof *e);
	e->fd = fd;
	snprintf(e->name, sizeof e->name, "%s", name);
	e->chain = chain_writer_new();
	e->buffer = text_make(BUFFER_MAX);
	e->line = text_make(CHAIN_LINE_MAX);
	write_first(e, session);
	evidence_flush(e);
	*ret = e;
	return evidence_status(e, err);
}

struct json *evidence_begin(struct evidence *e, const char *kind, int64_t t)
{
	text_clear(&e->line);
	e->json = json_on(&e->line);
	json_begin_object(&e->json, NULL);
	json_add_string(&e->json, "kind", kind);
	json_add_i64(&e->json, "t", t);
	return &e->json;
}

/* A record past the longest line is replaced by one that says so. */
static void replace_overlong(struct evidence *e)
{
	struct json *j = evidence_begin(e, "overlong", clock_now().wall_ns);
	json_add_u64(j, "limit", CHAIN_LINE_MAX);
	json_end_object(j);
	text_add_char(&e->line, '\n');
}

void evidence_end(struct evidence *e)
{
	json_end_object(&e->json);
	text_add_char(&e->line, '\n');
	if (e->line.overflow)
		replace_overlong(e);
	if (e->failure.status)
		return;
	chain_add(e->chain, text_slice(&e->line));
	text_add(&e->buffer, text_slice(&e->line));
	e->records++;
	if (e->buffer.size >= FLUSH_SIZE)
		evidence_flush(e);
}

bool evidence_is_due(const struct evidence *e, int64_t mono_ns)
{
	return mono_ns - e->last_checkpoint_ns >= EVIDENCE_CHECKPOINT_NS ||
	       chain_unsealed(e->chain) >= EVIDENCE_CHECKPOINT_RECORDS;
}

void evidence_checkpoint(struct evidence *e, struct slice lost, bool last)
{
	struct clock_pair now = clock_now();
	e->last_checkpoint_ns = now.mono_ns;
	if (e->failure.status)
		return;
	chain_checkpoint(e->chain, now, lost, last, &e->buffer);
	e->records++;
	evidence_flush(e);
}

void evidence_flush(struct evidence *e)
{
	if (!e->failure.status && e->buffer.size)
		e->failure.status = file_write_fd(e->fd, text_slice(&e->buffer), e->name, &e->failure);
	text_clear(&e->buffer);
}

enum status evidence_status(const struct evidence *e, struct error *err)
{
	if (e->failure.status && err)
		*err = e->failure;
	return e->failure.status;
}

void evidence_digest(const struct evidence *e, unsigned char ret[static HASH_SIZE])
{
	chain_digest(e->chain, ret);
}

void evidence_head(const struct evidence *e, struct head *ret)
{
	evidence_digest(e, ret->sha256);
	ret->records = e->records;
	ret->bytes = chain_bytes(e->chain);
}

uint64_t evidence_records(const struct evidence *e)
{
	return e->records;
}

enum status evidence_close(struct evidence **evidence, struct error *err)
{
	struct evidence *e = *evidence;
	*evidence = NULL;
	if (!e)
		return OK;
	evidence_flush(e);
	enum status status = evidence_status(e, err);
	if (!status)
		status = file_sync(e->fd, e->name, err);
	enum status closed = file_close(&e->fd, e->name, status ? NULL : err);
	chain_writer_free(e->chain);
	text_free(&e->buffer);
	text_free(&e->line);
	free(e);
	return status ? status : closed;
}

void evidence_abandon(struct evidence **e)
{
	struct error ignored;
	enum status status = evidence_close(e, &ignored);
	(void)status;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/seal_chain.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

enum { BUFFER_SIZE = 2 * CHAIN_LINE_MAX };

struct reading {
	struct chain_reader chain;
	struct seal_chain *facts;
	uint64_t named_key; /* the line that named the key in force */
};

static void read_line(struct reading *r, struct slice line, bool whole)
{
	struct chain_reader *c = &r->chain;
	unsigned char before[HASH_SIZE];
	uint64_t bytes = c->bytes, checkpoints = c->checkpoints;
	bool candidate = slice_starts(line, "{\"kind\":\"checkpoint\",") && !c->problem;
	if (candidate)
		hash_peek(c->running, before);
	chain_read(c, line, whole);
	if (c->problem && c->problem_record == c->records)
		return;
	if (candidate && c->checkpoints > checkpoints) {
		r->facts->last_bytes = bytes;
		r->facts->last_record = c->records;
		r->facts->key_record = r->named_key;
		memcpy(r->facts->last_digest, before, HASH_SIZE);
		r->named_key = c->records;
	} else if (c->records == 1) {
		r->named_key = 1;
	}
}

/* The whole lines of what is there; returns how much of it they were. A line past
 * CHAIN_LINE_MAX is handed over in pieces, with the problem noted. */
static size_t read_lines(struct reading *r, struct slice have, bool at_end)
{
	struct cursor c = cursor_over(have);
	struct slice line;
	while (cursor_until(&c, '\n', CHAIN_LINE_MAX, &line))
		read_line(r, line, true);
	if (cursor_left(&c) >= CHAIN_LINE_MAX && !r->chain.problem) {
		r->chain.problem = "a line that is too long";
		r->chain.problem_record = r->chain.records + 1;
	}
	if (cursor_left(&c) >= CHAIN_LINE_MAX || (at_end && cursor_left(&c) > 0))
		read_line(r, cursor_take(&c, cursor_left(&c)), false);
	return have.size - cursor_left(&c);
}

static enum status read_all(int fd, uint64_t at, uint64_t end, struct reading *r, unsigned char *buffer, struct error *err)
{
	size_t kept = 0;
	for (;;) {
		size_t want = BUFFER_SIZE - kept < end - at ? BUFFER_SIZE - kept : (size_t)(end - at);
		ssize_t got = pread(fd, buffer + kept, want, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, ERR_IO, errno, "%s", r->facts->path);
		at += (uint64_t)got;
		size_t have = kept + (size_t)got;
		size_t used = read_lines(r, slice_of(buffer, have), got == 0);
		kept = have - used;
		memmove(buffer, buffer + used, kept);
		if (got == 0)
			return OK;
	}
}

static void note(const struct chain_reader *c, struct seal_chain *ret)
{
	ret->closed = c->closed && !c->problem;
	ret->bytes = c->bytes;
	ret->records = c->records;
	ret->sealed_bytes = c->sealed_bytes;
	ret->checkpoints = c->checkpoints;
	ret->problem = c->problem;
	ret->problem_record = c->problem_record;
	ret->last_wall_ns = c->last_wall_ns;
}

enum status seal_chain_read(int folder_fd, struct seal_chain *ret, struct error *err)
{
	static const char *const paths[] = {SEAL_EVIDENCE, SEAL_EVIDENCE_RAW};
	AUTO_FD int fd = -1;
	*ret = (struct seal_chain){0};
	for (size_t i = 0; i < LENGTH(paths); i++) {
		if (faccessat(folder_fd, paths[i], F_OK, AT_SYMLINK_NOFOLLOW) != 0)
			continue;
		enum status status = file_open(folder_fd, paths[i], &fd, err);
		return status ? status : seal_chain_read_part(fd, 0, UINT64_MAX, paths[i], ret, err);
	}
	return OK;
}

enum status seal_chain_read_part(int fd, uint64_t at, uint64_t size, const char *path, struct seal_chain *ret,
				 struct error *err)
{
	*ret = (struct seal_chain){.present = true, .path = path};
	struct reading r = {.chain = chain_reader_start(), .facts = ret};
	AUTO_FREE unsigned char *buffer = must_alloc(BUFFER_SIZE, 1);
	enum status status = read_all(fd, at, size > UINT64_MAX - at ? UINT64_MAX : at + size, &r, buffer, err);
	note(&r.chain, ret);
	chain_reader_end(&r.chain);
	return status;
}

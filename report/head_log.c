/* SPDX-License-Identifier: Apache-2.0 */
#include "report/head_log.h"

#include "core/auto.h"
#include "core/json.h"

#include <errno.h>
#include <unistd.h>

enum { PIECE = 1 << 18, FIRST_LINE_MAX = 4096 };

enum status head_log_open(const struct verify_source *s, struct head_log *ret, struct error *err)
{
	*ret = (struct head_log){.fd = -1, .running = hash_new()};
	ret->path = verify_source_has(s, SEAL_EVIDENCE) ? SEAL_EVIDENCE : SEAL_EVIDENCE_RAW;
	return verify_source_open(s, ret->path, &ret->fd, &ret->at, &ret->size, err);
}

void head_log_close(struct head_log *l)
{
	auto_close(&l->fd);
	l->fd = -1;
	hash_free(l->running);
	l->running = NULL;
}

static ssize_t read_piece(const struct head_log *l, unsigned char *to, size_t max)
{
	ssize_t got;
	if (max > l->size - l->hashed)
		max = (size_t)(l->size - l->hashed);
	while ((got = pread(l->fd, to, max, (off_t)(l->at + l->hashed))) < 0 && errno == EINTR)
		;
	return got;
}

void head_log_session(const struct head_log *l, char ret[static HEAD_SESSION_MAX])
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

bool head_log_hash(struct head_log *l, uint64_t bytes, unsigned char ret[static HASH_SIZE])
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

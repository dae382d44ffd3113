/* SPDX-License-Identifier: Apache-2.0 */
#include "report/head_file.h"

#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_SIZE = 1 << 20 };

static void keep(struct head_file *f, const struct head *h, uint64_t line)
{
	if (f->told_count == HEAD_TELLS_MAX) {
		f->cut = true;
		return;
	}
	if (f->told_count == f->told_room) {
		f->told_room = f->told_room ? 2 * f->told_room : 256;
		f->told = must_realloc(f->told, f->told_room, sizeof *f->told);
	}
	f->told[f->told_count++] = (struct head_told){*h, line};
}

/* Most often the one that was told of last. */
static struct head_session *find(struct head_file *f, const char *id)
{
	for (size_t i = f->other_count; i > 0; i--)
		if (!strcmp(f->others[i - 1].id, id))
			return &f->others[i - 1];
	if (f->other_count == HEAD_SESSIONS_MAX)
		return NULL;
	struct head_session *s = &f->others[f->other_count++];
	*s = (struct head_session){.from_ns = INT64_MAX, .to_ns = INT64_MIN};
	memcpy(s->id, id, sizeof s->id);
	return s;
}

static void on_head(void *context, const struct head *h, uint64_t line)
{
	struct head_file *f = context;
	if (!strcmp(h->session, f->session)) {
		keep(f, h, line);
		return;
	}
	struct head_session *s = find(f, h->session);
	if (!s) {
		f->cut = true;
		return;
	}
	s->from_ns = h->wall_ns < s->from_ns ? h->wall_ns : s->from_ns;
	s->to_ns = h->wall_ns > s->to_ns ? h->wall_ns : s->to_ns;
	s->ended = s->ended || h->state == HEAD_END;
	if (h->bytes >= s->last.bytes) {
		s->last = *h;
		s->last_line = line;
	}
}

static int by_bytes(const void *a, const void *b)
{
	const struct head_told *x = a, *y = b;
	if (x->head.bytes != y->head.bytes)
		return x->head.bytes < y->head.bytes ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

enum status head_file_read(const char *path, const char *session, uint64_t follow, struct head_file *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	AUTO_FREE unsigned char *buffer = must_alloc(BUFFER_SIZE, 1);
	size_t have = 0;
	ssize_t got = 1;
	*ret = (struct head_file){.others = must_alloc(HEAD_SESSIONS_MAX, sizeof *ret->others)};
	snprintf(ret->session, sizeof ret->session, "%s", session);
	ret->reader.replay = follow ? &ret->replay : NULL;
	uint64_t left = follow ? follow : UINT64_MAX;
	enum status status = file_open(AT_FDCWD, path, &fd, err);
	while (!status && got != 0) {
		got = read(fd, buffer + have, left < BUFFER_SIZE - have ? (size_t)left : BUFFER_SIZE - have);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, ERR_IO, errno, "%s", path);
		have += (size_t)got;
		left -= (uint64_t)got;
		size_t used = head_reader_feed(&ret->reader, slice_of(buffer, have), got == 0, on_head, ret);
		have -= used;
		memmove(buffer, buffer + used, have);
	}
	if (ret->told_count)
		qsort(ret->told, ret->told_count, sizeof *ret->told, by_bytes);
	return status;
}

void head_file_free(struct head_file *f)
{
	if (!f)
		return;
	free(f->told);
	free(f->others);
	f->told = NULL;
	f->others = NULL;
}

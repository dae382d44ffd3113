/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/sink.h"

#include "core/file.h"

enum { MUCH = 1 << 16 };

struct sink sink_to(int fd)
{
	return (struct sink){.fd = fd, .text = text_make(SINK_MAX), .hash = hash_new()};
}

void sink_free(struct sink *s)
{
	text_free(&s->text);
	hash_free(s->hash);
}

static enum status write_head(struct sink *s, struct error *err)
{
	uint32_t size = (uint32_t)s->text.size;
	const unsigned char head[] = {SINK_ITEM, (unsigned char)(size >> 24), (unsigned char)(size >> 16),
				      (unsigned char)(size >> 8), (unsigned char)size};
	return file_write_fd(s->fd, slice_of(head, sizeof head), "the copy", err);
}

enum status sink_flush(struct sink *s, bool all, struct error *err)
{
	if (s->text.overflow)
		return fail(err, ERR_LIMIT, "a record of more than %d bytes", SINK_MAX);
	if (!all && s->text.size < MUCH)
		return OK;
	enum status status = s->fd >= 0 && s->framed ? write_head(s, err) : OK;
	if (!status && s->fd >= 0)
		status = file_write_fd(s->fd, text_slice(&s->text), "the copy", err);
	s->size += s->text.size;
	hash_add(s->hash, text_slice(&s->text));
	text_clear(&s->text);
	return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/stream.h"

#include "core/file.h"

enum { FLUSH_AT = 256 << 10 };

struct stream stream_to(int fd)
{
	return (struct stream){.text = text_make(STREAM_MAX), .fd = fd};
}

void stream_free(struct stream *s)
{
	text_free(&s->text);
}

enum status stream_flush(struct stream *s, bool all, struct error *err)
{
	if (s->text.overflow)
		return fail(err, ERR_LIMIT, "a row longer than %d bytes", STREAM_MAX);
	if (!s->text.size || (!all && s->text.size < FLUSH_AT))
		return OK;
	enum status status = file_write_fd(s->fd, text_slice(&s->text), "the document", err);
	text_clear(&s->text);
	return status;
}

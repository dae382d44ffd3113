/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_FUZZ_FUZZ_STREAM_H
#define TESTS_FUZZ_FUZZ_STREAM_H

/*
 * A stream of a model server, whole and in pieces: both must come to the same.
 */

#include "benchmark/server_stream.h"

#include <stdlib.h>
#include <string.h>

static inline void stream_fed(enum server_kind kind, struct slice input, size_t step, struct server_reply *ret)
{
	struct server_stream s;
	bool more = true;
	server_stream_begin(&s, kind, ret);
	for (size_t at = 0; at < input.size && more; at += step)
		more = server_stream_feed(&s, slice_part(input, at, step), 1);
	server_stream_end(&s);
	if (!s.ended || !s.reply || (more && !s.closed && ret->end > SERVER_LENGTH))
		abort();
	server_stream_free(&s);
}

static inline void stream_check(enum server_kind kind, struct slice input)
{
	struct server_reply whole, pieces;
	stream_fed(kind, input, input.size ? input.size : 1, &whole);
	stream_fed(kind, input, 1 + input.size / 7 % 5, &pieces);
	bool same = whole.end == pieces.end && slice_equal(text_slice(&whole.text), text_slice(&pieces.text)) &&
		    slice_equal(text_slice(&whole.thought), text_slice(&pieces.thought)) &&
		    strcmp(whole.detail, pieces.detail) == 0 && whole.tokens == pieces.tokens &&
		    whole.generation_ns == pieces.generation_ns;
	bool sane = whole.tokens >= -1 && whole.prompt_tokens >= -1 && whole.load_ns >= -1 && whole.prompt_ns >= -1 &&
		    whole.generation_ns >= -1 && (whole.end <= SERVER_LENGTH || whole.detail[0]) &&
		    (whole.first_ns != 0) == (whole.text.size + whole.thought.size > 0);
	if (!same || !sane)
		abort();
	server_reply_free(&whole);
	server_reply_free(&pieces);
}

#endif

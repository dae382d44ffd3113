/* SPDX-License-Identifier: Apache-2.0 */
/* What a second place was told, in one piece and in pieces. */
#include "report/head_file.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct sums {
	uint64_t heads, bytes, lines;
};

static void on_head(void *context, const struct head *h, uint64_t line)
{
	struct sums *s = context;
	struct head again;
	AUTO_TEXT struct text text = text_make(HEAD_LINE_MAX);
	head_add(h, &text);
	if (head_read(text_slice(&text), &again) || again.bytes != h->bytes || memcmp(again.sha256, h->sha256, HASH_SIZE) != 0)
		abort();
	s->heads++;
	s->bytes += h->bytes;
	s->lines += line;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice all = slice_of(data, size);
	struct head_replay followed = {0}, again = {0};
	struct head_reader whole = {.replay = &followed}, parts = {.replay = &again};
	struct sums a = {0}, b = {0};
	if (head_reader_feed(&whole, all, true, on_head, &a) != size)
		abort();
	/* the first byte says how large the pieces are that come in */
	size_t step = size ? data[0] + 1u : 1, from = 0;
	for (size_t to = 0; to <= size; to += step)
		from += head_reader_feed(&parts, slice_part(all, from, to), false, on_head, &b);
	from += head_reader_feed(&parts, slice_part(all, from, size), true, on_head, &b);
	if (from != size || memcmp(&a, &b, sizeof a) != 0 || whole.heads != parts.heads || whole.unreadable != parts.unreadable ||
	    followed.begun != again.begun || followed.lines != again.lines || memcmp(followed.value, again.value, HASH_SIZE) != 0)
		abort();
	return 0;
}

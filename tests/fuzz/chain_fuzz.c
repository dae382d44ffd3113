/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The chain's reader over any log: what is sealed only grows, a problem stays, and
 * in a log that holds (the corpus has some) a changed byte is noticed.
 */
#include "core/chain.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static struct chain_reader read_log(struct slice log)
{
	struct chain_reader r = chain_reader_start();
	struct cursor c = cursor_over(log);
	struct slice line;
	bool whole;
	while (cursor_line(&c, &line, &whole)) {
		uint64_t sealed = r.sealed_bytes;
		const char *problem = r.problem;
		chain_read(&r, line, whole);
		require(r.sealed_bytes >= sealed && r.sealed_bytes <= r.bytes);
		require(r.sealed_records <= r.records);
		require(!problem || (r.problem == problem && r.sealed_bytes == sealed));
		require(!r.problem || (r.problem_record > 0 && r.problem_record <= r.records));
	}
	chain_reader_end(&r);
	return r;
}

/* Good as far as it is sealed: one byte changed there must show. */
static void check_flip(struct slice log, const struct chain_reader *good)
{
	unsigned char *copy = must_alloc(log.size + 1, 1);
	size_t at = (size_t)(log.size * UINT64_C(2654435761) % good->sealed_bytes);
	for (size_t i = 0; i < log.size; i++)
		copy[i] = log.at[i];
	copy[at] ^= 1;
	struct chain_reader r = read_log(slice_of(copy, log.size));
	require(r.problem || r.sealed_bytes < good->sealed_bytes);
	free(copy);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice log = slice_of(data, size);
	struct chain_reader r = read_log(log);
	require(r.checkpoints == 0 || r.sealed_bytes > 0);
	if (!r.problem && r.sealed_bytes > 0)
		check_flip(log, &r);
	return 0;
}

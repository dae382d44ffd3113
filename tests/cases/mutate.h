/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_CASES_MUTATE_H
#define TESTS_CASES_MUTATE_H

/*
 * What the reader made of one input, and whether it still has what stood in front of
 * the damage.
 */

#include "core/store.h"
#include "ingest/registry.h"

enum { FLOWS_MAX_SEEN = 8192, KEY_MAX = 200 };

struct options {
	bool full, all;
	uint64_t seed, count;
	const char *cases;
};

struct capture {
	const char *name;
	struct slice bytes;
	const struct reader *reader;
	uint64_t prefixes;
};

/* A flow as far as it must not change: its packets may only become more. */
struct seen {
	int64_t first_packet, packets;
	char key[KEY_MAX];
};

struct outcome {
	uint64_t records, lookups;
	size_t count;
	struct seen flows[FLOWS_MAX_SEEN];
};

struct worker {
	const struct options *options;
	const struct capture *capture;
	struct store *store;
	unsigned char *bytes; /* of the job at hand */
	size_t size, damage;
	uint64_t *job; /* shared with the parent */
	struct outcome now, before;
};

/* Reads these bytes; the outcome is of what stands in front of packet `up_to`, or, where
 * that is 0, of the last packet: it may be cut off. */
void mutant_read(struct worker *w, struct slice bytes, uint64_t up_to, struct outcome *ret);

/* Ends the process where `now` lacks something of `before`. The last packet in front of
 * the damage may itself be cut off by it: it can count for one flow there and for another
 * here. */
void mutant_compare(const struct worker *w);

#endif

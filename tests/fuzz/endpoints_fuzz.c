/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A site's table of endpoints: whatever it holds, no rule of the build is lost by it, and
 * each that was taken holds for what it names. What is found by the index is what all
 * lines would give.
 */
#include "analysis/endpoints.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static uint32_t most(const struct endpoints *all, const struct endpoint_asked *asked)
{
	uint32_t rank = 0;
	for (size_t i = 0; i < endpoints_count(all); i++) {
		uint32_t one = endpoint_rank(endpoints_at(all, i), asked);
		rank = one > rank ? one : rank;
	}
	return rank;
}

static void check(const struct endpoints *all, const struct endpoint *e)
{
	struct endpoint_asked asked = {.host = e->suffix, .port = e->port, .path = e->path,
				       .local = e->where == ENDPOINT_LOCAL};
	require(e->rule.size && e->rule.size <= ENDPOINT_RULE_MAX && endpoint_vector_name(e->vector));
	require(e->process.size || endpoint_rank(e, &asked) > 0);
	const struct endpoint *found = endpoints_find(all, &asked);
	require((found ? endpoint_rank(found, &asked) : 0) == most(all, &asked));
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct endpoints *all = endpoints_new();
	struct error err = {0};
	size_t before = endpoints_count(all), checked = 0;
	enum status status = endpoints_add(all, slice_of(data, size), "fuzz", &err);
	require(status == OK || ((status == ERR_CONFIG || status == ERR_LIMIT) && err.text[0]));
	require(status == OK || endpoints_count(all) == before);
	for (size_t i = 0; i < endpoints_count(all) && checked < 16; i++)
		if (!strcmp(endpoints_origin(all, i), "fuzz")) {
			check(all, endpoints_at(all, i));
			checked++;
		}
	require(endpoints_count(all) == before || checked > 0);
	endpoints_free(all);
	return 0;
}

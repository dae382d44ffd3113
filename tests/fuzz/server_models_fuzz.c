/* SPDX-License-Identifier: Apache-2.0 */
/*
 * One element of a server's list of models, as either kind has it.
 */
#include "benchmark/server_api.h"
#include "benchmark/server_json.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

static bool ends(const char *text, size_t capacity)
{
	return memchr(text, 0, capacity) != NULL;
}

static void check(bool good, const struct server_model *m)
{
	require(ends(m->name, sizeof m->name) && ends(m->digest, sizeof m->digest) &&
		ends(m->quantisation, sizeof m->quantisation) && ends(m->parameters, sizeof m->parameters) &&
		ends(m->family, sizeof m->family));
	require(!good || m->name[0]);
	for (const char *c = m->family; *c; c++)
		require((unsigned char)*c >= ' '); /* it is shown */
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct json_value all;
	struct server_model m;
	uint64_t context = 0;
	char hash[65], text[16];
	if (json_read(slice_of(data, size), &all, NULL))
		return 0;
	check(server_ollama_model(&all, &m), &m);
	check(server_openai_model(&all, &m, &context), &m);
	server_hash(&all, hash);
	server_json_text(&all, text, sizeof text);
	require(ends(hash, sizeof hash) && ends(text, sizeof text) && server_json_ms(&all) >= -1);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* Bytes of any kind: what is found is a host, stands where it is said to, and is the same
 * however the bytes are cut. */
#include "core/idn.h"
#include "core/text.h"
#include "ingest/inventory/hostname.h"
#include "ingest/inventory/scan.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

struct check {
	size_t size;
	struct text told;
};

static void require(bool holds)
{
	if (!holds)
		abort();
}

static void on_hit(void *to, const struct scan_hit *hit)
{
	struct check *c = to;
	require(hit->offset < c->size && hit->host.size > 0 && hit->host.size <= HOSTNAME_MAX + 2);
	require(hit->example.size > 0 && hit->example.size <= SCAN_EXAMPLE_MAX + HOSTNAME_MAX);
	for (size_t i = 0; i < hit->host.size; i++)
		require(hit->host.at[i] > ' ' && hit->host.at[i] < 0x7f);
	for (size_t i = 0, step; i < hit->example.size; i += step) {
		uint32_t code = 0;
		step = text_utf8(slice_part(hit->example, i, 4), &code);
		require(step > 0 && code > ' ' && (code < 0x7f || idn_is_letter(code) || idn_fold(code) == '.'));
	}
	text_add(&c->told, hit->host);
	text_addf(&c->told, "@%llu %d;", (unsigned long long)hit->offset, hit->guessed);
}

static void search(struct slice bytes, size_t step, struct check *c)
{
	const struct slice known[] = {SLICE("registry.vendor.ai"), SLICE("vendor.com")};
	const struct scan_known all = {known, 2};
	struct scan *s = scan_new(&all, on_hit, c);
	c->size = bytes.size;
	while (bytes.size > 0) {
		size_t room;
		unsigned char *to = scan_room(s, &room);
		struct slice part = slice_part(bytes, 0, step < room ? step : room);
		memcpy(to, part.at, part.size);
		scan_add(s, part.size);
		bytes = slice_part(bytes, part.size, bytes.size);
	}
	scan_end(s);
	scan_free(s);
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct check whole = {.told = text_make(64 << 20)}, parts = {.told = text_make(64 << 20)};
	search(slice_of(data, size), size + 1, &whole);
	search(slice_of(data, size), 61, &parts);
	require(slice_equal(text_slice(&whole.told), text_slice(&parts.told)));
	text_free(&whole.told);
	text_free(&parts.told);
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/* A file that should be a bundle. */
#include "report/zip_form.h"

#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

static void require(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static int fd = -1;
	struct zip zip;
	struct error err = {0};
	struct arena *arena = arena_new(1 << 24);
	if (fd < 0)
		fd = memfd_create("zip", MFD_CLOEXEC);
	require(ftruncate(fd, 0) == 0 && pwrite(fd, data, size, 0) == (ssize_t)size);
	if (zip_read(fd, arena, &zip, &err)) {
		require(err.text[0]);
		arena_free(arena);
		return 0;
	}
	uint64_t at = 0;
	for (size_t i = 0; i < zip.count; i++) {
		unsigned char digest[HASH_SIZE];
		bool whole;
		const struct zip_entry *e = &zip.entries[i];
		require(!zip_form_path(e->path) && e->at > at && e->at + e->size <= size);
		at = e->at;
		require(zip_hash(fd, e, digest, &whole, &err) == OK);
	}
	arena_free(arena);
	return 0;
}

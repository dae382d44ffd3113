/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Runs a fuzz target over the files of its kept corpus, and over every prefix of
 * each: what libFuzzer once found stays found, under any compiler.
 */
#include "core/file.h"
#include "core/arena.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { INPUT_MAX = 1 << 20, PREFIXES_MAX = 4096 };

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* A copy of exactly that size, so that a read past its end shows. */
static void run(struct slice input)
{
	unsigned char *copy = malloc(input.size ? input.size : 1);
	if (!copy)
		abort();
	if (input.size)
		memcpy(copy, input.at, input.size);
	LLVMFuzzerTestOneInput(copy, input.size);
	free(copy);
}

static bool run_file(int folder, const char *path)
{
	struct error err = {0};
	AUTO_TEXT struct text text = text_make(INPUT_MAX);
	if (file_read(folder, path, INPUT_MAX, &text, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return false;
	}
	struct slice all = text_slice(&text);
	size_t step = all.size / PREFIXES_MAX + 1;
	for (size_t size = 0; size < all.size; size += step)
		run(slice_part(all, 0, size));
	run(all);
	return true;
}

int main(int argc, char *argv[])
{
	char folder[FILE_PATH_MAX];
	const char *slash = strrchr(argv[0], '/'), *srcdir = getenv("SRCDIR");
	struct error err = {0};
	int fd = -1;
	(void)argc;
	snprintf(folder, sizeof folder, "%s/tests/fuzz/corpus/%s", srcdir ? srcdir : ".",
		 slash ? slash + 1 : argv[0]);
	struct arena *arena = arena_new(64 << 20);
	struct file_entry *entries = NULL;
	size_t count = 0, done = 0;
	if (file_open_folder(AT_FDCWD, folder, &fd, &err) ||
	    file_list(fd, arena, &entries, &count, &err)) {
		fprintf(stderr, "%s: %s\n", folder, err.text);
		return 1;
	}
	for (size_t i = 0; i < count; i++)
		done += run_file(fd, entries[i].path);
	printf("%zu of %zu inputs\n", done, count);
	arena_free(arena);
	return count > 0 && done == count ? 0 : 1; /* a target without a corpus is no test */
}

/* SPDX-License-Identifier: Apache-2.0 */
/* gzip (RFC 1952) begins with 1f 8b 08. */
#include "benchmark/problems_unpack.h"

#include "core/auto.h"
#include "core/file.h"

#include <archive.h>
#include <archive_entry.h>
#include <fcntl.h>

enum { BLOCK = 1 << 16 };

static void auto_archive(struct archive **a)
{
	archive_read_free(*a);
}

static enum status unpack(struct slice packed, struct text *ret, struct error *err)
{
	AUTO(auto_archive) struct archive *a = archive_read_new();
	struct archive_entry *entry;
	unsigned char block[BLOCK];
	la_ssize_t got;
	if (!a)
		die("out of memory");
	if (archive_read_support_format_raw(a) != ARCHIVE_OK ||
	    archive_read_append_filter(a, ARCHIVE_FILTER_GZIP) != ARCHIVE_OK)
		return fail(err, ERR_UNAVAILABLE, "this libarchive cannot unpack gzip");
	if (archive_read_open_memory(a, packed.at, packed.size) != ARCHIVE_OK ||
	    archive_read_next_header(a, &entry) != ARCHIVE_OK)
		return fail(err, ERR_MALFORMED, "packed data that are damaged or cut off");
	while ((got = archive_read_data(a, block, sizeof block)) > 0) {
		text_add(ret, slice_of(block, (size_t)got));
		if (ret->overflow)
			return fail(err, ERR_LIMIT, "unpacks to more than %zu bytes", ret->max);
	}
	return got < 0 ? fail(err, ERR_MALFORMED, "packed data that are damaged or cut off") : OK;
}

enum status problems_unpack(const char *path, struct text *ret, struct error *err)
{
	AUTO_TEXT struct text file = text_make(ret->max);
	enum status status = file_read(AT_FDCWD, path, ret->max, &file, err);
	if (status)
		return status;
	if (!slice_starts(text_slice(&file), "\x1f\x8b\x08")) {
		text_free(ret);
		struct text swapped = *ret;
		*ret = file;
		file = swapped;
		return OK;
	}
	status = unpack(text_slice(&file), ret, err);
	return status ? fail_in(err, "%s", path) : OK;
}

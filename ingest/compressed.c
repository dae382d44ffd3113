/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How packed files begin:
 *
 *   gzip  1f 8b 08            (RFC 1952, section 2.3.1)
 *   zstd  28 b5 2f fd         (RFC 8878, section 3.1.1)
 *   xz    fd 37 7a 58 5a 00   (the .xz file format, section 2.1.1.1), flags:2 check:4,
 *         then a block: size:1 flags:1, and without sizes in it (flags 3f = 0) filters
 *         id:1 = 21 size:1 = 1 dictionary:1
 *
 * One layer is unpacked: a packed file inside is as unknown as any other.
 */
#include "ingest/compressed.h"

#include "core/error.h"

#include <archive.h>
#include <stdlib.h>

enum {
	BLOCK = 1 << 16,
	XZ_HEADER = 12,
	XZ_LZMA2 = 0x21,
	XZ_SIZES = 0xc0,
	XZ_BITS_MAX = 40,
};

struct compressed {
	struct archive *archive;
	struct compressed_source source;
	bool end;
	uint64_t unpacked;
	const char *problem;
	unsigned char block[BLOCK];
};

static const struct {
	struct slice magic;
	int filter;
} kinds[] = {
	{{(const unsigned char *)"\x1f\x8b\x08", 3}, ARCHIVE_FILTER_GZIP},
	{{(const unsigned char *)"\x28\xb5\x2f\xfd", 4}, ARCHIVE_FILTER_ZSTD},
	{{(const unsigned char *)"\xfd\x37\x7a\x58\x5a\0", 6}, ARCHIVE_FILTER_XZ},
};

static int filter_of(struct slice first)
{
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (slice_equal(slice_part(first, 0, kinds[i].magic.size), kinds[i].magic))
			return kinds[i].filter;
	return ARCHIVE_FILTER_NONE;
}

bool compressed_sniff(struct slice first)
{
	return filter_of(first) != ARCHIVE_FILTER_NONE;
}

/* The memory that unpacking takes is the dictionary's, which the file states. */
static bool is_xz_too_large(struct slice first)
{
	struct cursor c = cursor_over(first);
	cursor_skip(&c, XZ_HEADER + 1);
	unsigned flags = cursor_u8(&c), id = cursor_u8(&c);
	if (flags & XZ_SIZES) /* only xz with threads writes them: by their maxima harmless */
		return false;
	cursor_skip(&c, 1);
	unsigned bits = cursor_u8(&c);
	if (c.short_read || id != XZ_LZMA2 || bits > XZ_BITS_MAX)
		return false;
	uint64_t size = (uint64_t)(2 | (bits & 1)) << (bits / 2 + 11);
	return size > COMPRESSED_DICTIONARY_MAX;
}

static la_ssize_t give(struct archive *archive, void *data, const void **ret)
{
	struct compressed *c = data;
	(void)archive;
	*ret = c->block;
	ssize_t got = c->source.read(c->source.from, c->block, sizeof c->block);
	return got < 0 ? 0 : got; /* the source remembers its failure */
}

static void stop(struct compressed *c, const char *problem)
{
	c->end = true;
	c->problem = problem;
}

static void open_archive(struct compressed *c, int filter)
{
	struct archive_entry *entry;
	c->archive = archive_read_new();
	if (!c->archive)
		die("out of memory");
	if (archive_read_support_format_raw(c->archive) != ARCHIVE_OK ||
	    archive_read_support_format_empty(c->archive) != ARCHIVE_OK ||
	    archive_read_append_filter(c->archive, filter) != ARCHIVE_OK)
		stop(c, "packed data that this libarchive cannot unpack");
	else if (archive_read_open(c->archive, c, NULL, give, NULL) != ARCHIVE_OK)
		stop(c, "packed data that are damaged or cut off");
	else {
		int status = archive_read_next_header(c->archive, &entry);
		if (status == ARCHIVE_EOF)
			stop(c, "packed data with nothing in them, or cut off");
		else if (status != ARCHIVE_OK && status != ARCHIVE_WARN)
			stop(c, "packed data that are damaged or cut off");
	}
}

struct compressed *compressed_new(struct slice first, struct compressed_source source)
{
	struct compressed *c = must_alloc(1, sizeof *c);
	int filter = filter_of(first);
	c->source = source;
	if (filter == ARCHIVE_FILTER_XZ && is_xz_too_large(first))
		stop(c, "packed data that need too much memory");
	else
		open_archive(c, filter);
	return c;
}

void compressed_free(struct compressed *c)
{
	if (!c)
		return;
	archive_read_free(c->archive);
	free(c);
}

size_t compressed_read(struct compressed *c, unsigned char *to, size_t size)
{
	if (c->end)
		return 0;
	la_ssize_t got = archive_read_data(c->archive, to, size);
	if (got < 0) {
		stop(c, "packed data that are damaged or cut off");
		return 0;
	}
	c->end = got == 0;
	c->unpacked += (uint64_t)got;
	if (c->unpacked > COMPRESSED_BYTES_MAX)
		stop(c, "packed data that unpack to more than is read");
	return (size_t)got;
}

const char *compressed_problem(const struct compressed *c)
{
	return c->problem;
}

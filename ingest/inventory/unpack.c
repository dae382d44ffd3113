/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/unpack.h"

#include "core/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

enum { BLOCK = 64 << 10, ZIP_END = 22 };

struct unpack {
	struct archive *archive;
	const struct range *range;
	uint64_t at;
	bool end;
	const char *problem;
	unsigned char block[BLOCK];
};

static const struct {
	size_t at;
	struct slice magic;
	enum unpack_kind kind;
} kinds[] = {
	{0, {(const unsigned char *)"PK\3\4", 4}, UNPACK_OPENS},
	{0, {(const unsigned char *)"PK\5\6", 4}, UNPACK_OPENS},
	{0, {(const unsigned char *)"\x1f\x8b\x08", 3}, UNPACK_OPENS},
	{0, {(const unsigned char *)"\x28\xb5\x2f\xfd", 4}, UNPACK_OPENS},
	{0, {(const unsigned char *)"\xfd\x37\x7a\x58\x5a\0", 6}, UNPACK_OPENS},
	{0, {(const unsigned char *)"BZh", 3}, UNPACK_OPENS},
	{0, {(const unsigned char *)"7z\xbc\xaf\x27\x1c", 6}, UNPACK_OPENS},
	{0, {(const unsigned char *)"MSCF\0\0\0\0", 8}, UNPACK_OPENS},
	{0, {(const unsigned char *)"!<arch>\n", 8}, UNPACK_OPENS},
	{0, {(const unsigned char *)"070701", 6}, UNPACK_OPENS},
	{257, {(const unsigned char *)"ustar", 5}, UNPACK_OPENS},
	{0, {(const unsigned char *)"hsqs", 4}, UNPACK_CLOSED},			      /* squashfs */
	{8, {(const unsigned char *)"AI\2", 3}, UNPACK_CLOSED},			      /* AppImage */
	{0, {(const unsigned char *)"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 8}, UNPACK_CLOSED}, /* msi */
	{0, {(const unsigned char *)"Rar!\x1a\7", 6}, UNPACK_CLOSED},
	{0, {(const unsigned char *)"xar!", 4}, UNPACK_CLOSED},
	{0, {(const unsigned char *)"\xed\xab\xee\xdb", 4}, UNPACK_CLOSED},	      /* rpm */
};

enum unpack_kind unpack_sniff(struct slice first)
{
	for (size_t i = 0; i < LENGTH(kinds); i++)
		if (slice_equal(slice_part(first, kinds[i].at, kinds[i].magic.size), kinds[i].magic))
			return kinds[i].kind;
	return UNPACK_NONE;
}

bool unpack_has_tail(const struct range *r)
{
	unsigned char end[ZIP_END];
	if (r->size <= ZIP_END || range_read(r, r->size - ZIP_END, end, ZIP_END) != ZIP_END)
		return false;
	return slice_starts(slice_of(end, ZIP_END), "PK\5\6");
}

static la_ssize_t give(struct archive *archive, void *data, const void **ret)
{
	struct unpack *u = data;
	(void)archive;
	size_t got = range_read(u->range, u->at, u->block, sizeof u->block);
	u->at += got;
	*ret = u->block;
	return (la_ssize_t)got;
}

static la_int64_t skip(struct archive *archive, void *data, la_int64_t wanted)
{
	struct unpack *u = data;
	uint64_t left = u->range->size - u->at, step = wanted > 0 ? (uint64_t)wanted : 0;
	(void)archive;
	step = step < left ? step : left;
	u->at += step;
	return (la_int64_t)step;
}

static la_int64_t seek(struct archive *archive, void *data, la_int64_t offset, int whence)
{
	struct unpack *u = data;
	int64_t from = whence == SEEK_CUR ? (int64_t)u->at : whence == SEEK_END ? (int64_t)u->range->size : 0;
	int64_t to;
	(void)archive;
	if (__builtin_add_overflow(from, offset, &to) || to < 0)
		return ARCHIVE_FATAL;
	u->at = (uint64_t)to < u->range->size ? (uint64_t)to : u->range->size;
	return (la_int64_t)u->at;
}

/* A member that cannot be read does not hide those behind it. */
static void note(struct unpack *u, int status)
{
	u->problem = "an archive that is damaged or cut off";
	u->end = status == ARCHIVE_FATAL;
}

/* Only what is tested here: each further format is code that foreign bytes reach. */
static int support(struct archive *a, bool alone)
{
	int wrong = archive_read_support_filter_gzip(a) | archive_read_support_filter_bzip2(a) |
		    archive_read_support_filter_xz(a) | archive_read_support_filter_zstd(a);
	if (alone)
		return wrong | archive_read_support_format_raw(a);
	return wrong | archive_read_support_format_zip(a) | archive_read_support_format_tar(a) |
	       archive_read_support_format_7zip(a) | archive_read_support_format_cab(a) |
	       archive_read_support_format_cpio(a) | archive_read_support_format_ar(a);
}

bool unpack_is_packed(struct slice first)
{
	return slice_starts(first, "\x1f\x8b") || slice_starts(first, "\x28\xb5") || slice_starts(first, "\xfd\x37") ||
	       slice_starts(first, "BZh");
}

struct unpack *unpack_new(const struct range *range, bool alone)
{
	struct unpack *u = must_alloc(1, sizeof *u);
	u->range = range;
	u->archive = archive_read_new();
	if (!u->archive)
		die("out of memory");
	struct archive *a = u->archive;
	if (support(a, alone) < ARCHIVE_WARN || archive_read_set_read_callback(a, give) ||
	    archive_read_set_skip_callback(a, skip) || archive_read_set_seek_callback(a, seek) ||
	    archive_read_set_callback_data(a, u) || archive_read_open1(a) < ARCHIVE_WARN)
		note(u, ARCHIVE_FATAL);
	return u;
}

void unpack_free(struct unpack *u)
{
	if (!u)
		return;
	archive_read_free(u->archive);
	free(u);
}

static const char *path_of(struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);
	if (!path)
		path = archive_entry_pathname_utf8(entry);
	return path ? path : "";
}

bool unpack_next(struct unpack *u, struct unpack_member *ret)
{
	struct archive_entry *entry;
	while (!u->end) {
		int status = archive_read_next_header(u->archive, &entry);
		if (status == ARCHIVE_EOF)
			return false;
		if (status < ARCHIVE_WARN) {
			/* one that cannot be read may be told of again and again */
			note(u, ARCHIVE_FATAL);
			return false;
		}
		if (archive_entry_filetype(entry) != AE_IFREG && archive_entry_filetype(entry) != 0)
			continue;
		ret->path = path_of(entry);
		ret->encrypted = archive_entry_is_data_encrypted(entry) != 0;
		return true;
	}
	return false;
}

size_t unpack_read(struct unpack *u, unsigned char *to, size_t size)
{
	la_ssize_t got = archive_read_data(u->archive, to, size);
	if (got >= 0)
		return (size_t)got;
	note(u, (int)got);
	return 0;
}

const char *unpack_problem(const struct unpack *u)
{
	return u->problem;
}

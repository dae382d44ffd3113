/* SPDX-License-Identifier: Apache-2.0 */
#include "report/zip_form.h"

#include <string.h>

enum {
	NEEDED = 20,
	NEEDED_64 = 45,
	MADE_ON_UNIX = 3 << 8,
	UTF8_NAMES = 1 << 11,
	DATE_1980 = 0x21,
	NARROW = 0xffff,
};

static const uint32_t wide = 0xffffffff, plain_file = 0100600u << 16;

static void add_le(struct text *out, uint64_t value, unsigned bytes)
{
	while (bytes--) {
		text_add_char(out, (char)(value & 0xff));
		value >>= 8;
	}
}

static bool is_wide(uint64_t value)
{
	return value > zip_narrow_max;
}

uint64_t zip_form_local_size(const struct zip_entry *e)
{
	return ZIP_LOCAL_SIZE + strlen(e->path) + (is_wide(e->size) ? ZIP_LOCAL_EXTRA : 0);
}

/* What both kinds of heads share, from the version that is needed to the length of the name. */
static void add_common(struct text *out, const struct zip_entry *e, bool needs_64)
{
	add_le(out, needs_64 ? NEEDED_64 : NEEDED, 2);
	add_le(out, UTF8_NAMES, 2);
	add_le(out, 0, 2); /* stored */
	add_le(out, 0, 2);
	add_le(out, DATE_1980, 2);
	add_le(out, e->crc, 4);
	add_le(out, is_wide(e->size) ? wide : e->size, 4);
	add_le(out, is_wide(e->size) ? wide : e->size, 4);
	add_le(out, strlen(e->path), 2);
}

void zip_form_local(struct text *out, const struct zip_entry *e)
{
	add_le(out, ZIP_LOCAL, 4);
	add_common(out, e, is_wide(e->size));
	add_le(out, is_wide(e->size) ? ZIP_LOCAL_EXTRA : 0, 2);
	text_add_string(out, e->path);
	if (is_wide(e->size)) {
		add_le(out, 1, 2);
		add_le(out, 16, 2);
		add_le(out, e->size, 8);
		add_le(out, e->size, 8);
	}
}

void zip_form_central(struct text *out, const struct zip_entry *e, uint64_t local_at)
{
	unsigned extra = (is_wide(e->size) ? 16u : 0) + (is_wide(local_at) ? 8u : 0);
	add_le(out, ZIP_CENTRAL, 4);
	add_le(out, MADE_ON_UNIX | (extra ? NEEDED_64 : NEEDED), 2);
	add_common(out, e, extra != 0);
	add_le(out, extra ? extra + 4 : 0, 2);
	add_le(out, 0, 2); /* comment */
	add_le(out, 0, 2); /* disk */
	add_le(out, 0, 2);
	add_le(out, plain_file, 4);
	add_le(out, is_wide(local_at) ? wide : local_at, 4);
	text_add_string(out, e->path);
	if (!extra)
		return;
	add_le(out, 1, 2);
	add_le(out, extra, 2);
	if (is_wide(e->size)) {
		add_le(out, e->size, 8);
		add_le(out, e->size, 8);
	}
	if (is_wide(local_at))
		add_le(out, local_at, 8);
}

void zip_form_end(struct text *out, uint64_t count, uint64_t at, uint64_t size)
{
	bool needs_64 = count >= NARROW || is_wide(at) || is_wide(size);
	if (needs_64) {
		add_le(out, 0x06064b50, 4);
		add_le(out, 44, 8);
		add_le(out, MADE_ON_UNIX | NEEDED_64, 2);
		add_le(out, NEEDED_64, 2);
		add_le(out, 0, 8); /* disks */
		add_le(out, count, 8);
		add_le(out, count, 8);
		add_le(out, size, 8);
		add_le(out, at, 8);
		add_le(out, 0x07064b50, 4);
		add_le(out, 0, 4);
		add_le(out, at + size, 8);
		add_le(out, 1, 4);
	}
	add_le(out, 0x06054b50, 4);
	add_le(out, 0, 4); /* disks */
	add_le(out, count >= NARROW ? NARROW : count, 2);
	add_le(out, count >= NARROW ? NARROW : count, 2);
	add_le(out, is_wide(size) ? wide : size, 4);
	add_le(out, is_wide(at) ? wide : at, 4);
	add_le(out, 0, 2); /* comment */
}

const char *zip_form_path(const char *path)
{
	size_t size = strlen(path), from = 0;
	if (size == 0 || size > ZIP_PATH_MAX)
		return "an empty path, or one that is too long";
	for (size_t i = 0; i <= size; i++) {
		unsigned char c = (unsigned char)path[i];
		if (i < size && (c < ' ' || c == 0x7f || strchr("\\:*?\"<>|", c)))
			return "a path with a character that some system does not take";
		if (i < size && c != '/')
			continue;
		struct slice part = slice_of(path + from, i - from);
		if (part.size == 0 || slice_is(part, ".") || slice_is(part, ".."))
			return "a path that may lead out of its folder";
		from = i + 1;
	}
	return NULL;
}

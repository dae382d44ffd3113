/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_UNIT_INVENTORY_ARCHIVE_H
#define TESTS_UNIT_INVENTORY_ARCHIVE_H

/*
 * Archives with one or two members, written by libarchive or by hand.
 */

#include "tests/unit/test.h"

#include <archive.h>
#include <archive_entry.h>

enum { ARCHIVE_ROOM = 1 << 20 };

struct made {
	unsigned char bytes[ARCHIVE_ROOM];
	size_t size;
};

static inline void made_member(struct archive *a, const char *name, struct slice bytes)
{
	struct archive_entry *entry = archive_entry_new();
	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, (la_int64_t)bytes.size);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0644);
	assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
	assert_int_equal(archive_write_data(a, bytes.at, bytes.size), (la_ssize_t)bytes.size);
	archive_entry_free(entry);
}

/* `format` as archive_write_set_format_by_name() takes it; `filter` NULL: none; with
 * `options` as archive_write_set_options() does. */
static inline struct slice made_archive(struct made *m, const char *format, const char *filter, const char *options,
					const char *name, struct slice bytes)
{
	struct archive *a = archive_write_new();
	assert_non_null(a);
	assert_int_equal(archive_write_set_format_by_name(a, format), ARCHIVE_OK);
	if (filter)
		assert_int_equal(archive_write_add_filter_by_name(a, filter), ARCHIVE_OK);
	if (options) {
		assert_int_equal(archive_write_set_options(a, options), ARCHIVE_OK);
		archive_write_set_passphrase(a, "secret");
	}
	archive_write_set_bytes_in_last_block(a, 1);
	assert_int_equal(archive_write_open_memory(a, m->bytes, sizeof m->bytes, &m->size), ARCHIVE_OK);
	made_member(a, name, bytes);
	if (strcmp(format, "raw") != 0) /* one packed file */
		made_member(a, "empty", slice_of("", 0));
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	return slice_of(m->bytes, m->size);
}

static inline void made_number(struct made *m, uint32_t value)
{
	for (int i = 0; i < 4; i++)
		m->bytes[m->size++] = (unsigned char)(value >> 8 * i);
}

/* An asar archive: its list of files as it stands, and what lies behind it. */
static inline struct slice made_asar(struct made *m, const char *list, struct slice files)
{
	uint32_t size = (uint32_t)strlen(list), padded = (size + 3) / 4 * 4;
	m->size = 0;
	made_number(m, 4);
	made_number(m, padded + 8);
	made_number(m, padded + 4);
	made_number(m, size);
	memset(m->bytes + m->size, 0, padded);
	memcpy(m->bytes + m->size, list, size);
	m->size += padded;
	if (files.size)
		memcpy(m->bytes + m->size, files.at, files.size);
	m->size += files.size;
	return slice_of(m->bytes, m->size);
}

#endif

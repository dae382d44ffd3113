/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_ZIP_FORM_H
#define REPORT_ZIP_FORM_H

/*
 * The records of a ZIP in our form, for writer and reader alike.
 */

#include "report/zip.h"

enum {
	ZIP_LOCAL_SIZE = 30,
	ZIP_LOCAL_EXTRA = 20, /* of a file past 4 GiB */
	ZIP_LOCAL = 0x04034b50,
	ZIP_CENTRAL = 0x02014b50,
};

static const uint64_t zip_narrow_max = 0xfffffffe; /* what fits without ZIP64 */

/* In front of the contents (4.3.7). */
void zip_form_local(struct text *out, const struct zip_entry *e);

/* In the list (4.3.12); `local_at` is where the one above lies. */
void zip_form_central(struct text *out, const struct zip_entry *e, uint64_t local_at);

/* Behind the list (4.3.14 to 4.3.16). */
void zip_form_end(struct text *out, uint64_t count, uint64_t at, uint64_t size);

/* How many bytes stand in front of the contents. */
uint64_t zip_form_local_size(const struct zip_entry *e);

/* NULL, or why a path may not stand in an archive of ours. */
const char *zip_form_path(const char *path);

#endif

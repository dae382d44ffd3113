/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_COMPRESSED_H
#define INGEST_COMPRESSED_H

/*
 * What gzip, zstd or xz packed, unpacked on the way by libarchive. Memory stays the
 * same whatever a file unpacks to; what it unpacks to is only counted, and read on.
 */

#include "core/cursor.h"

#include <sys/types.h>

/* Unpacked from one file: far above any disk here, below where counters end. */
#define COMPRESSED_BYTES_MAX (UINT64_C(1) << 44)

enum {
	COMPRESSED_DICTIONARY_MAX = 64 << 20, /* of xz; zstd keeps to 128 MiB by itself */
};

struct compressed; /* opaque */

/* Where packed bytes come from: like read(2), 0 at the end. */
struct compressed_source {
	ssize_t (*read)(void *from, unsigned char *to, size_t size);
	void *from;
};

bool compressed_sniff(struct slice first);

/* `first` is looked at; `source` gives all bytes, those among them. */
struct compressed *compressed_new(struct slice first, struct compressed_source source);
void compressed_free(struct compressed *c); /* NULL-safe */

/* At most `size` bytes; 0 at the end, also where the data are damaged. */
size_t compressed_read(struct compressed *c, unsigned char *to, size_t size);

/* NULL, or why it ended before the end (a constant). */
const char *compressed_problem(const struct compressed *c);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_ORIGINAL_H
#define CLI_ORIGINAL_H

/*
 * What a copy is made of: a sealed session folder, or the one that is in a bundle, packed or
 * not, taken out of it into a folder of its own and judged there.
 */

#include "core/file.h"
#include "core/hash.h"

struct original {
	int folder;                   /* owned */
	char place[FILE_PATH_MAX];    /* where the session lies */
	bool temporary;               /* it was taken out of a bundle: removed in the end */
	char manifest[HASH_TEXT_MAX]; /* SHA-256 of the session's seal/manifest.json */
};

/* Refuses what does not verify (ERR_MALFORMED): a copy would lend it a seal that does. `ret`
 * is to be closed in any case. */
enum status original_open(const char *path, struct original *ret, struct error *err) MUST_CHECK;
/* Does that folder lie in it? A file that is added to the original breaks its seal. */
bool original_holds(const struct original *o, int folder);

/* Closes what is open of it; idempotent. */
void original_close(struct original *o);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_MANIFEST_H
#define REPORT_MANIFEST_H

/*
 * seal/manifest.json: what a sealed folder holds, for programs. It lists every file
 * but itself and the three that are made after it (SHA256SUMS and its signatures).
 */

#include "report/certificate.h"
#include "report/retention.h"
#include "report/seal_chain.h"

enum {
	MANIFEST_VERSION = 1,
	MANIFEST_SIZE_MAX = 256 * 1024 * 1024,
};

struct manifest_file {
	const char *path; /* not owned */
	uint64_t size;
	unsigned char digest[HASH_SIZE];
};

struct origins;

struct manifest_facts {
	const char *session_id, *verdict, *tool_version;
	int64_t sealed_ns;
	const struct certificate *signer;
	const struct seal_chain *chain;
	const char *key_protection; /* signing_protection(); written, not compared */
	bool stamp_follows; /* of a time-stamping authority, beside the seal */
	const char *marking; /* NULL or "" for none */
	unsigned retention_years;
	const char *keep_until; /* retention_until() */
	const char *derived_from;   /* of a redacted copy: SHA-256 of the original's manifest; or NULL */
	const struct origins *origins; /* of the raw files of a bundle; NULL: nothing is told of them */
	const char *folder; /* of a bundle: the name of the folder in it; or NULL */
	bool fleet; /* documents about many hosts; not written, HOW_TO_VERIFY.txt tells it */
};

void manifest_write(const struct manifest_facts *facts, const struct manifest_file files[],
		    size_t count, struct text *out);

/* NULL where the manifest has its form and names this signer, this chain and
 * exactly these files; else the first that it has otherwise, as text in `detail`. */
const char *manifest_check(struct slice json, const struct manifest_facts *facts,
			   const struct manifest_file files[], size_t count,
			   struct text *detail) MUST_CHECK;

/* Does it say that a time stamp belongs to the seal? */
bool manifest_expects_stamp(struct slice json);

/* Until when what it is about is to be kept, as retention_until() has it; false where it does not
 * tell. */
bool manifest_keep_until(struct slice json, char ret[static RETENTION_TEXT_MAX]);

/* What it says that the folder was derived from; "" where it says nothing. */
void manifest_derived_from(struct slice json, char ret[static HASH_TEXT_MAX]);

/* The name of the folder that a bundle was sealed under; false where it tells none, or one that is longer than
 * `size` - 1 bytes. */
bool manifest_folder(struct slice json, char ret[], size_t size);

/* Does it say this of the session? */
bool manifest_tells(struct slice json, const char *session_id, const char *verdict, const char *tool_version,
		    int64_t sealed_ns);

#endif

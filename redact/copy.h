/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_COPY_H
#define REDACT_COPY_H

/*
 * The raw files of a session folder, written anew into another folder with pseudonyms in
 * place of names and addresses. A file of which no form is known is not copied, and that is
 * told. What is derived (database, documents, seal) is not copied either: it is made anew.
 */

#include "core/file.h"
#include "core/store.h"
#include "redact/pseudonym.h"

enum { COPY_REASON_MAX = 192 };

struct copy_file {
	const char *path;              /* in the original */
	char reason[COPY_REASON_MAX];  /* why it was not copied; "": it was */
};

/* A log of an application, in the copy. */
struct copy_log {
	const char *original; /* path of it */
	char path[64];
	uint64_t before, size; /* bytes: in front of what is of the session; all */
};

struct copy {
	struct pseudonyms *p;
	int from, to;              /* folders; `to` is -1 in the round that only notes */
	struct store *store;       /* of the original: what its logs were read as */
	const char *derived_from;  /* SHA-256 of the original's manifest, in hexadecimal */
	struct arena *arena;       /* for what lives as long as the list */
	struct copy_file *files;   /* in the arena */
	size_t count;
	struct copy_log *logs;     /* in the arena; as many as files at most */
	size_t log_count;
	bool has_logs;
	size_t control_count; /* files of frameworks */
	uint64_t left_out;         /* members of records that are not known */
	uint64_t packets, packets_dropped, payload_blanked; /* of the capture */
	uint64_t lines_unread;     /* of logs: not understood, so not copied */
	/* what the evidence must tell of files that came before it */
	char session_sha256[HASH_TEXT_MAX], posture_sha256[HASH_TEXT_MAX];
	uint64_t posture_size;
};

/* All of it; twice: first with `to` -1, then, after pseudonyms_settle(), with the folder. */
enum status copy_session(struct copy *c, struct error *err) MUST_CHECK;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_HEAD_H
#define CORE_HEAD_H

/*
 * The head of an evidence log's chain as it is told to a second place on this machine
 * (airgap-verify-formats(5)), so that a log that is rewritten, cut or replaced later shows:
 * one line each time,
 *
 *   {"kind":"head","session":"…","state":"open","t":…,"records":R,"bytes":N,"sha256":"H"}
 *
 * where N and H are the size and the SHA-256 of all that the log held by then.
 */

#include "core/error.h"
#include "core/hash.h"
#include "core/text.h"

enum {
	HEAD_LINE_MAX = 512, /* its LF included; at most PIPE_BUF, so that lines never mix */
	HEAD_SESSION_MAX = 33,
	HEAD_PLACES_MAX = 4,
	HEAD_PLACE_MAX = 4096,
};

/* What stands in front of the line in an entry of journald's, and the file's name in a folder. */
#define HEAD_FIELD "AIRGAP_VERIFY_HEAD="
#define HEAD_FILE "airgap-verify-heads.ndjson"
#define HEAD_JOURNAL "journald"

enum head_state {
	HEAD_OPEN,  /* before the command was let go */
	HEAD_GOING,
	HEAD_END,   /* nothing is written behind it */
	HEAD_STATES,
};

struct head {
	char session[HEAD_SESSION_MAX]; /* 32 hexadecimal digits */
	enum head_state state;
	int64_t wall_ns;
	uint64_t records, bytes;
	unsigned char sha256[HASH_SIZE];
};

/* Adds the line, its LF left out. */
void head_add(const struct head *h, struct text *to);

/* NULL, or what is wrong with a line (a constant). */
const char *head_read(struct slice line, struct head *ret);

/* Is that a second place: "dir:/FOLDER" or "journald"? Else fails with ERR_CONFIG. */
enum status head_place_check(struct slice place, struct error *err) MUST_CHECK;

/* The folder of "dir:/FOLDER"; an empty slice where it is none. */
struct slice head_folder(struct slice place);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_STATE_H
#define CLI_AUDIT_STATE_H

/*
 * state.json in the state folder (airgap-verify-formats(5)): what the last audit was, and up
 * to where it read each log. Written whole or not at all.
 *
 *   {"format":"airgap-verify audit state","version":1,
 *    "last":{"id":"…","folder":"audits/…","bundle":"bundles/….zip","began_ns":1,"ended_ns":2,
 *            "verdict":"PASS","boot_id":"…","fingerprint":"…"},
 *    "trouble":{"time_ns":3,"what":"…"},
 *    "known_sha256":"…",
 *    "logs":[{"name":"…","path":"…","device":1,"inode":2,"offset":3,"tail_sha256":"…"}]}
 */

#include "core/file.h"
#include "core/hash.h"

enum {
	AUDIT_STATE_MAX = 1 << 20, /* bytes of the file */
	AUDIT_LOGS_MAX = 128,
	AUDIT_TEXT_MAX = 512,
};

/* Up to where a log was read. */
struct log_place {
	uint64_t device, inode, offset;
	unsigned char tail[HASH_SIZE]; /* of the at most 4 KiB in front of the offset */
};

struct audit_log {
	char name[AUDIT_TEXT_MAX], path[AUDIT_TEXT_MAX];
	struct log_place place;
};

struct audit_last {
	char id[AUDIT_TEXT_MAX], folder[AUDIT_TEXT_MAX], bundle[AUDIT_TEXT_MAX]; /* bundle "": none was made */
	char verdict[16], boot_id[64], fingerprint[HASH_TEXT_MAX];
	int64_t began_ns, ended_ns;
};

struct audit_state {
	bool there; /* an audit has ended here */
	struct audit_last last;
	int64_t trouble_ns; /* why one could not be made since; 0: none */
	char trouble[AUDIT_TEXT_MAX];
	char known_sha256[HASH_TEXT_MAX]; /* of known.ndjson; "": there is none */
	struct audit_log logs[AUDIT_LOGS_MAX];
	size_t log_count;
};

/* Reads bytes of the file; NULL, or what is wrong with them (a constant). */
const char *audit_state_parse(struct slice text, struct audit_state *ret);

/* The file in the state folder; where there is none, an empty state. One that cannot be read
 * is an error: a place forgotten would be a gap that nobody is told of. */
enum status audit_state_load(int folder, const char *path, struct audit_state *ret, struct error *err) MUST_CHECK;
enum status audit_state_save(int folder, const struct audit_state *s, struct error *err) MUST_CHECK;

/* Where that log was left; NULL where it is new. */
const struct audit_log *audit_state_log(const struct audit_state *s, const char *path);

#endif

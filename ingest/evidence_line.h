/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_EVIDENCE_LINE_H
#define INGEST_EVIDENCE_LINE_H

/*
 * One line of evidence.ndjson (airgap-verify-formats(5)): a JSON object whose
 * member "kind" says what it is. All members that any kind has are found in one
 * pass.
 */

#include "core/address.h"
#include "core/json.h"

enum evidence_field {
	FIELD_KIND, FIELD_T, FIELD_MONO, FIELD_PID, FIELD_TID, FIELD_PPID, FIELD_UID, FIELD_COMM,
	FIELD_EXE, FIELD_IMAGE, FIELD_INODE, FIELD_CGROUP, FIELD_TREE, FIELD_SUITE, FIELD_CALL,
	FIELD_PROTO, FIELD_SRC, FIELD_SPORT, FIELD_DST, FIELD_DPORT, FIELD_VALUE, FIELD_COOKIE,
	FIELD_NETNS, FIELD_IFINDEX, FIELD_SIZE, FIELD_STATE, FIELD_ERROR, FIELD_SENT,
	FIELD_RECEIVED, FIELD_CHILD, FIELD_STATUS, FIELD_PATH, FIELD_SHA256, FIELD_PROBLEM,
	FIELD_FAMILY, FIELD_TYPE, FIELD_ABSTRACT, FIELD_WITNESS, FIELD_PART, FIELD_DETAIL,
	FIELD_REMEDY, FIELD_ROUND, FIELD_END, FIELD_TOOL, FIELD_MOMENT, FIELD_COMMAND,
	FIELD_VERSION, FIELD_AT, FIELD_APP, FIELD_ROLE, FIELD_CHANGE, FIELD_COPY,
	FIELD_COPIED_FROM, FIELD_BEFORE, FIELD_AFTER, FIELD_ADDRESSES, FIELD_REASON, FIELD_UNTIL,
	FIELD_COMMAND_ENDED, FIELD_PROCESSES, FIELD_PACKETS, FIELD_BYTES, FIELD_DROPPED,
	FIELD_LOST, FIELD_LOCAL, FIELD_LPORT, FIELD_REMOTE, FIELD_RPORT, FIELD_SESSION,
	FIELD_FORMAT, FIELD_RECORDS, FIELD_OPCODE, FIELD_REQUEST, FIELD_PROCESS,
	FIELD_PROVIDER, FIELD_PROVIDERS,
	FIELD_SERVERS, FIELD_PROXY, FIELD_HTTP, FIELD_HTTPS,
	FIELD_DENIED, FIELD_UNRECORDED, FIELD_NAME, FIELD_NUMBER, FIELD_TRIED, FIELD_HELD, FIELD_HIDDEN, FIELD_PASSED,
	FIELD_ID, FIELD_KEYWORD, FIELD_FLAGS, FIELD_DATA, FIELD_OWN,
	FIELD_COUNT
};

enum {
	EVIDENCE_STRING_MAX = 8192, /* of one plain string of a record */
};

struct evidence_line {
	struct json_member members[FIELD_COUNT];
};

/* NULL, or what is wrong with the line (a constant). The line must outlive it. */
const char *evidence_line_read(struct slice line, struct evidence_line *ret);

/* Members by type. A member that is absent or of another type: false. */
bool evidence_u64(const struct evidence_line *l, enum evidence_field f, uint64_t *ret);
bool evidence_i64(const struct evidence_line *l, enum evidence_field f, int64_t *ret);
bool evidence_flag(const struct evidence_line *l, enum evidence_field f); /* absent: false */

/* Plain text; `buffer` (EVIDENCE_STRING_MAX bytes) is used where it held escapes. */
bool evidence_text(const struct evidence_line *l, enum evidence_field f, char *buffer,
		   struct slice *ret);
bool evidence_is(const struct evidence_line *l, enum evidence_field f, const char *text);

#endif

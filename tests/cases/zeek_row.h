/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_CASES_ZEEK_ROW_H
#define TESTS_CASES_ZEEK_ROW_H

/*
 * One row of a log of Zeek's, as a JSON line.
 */

#include "tests/cases/cases.h"

enum zeek_member {
	KIND,
	TEST,
	ORIG_H,
	ORIG_P,
	RESP_H,
	RESP_P,
	PROTO,
	IP_PROTO,
	ORIG_BYTES,
	RESP_BYTES,
	ORIG_PACKETS,
	RESP_PACKETS,
	STATE,
	MISSED,
	QUERY,
	ORIGINAL_QUERY,
	QUERY_TYPE,
	RCODE,
	SERVER_NAME,
	HOST,
	NAME,
	UID,
	PARENTS,
	MEMBERS,
};

struct zeek_row {
	struct json_member members[MEMBERS];
	struct ends ends;
};

/* False where the line is no object. */
bool zeek_row(struct peer_run *r, struct slice line, struct zeek_row *ret);

/* NULL and -1 where it is not told. */
const char *zeek_text(struct peer_run *r, const struct zeek_row *row, enum zeek_member m);
int64_t zeek_number(const struct zeek_row *row, enum zeek_member m);

bool zeek_same(const struct zeek_row *a, const struct zeek_row *b, enum zeek_member m);

#endif

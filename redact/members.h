/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_MEMBERS_H
#define REDACT_MEMBERS_H

/*
 * JSON objects of our own files (airgap-verify-formats(5)), written anew: of each member that
 * is known, what it may hold; members that are not known are left out.
 */

#include "core/json.h"
#include "redact/mask.h"

enum member_kind {
	MEMBER_AS_IS, /* words and numbers of the collector's own */
	MEMBER_TEXT,
	MEMBER_PATH,
	MEMBER_NAME,
	MEMBER_HEX, /* a hash; also of what others may hold, so that its bytes could be tried */
};

/* By its name, wherever it stands in the object. */
struct member_known {
	const char *key;
	enum member_kind kind;
};

/* What a member becomes in any case, also where it was not there. */
struct member_override {
	const char *parent; /* the object it is in; NULL: the record itself */
	const char *key;
	struct slice json;  /* size 0: it is left out */
};

struct member_form {
	const struct member_known *members;
	size_t member_count;
	const struct member_override *overrides;
	size_t override_count;
	struct pseudonyms *pseudonyms;
	uint64_t *left_out; /* counts members that are not known */
};

/* Adds the object to `j`, under `key` (NULL: the outermost). It must have been checked. */
void members_write(const struct member_form *form, const struct json_value *object, const char *key, struct json *j);

/* A plain string of it as text; false where it is none. To be freed. */
bool members_string(const struct json_value *v, struct text *ret);

#endif

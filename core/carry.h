/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_CARRY_H
#define CORE_CARRY_H

/*
 * A server on the loopback that an isolated session may reach, as a policy and a command
 * line write it.
 */

#include "core/address.h"
#include "core/error.h"

enum {
	CARRY_MAX = 16, /* in one session */
	CARRY_TEXT_MAX = ADDRESS_TEXT_MAX + 16,
};

struct carry {
	struct address address; /* of the loopback, and of one host */
	unsigned port;
};

/* "11434", "127.0.0.1:11434" or "[::1]:11434"; fails with ERR_USAGE. */
enum status carry_parse(struct slice text, struct carry *ret, struct error *err) MUST_CHECK;

/* As text, the address included. */
void carry_text(const struct carry *c, char ret[static CARRY_TEXT_MAX]);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_MASK_H
#define REDACT_MASK_H

/*
 * Foreign text in place: every address, hardware address and word in it becomes its
 * pseudonym, of the same length. Nothing is passed over for not being understood: what is
 * no address is words, and what stands between words are signs.
 */

#include "redact/pseudonym.h"

enum mask {
	MASK_TEXT, /* common words and numbers of up to seven digits stay */
	MASK_OUTPUT, /* the same of what a tool prints: up to ten digits, and behind an address a port */
	MASK_PATH, /* common words stay: paths, programs, command lines */
	MASK_NAME, /* nothing stays: of hosts and people */
};

void mask_text(struct pseudonyms *p, enum mask how, unsigned char *at, size_t size);

/* Where the address that begins at `from` ends, the longest that is one; 0: none does. */
size_t mask_address_end(const unsigned char *text, size_t size, size_t from, struct address *ret);

#endif

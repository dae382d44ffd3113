/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_SPECIAL_H
#define ANALYSIS_SPECIAL_H

/*
 * What the registries of special-purpose addresses (IANA, RFC 6890 and its updates) and
 * of multicast scopes say of an address: schema/addresses.tsv, without any network. It
 * refines the class of core/address.h and never makes it milder: an address that holds
 * another one is told with that, and goes where its own prefix goes.
 */

#include "core/address.h"
#include "core/text.h"

enum { SPECIAL_TEXT_MAX = 160, SPECIAL_NAT64_MAX = 4, SPECIAL_ROWS_MAX = 128 };

/* The prefixes by which this network translates to IPv4 (RFC 6052), beside the well-known one. */
struct special_nat64 {
	struct address_range prefixes[SPECIAL_NAT64_MAX];
	size_t count;
};

struct special_row {
	struct address_range range;
	struct slice what, holds, specification;
};

/* The table, read once. */
struct special_table {
	struct special_row rows[SPECIAL_ROWS_MAX];
	size_t count;
};

/* Reads the table that is compiled in (schema/special.tsv); SPECIAL_ROWS_MAX rows at the most. */
void special_read(struct special_table *ret);

/* Adds what is known of `a`: "private use", "6to4 of 10.0.0.1 (private use)"; nothing where
 * it is an address like any other. `own` may be NULL. */
void special_text(const struct address *a, const struct special_table *table, const struct special_nat64 *own,
		  struct text *ret);

/* The IPv4 address that IPv6 addresses of this prefix length hold (RFC 6052, 2.2). False
 * where `bits` is none of 32, 40, 48, 56, 64 and 96. */
bool special_embedded(const struct address *a, unsigned bits, struct address *ret);

/* From an answer to ipv4only.arpa (RFC 7050): the prefix that was put before 192.0.0.170
 * or 192.0.0.171. False where neither is in it. */
bool special_nat64_prefix(const struct address *answer, struct address_range *ret);

#endif

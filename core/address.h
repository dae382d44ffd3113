/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_ADDRESS_H
#define CORE_ADDRESS_H

/*
 * IPv4 and IPv6 addresses, and where a packet to one of them would go.
 */

#include "core/cursor.h"

enum {
	ADDRESS_TEXT_MAX = 48, /* INET6_ADDRSTRLEN and a NUL, rounded up */
};

enum address_family { ADDRESS_NONE = 0, ADDRESS_V4 = 4, ADDRESS_V6 = 6 };

struct address {
	enum address_family family;
	unsigned char bytes[16]; /* network order; the first 4 for IPv4, the rest 0 */
};

/* The destination classes of the architecture. All but the first two leave the
 * machine. CLASS_OWN is never found from the address alone: it takes the list
 * of the host's addresses. */
enum address_class {
	CLASS_LOOPBACK,
	CLASS_OWN,
	CLASS_LINK_LOCAL,
	CLASS_MULTICAST,
	CLASS_PRIVATE,
	CLASS_PUBLIC,
};

/* Four bytes in network order. */
struct address address_v4(const unsigned char bytes[static 4]);

/* An IPv4-mapped address (RFC 4291, 2.5.5.2) becomes the IPv4 address it holds:
 * that is what goes onto the wire. */
struct address address_v6(const unsigned char bytes[static 16]);

/* Clears the number of an interface that BSD and macOS keep in the third and fourth byte
 * of a link-local address, where RFC 4291, 2.5.6 has zeros; changes no other address. */
void address_clear_scope(struct address *a);

/* Text as inet_pton() takes it; a zone ("%eth0") is not part of it. */
bool address_parse(struct slice text, struct address *ret);

/* Text as inet_ntop() of glibc writes it, on every system; "" for ADDRESS_NONE. */
void address_text(const struct address *a, char ret[static ADDRESS_TEXT_MAX]);

/* Of the same family, and the same bytes. */
bool address_equal(const struct address *a, const struct address *b);

/* By the special-purpose registries (RFC 6890 and its updates). The unspecified
 * address counts as loopback: on Linux a connect to it reaches this machine. */
enum address_class address_class(const struct address *a);

/* "loopback", "link_local" …, as they stand in the database. A constant. */
const char *address_class_name(enum address_class class);

struct address_range {
	struct address from;
	unsigned bits; /* length of the prefix */
};

/* "192.0.2.0/24" or a bare address. False where it is neither. */
bool address_range_parse(struct slice text, struct address_range *ret);

/* Does the address lie in the range? Only one of the same family does. */
bool address_in(const struct address *a, const struct address_range *range);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_NETWORK_H
#define COLLECTORS_NETWORK_H

/*
 * The interfaces of this machine (on Linux, of this network namespace) and their
 * addresses.
 */

#include "collectors/collector.h"

enum {
	NETWORK_NAME_MAX = 256, /* of an interface, its end included */
	NETWORK_INTERFACES_MAX = 256,
};

struct network_interface {
	char name[NETWORK_NAME_MAX];
	uint32_t index;
};

struct network {
	size_t address_count, interface_count;
	bool cut; /* there are more addresses than are kept */
	struct network_address {
		struct address address;
		struct network_interface interface;
	} addresses[WATCH_ADDRESSES_MAX];
	struct network_interface interfaces[NETWORK_INTERFACES_MAX]; /* all, also without one */
};

/* As this platform lists them, in posix/ and windows/; false where it does not. `ret`
 * is zeroed before. */
bool network_list(struct network *ret);

/* Adds an address while there is room. */
void network_add(struct network *n, const struct address *a, const char *name, uint32_t index);
void network_add_interface(struct network *n, const char *name, uint32_t index);

/* Writes a `network` record when the addresses are not those of the last one, and
 * remembers them. */
void network_look(struct watch *w);

#endif

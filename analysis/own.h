/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_OWN_H
#define ANALYSIS_OWN_H

/*
 * This machine's addresses, as it had them at any time of the session.
 */

#include "core/address.h"
#include "core/store.h"

enum { OWN_MAX = 4096 };

struct own {
	struct address at[OWN_MAX];
	size_t count;
};

/* Reads the addresses that the host had during the session, OWN_MAX at the most. */
enum status own_load(struct store *store, struct own *ret, struct error *err) MUST_CHECK;

/* CLASS_OWN where it is one of them, else as address_class() has it. */
enum address_class own_class(const struct own *own, const struct address *a);

#endif

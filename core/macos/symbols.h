/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_MACOS_SYMBOLS_H
#define CORE_MACOS_SYMBOLS_H

/*
 * Functions and constants of libraries that are there on every Mac, but only in Apple's
 * SDK where this is built: looked up by name when they are needed (dlopen(3)).
 */

#include "core/error.h"

struct symbol {
	const char *name;
	void *to; /* a pointer to a pointer (to a function, too) that gets the address */
};

/* Fills all of `symbols`, which end with a name of NULL; the library stays loaded. Fails
 * where the library or one of them is not there. */
enum status symbols_load(const char *library, const struct symbol symbols[], struct error *err) MUST_CHECK;

#endif

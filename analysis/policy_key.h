/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POLICY_KEY_H
#define ANALYSIS_POLICY_KEY_H

/*
 * The keys of [policy], [capture] and [isolate] (policy.ini(5)), a row each; those of other
 * sections are read where what they set is declared.
 */

#include "analysis/policy.h"

/* Does a section of this name hold such keys? */
bool policy_key_section(const char *section);

/* Sets one. `given` has a bit for each that was set, 0 in the beginning: no key is given
 * twice. */
enum status policy_key_set(struct policy *p, unsigned *given, const char *section, const char *key, const char *value,
			   struct error *err) MUST_CHECK;

/* Copies a value of at most `capacity` - 1 bytes; `key` names it where it is longer. */
enum status policy_key_keep(const char *value, const char *key, char *ret, size_t capacity, struct error *err) MUST_CHECK;

#endif

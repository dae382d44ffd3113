/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_INTERN_H
#define CORE_INTERN_H

/*
 * Texts as small numbers: the same text has the same number, from 0 in the order in
 * which they came. Comparing millions of rows by them is comparing integers.
 */

#include "core/cursor.h"
#include "core/error.h"

struct intern; /* opaque; owns its copies of the texts */

#define INTERN_NONE UINT32_MAX

/* Holds at most `max_bytes` of texts and of what belongs to them. */
struct intern *intern_new(size_t max_bytes);
void intern_free(struct intern *t); /* NULL-safe */

/* The number of a text, which is added where it is new; INTERN_NONE past the maximum. */
uint32_t intern_add(struct intern *t, struct slice text);

/* The number of a text that is there; INTERN_NONE where it is not. */
uint32_t intern_find(const struct intern *t, struct slice text);

/* How many there are; numbers go from 0. */
size_t intern_count(const struct intern *t);

/* A text by its number, "" where there is none; valid until intern_free(). */
const char *intern_text(const struct intern *t, uint32_t number);

#endif

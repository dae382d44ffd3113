/* SPDX-License-Identifier: Apache-2.0 */
#ifndef FLEET_WORDS_H
#define FLEET_WORDS_H

/*
 * The statements in schema/fleet/ are written once. What the engines write otherwise stands in
 * them as a word in braces: the types, what follows a table, the day of a time.
 */

#include "core/text.h"

enum engine { ENGINE_SQLITE, ENGINE_POSTGRESQL, ENGINE_COUNT };

enum { WORDS_SQL_MAX = 1 << 20 /* bytes of one file, put into words */ };

/* Adds the statements of a file in the words of an engine. A word that is not known is a fault
 * of the build and ends the process (a test puts every file). */
void words_put(const char *sql, enum engine engine, struct text *out);

#endif

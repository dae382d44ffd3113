/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_COMMON_H
#define REDACT_COMMON_H

/*
 * Words that may stay, as nobody learns anything from them: of systems, protocols and
 * products (schema/redact.tsv and other tables of the build), in text that is not a name; and
 * those that the site wants to stay, everywhere.
 */

#include "core/text.h"

struct common; /* opaque */

struct common *common_new(void);
void common_free(struct common *c); /* NULL-safe */

/* Every word of this text stays, wherever it stands. */
void common_keep(struct common *c, struct slice text);

/* And those of all hosts that the rules of this build know (schema/endpoints.tsv). */
void common_keep_endpoints(struct common *c);

/* `word` in small letters; `text`: it is not part of a name. */
bool common_stays(const struct common *c, struct slice word, bool text);

/* Is this a byte of a word? Letters, digits, and what is not ASCII. */
bool common_is_part(unsigned char byte);

/* The word in small letters, in the buffer. */
struct slice common_lower(struct text *buffer, struct slice word);

#endif

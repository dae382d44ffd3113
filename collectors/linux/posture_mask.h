/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_POSTURE_MASK_H
#define COLLECTORS_LINUX_POSTURE_MASK_H

/*
 * Settings files hold keys and passwords, and the evidence is made to be shown: what
 * sounds like a secret is taken out before it is written down. Like the payload of
 * packets it is never there; the hash of the file tells which file it was.
 */

#include "core/text.h"

#define POSTURE_MASKED "[masked]"

/* Does a setting of this name ("apiKey", "OPENAI_API_KEY", "--auth-token") hold one? */
bool posture_is_secret(struct slice name);

/* Does "NAME=VALUE" say where a client or a server turns to? */
bool posture_is_variable(struct slice entry);

/* Adds the lines of `in` that do: a file of variables may hold anything besides. */
void posture_keep_variables(struct slice in, struct text *ret);

/* Adds `in` to `ret` with POSTURE_MASKED in place of the value behind each such name,
 * whether JSON, YAML, TOML or NAME=VALUE, and of user and password in URLs. Objects and
 * arrays are not values: names inside them speak for themselves. Linear in `in`. */
void posture_mask(struct slice in, struct text *ret);

#endif

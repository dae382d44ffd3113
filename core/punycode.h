/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_PUNYCODE_H
#define CORE_PUNYCODE_H

/*
 * Punycode (RFC 3492): one label of a host name outside ASCII in letters, digits and '-',
 * and back. Without the "xn--" in front.
 */

#include "core/cursor.h"

enum { PUNYCODE_MAX = 63 /* of a label, in code points as in bytes */ };

/* False where it is more than PUNYCODE_MAX of either, or holds a NUL. `ret` is NUL-terminated. */
bool punycode_encode(const uint32_t *codes, size_t count, char ret[static PUNYCODE_MAX + 1]);

/* False where it is no Punycode, or stands for a surrogate or for nothing of Unicode. */
bool punycode_decode(struct slice text, uint32_t ret[static PUNYCODE_MAX], size_t *ret_count);

#endif

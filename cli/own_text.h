/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_OWN_TEXT_H
#define CLI_OWN_TEXT_H

#include "core/text.h"

enum { OWN_TEXT_MAX = 256 << 20 };

/* Adds the strings and tables of this very program and of what writes documents for it: whatever it writes of its own accord is
 * made of them. */
void own_text(struct text *ret);

#endif

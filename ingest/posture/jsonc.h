/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_POSTURE_JSONC_H
#define INGEST_POSTURE_JSONC_H

#include "core/text.h"

/* JSON as editors take it, made plain: comments and commas in front of a closing
 * bracket become blanks, a byte order mark goes. Every other byte stays, at its place,
 * so that an offset in the one is an offset in the other. Linear; what is no JSON at all
 * is for the reader behind it to find. `ret` gets it added. */
void jsonc_plain(struct slice in, struct text *ret);

#endif

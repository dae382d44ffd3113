/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_CLOSEST_H
#define CORE_CLOSEST_H

#include "core/cursor.h"

enum { CLOSEST_NONE = 99 };

/* How many letters make one word the other: left out, put in, exchanged, or two beside each other
 * swapped (optimal string alignment). CLOSEST_NONE where that is more than a slip would be (two, and a
 * third of the letters), or a word is longer than 40 bytes. */
unsigned closest_distance(struct slice a, struct slice b);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_OWN_WORDS_H
#define CLI_OWN_WORDS_H

#include "core/intern.h"

/* The words in the strings of this very program, in small letters: whatever it writes of its
 * own accord is made of them. The caller frees it. */
struct intern *own_words(void);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_LIST_H
#define CLI_LIST_H

/*
 * The tables that `list` prints, by name.
 */

#include <stddef.h>

/* NULL behind the last. */
const char *list_table(size_t i);

#endif

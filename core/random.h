/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_RANDOM_H
#define CORE_RANDOM_H

#include <stddef.h>

/* Bytes nobody can foretell, from the system; dies where it gives none. */
void random_bytes(void *ret, size_t size);

#endif

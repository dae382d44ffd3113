/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_RANDOM_H
#define CORE_RANDOM_H

#include <stddef.h>

/* `size` bytes that nobody can foresee, from the system. Where it has none to give
 * the process ends: nothing that asks for them may go on without. */
void random_bytes(void *ret, size_t size);

#endif

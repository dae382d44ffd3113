/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_CASES_MUTATOR_H
#define TESTS_CASES_MUTATOR_H

/*
 * Bytes changed at random, the same for the same seed.
 */

#include "core/cursor.h"

enum { MUTATIONS_MAX = 6, MUTATION_GROWTH = 64 }; /* of one mutant; bytes it may grow each */

/* Fills `ret` (room for the input and MUTATIONS_MAX * MUTATION_GROWTH more) and returns
 * its size. `ret_damage` is the first byte that may differ. */
size_t mutate(struct slice input, uint64_t seed, unsigned char ret[], size_t *ret_damage);

#endif

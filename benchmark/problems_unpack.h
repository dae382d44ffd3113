/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_PROBLEMS_UNPACK_H
#define BENCHMARK_PROBLEMS_UNPACK_H

#include "core/error.h"
#include "core/text.h"

/* All of a file, unpacked where gzip packed it, up to the maximum of `ret`. Fails, naming
 * the file, where it is larger, damaged or cut off. */
enum status problems_unpack(const char *path, struct text *ret, struct error *err) MUST_CHECK;

#endif

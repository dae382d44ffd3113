/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCHMARK_CONFINE_MEMORY_H
#define BENCHMARK_CONFINE_MEMORY_H

#include <stdint.h>
#include <sys/types.h>

/* Bytes of memory of their own that a process and all it started hold now, as /proc
 * tells; for where no control group bounds them. */
uint64_t memory_held(pid_t first);

#endif

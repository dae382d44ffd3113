/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_SANDBOX_H
#define CORE_SANDBOX_H

/*
 * A process without rights: what reads bytes that somebody else chose runs in one.
 */

#include "core/error.h"

#include <stdint.h>

/*
 * From here on, and for good, this process can compute, take memory up to
 * `memory_max` bytes (0: no bound), and read and write the descriptors `fds` (at most
 * SANDBOX_FDS_MAX, in any order); every other one is closed. It can open nothing, make
 * no socket, start no process and signal none: capabilities are given up, Landlock is
 * put on where the kernel has it, and a seccomp filter answers every other system call
 * with EPERM. Fails where the filter cannot be put on, so that nothing foreign is read
 * without it.
 */
enum { SANDBOX_FDS_MAX = 8 };

enum status sandbox_enter(const int fds[], size_t count, uint64_t memory_max,
			  struct error *err) MUST_CHECK;

/* The first half of it, for what has to read files before: from here on, and for good,
 * this process makes no sockets. */
enum status sandbox_no_network(struct error *err) MUST_CHECK;

/* Would it work here? Tries it in a process of its own. `ret_landlock`: the version of
 * the kernel's Landlock, 0: none. */
enum status sandbox_probe(unsigned *ret_landlock, struct error *err) MUST_CHECK;

#endif

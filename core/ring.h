/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_RING_H
#define CORE_RING_H

/*
 * The size of the buffer through which the kernel tells of events, as it is given on a command line.
 */

#include "core/error.h"

#include <stdint.h>

/* A power of two of bytes, from 4096 to 1 GiB; else ERR_USAGE. */
enum status ring_parse(const char *text, uint64_t *ret, struct error *err) MUST_CHECK;

#endif

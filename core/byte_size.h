/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_BYTE_SIZE_H
#define CORE_BYTE_SIZE_H

#include "core/error.h"

#include <stdint.h>

/* "64KiB", "500MiB", "1GiB": a whole number and a power of 1024, at most 1 PiB; "0".
 * `what` names the option for the message. */
enum status byte_size_parse(const char *text, const char *what, uint64_t *ret, struct error *err) MUST_CHECK;

#endif

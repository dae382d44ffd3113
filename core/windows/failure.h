/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_FAILURE_H
#define CORE_WINDOWS_FAILURE_H

/*
 * What fail_errno() is to errno, for the error numbers of Windows.
 */

#include "core/error.h"

/* As fail(), with ": " and what Windows says of `code` (as GetLastError() returns it)
 * behind it. The status follows from the code: a refused access is ERR_PERMISSION, what
 * is not there ERR_NO_INPUT, a full or broken disk ERR_IO, everything else `status`. */
enum status fail_windows(struct error *err, enum status status, unsigned long code,
			 const char *format, ...) PRINTF_LIKE(4, 5);

/* The text alone, in UTF-8 and without the full stop. */
void failure_text(unsigned long code, char *ret, size_t capacity);

#endif

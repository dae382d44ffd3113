/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_INCLUDE_ERRNO_H
#define CORE_WINDOWS_INCLUDE_ERRNO_H

#include_next <errno.h>

/* The C library of Windows has no such number; sockets do. */
#ifndef EDQUOT
#define EDQUOT 10069
#endif

#endif

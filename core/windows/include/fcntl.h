/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_INCLUDE_FCNTL_H
#define CORE_WINDOWS_INCLUDE_FCNTL_H

#include_next <fcntl.h>

/* As a folder of core/file.h: the current one. */
#define AT_FDCWD (-100)

#endif

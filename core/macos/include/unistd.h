/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_MACOS_INCLUDE_UNISTD_H
#define CORE_MACOS_INCLUDE_UNISTD_H

#include_next <unistd.h>

/* As in Linux, for O_CLOEXEC alone (pipe2.c). */
int pipe2(int ret[2], int flags);

#endif

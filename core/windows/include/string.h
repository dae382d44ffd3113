/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_INCLUDE_STRING_H
#define CORE_WINDOWS_INCLUDE_STRING_H

#include_next <string.h>

#include <stddef.h>

/* As in glibc: the first place of `needle` in `haystack`, or NULL (memmem.c). */
void *memmem(const void *haystack, size_t size, const void *needle, size_t needle_size);

#endif

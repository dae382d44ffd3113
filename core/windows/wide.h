/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_WINDOWS_WIDE_H
#define CORE_WINDOWS_WIDE_H

/*
 * Between the UTF-8 of everything here and the UTF-16 of Windows.
 */

#include "core/text.h"

#include <wchar.h>

/* As many UTF-16 units as Windows allows a path or a command line, NUL included. */
enum { WIDE_MAX = 32768 };

/* NUL-terminated; false, and an empty string, where it is longer than `capacity` units
 * or no UTF-8. */
bool wide_from(const char *utf8, wchar_t *ret, size_t capacity);

/* Adds `units` of UTF-16; a lone surrogate becomes U+FFFD. */
void wide_add(struct text *t, const wchar_t *wide, size_t units);

/* The same of a NUL-terminated string into a buffer; what does not fit is left out
 * altogether. */
void wide_string(const wchar_t *wide, char *ret, size_t capacity);

#endif

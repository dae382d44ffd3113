/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_WATCH_FIND_H
#define CLI_WATCH_FIND_H

/*
 * Which session somebody means who names none.
 */

#include "core/file.h"

/* The path of the folder below one of the places whose evidence is the latest without an end. Only
 * folders that are this user's, or root's, and that nobody else may write to. */
enum status watch_find(const char *const places[], size_t count, char ret[static FILE_PATH_MAX], struct error *err) MUST_CHECK;

#endif

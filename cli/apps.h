/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_APPS_H
#define CLI_APPS_H

/*
 * The applications whose logs the product can find: schema/apps.tsv.
 */

#include "core/file.h"

struct app {
	struct slice name, path, role, what; /* in the table that is built in */
};

/* Steps through the table; false at its end. Start with *at = 0. */
bool apps_next(size_t *at, struct app *ret);

/* ERR_USAGE where the table does not know that application. */
enum status apps_check(const char *name, struct error *err) MUST_CHECK;

/* Adds "NAME=PATH" for every log of an application that lies on this machine. An
 * application that the table does not know is ERR_USAGE. */
enum status apps_logs(const char *name, char ret[][FILE_PATH_MAX], size_t max, size_t *count,
		      struct error *err) MUST_CHECK;

#endif

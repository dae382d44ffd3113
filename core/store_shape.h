/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_STORE_SHAPE_H
#define CORE_STORE_SHAPE_H

/*
 * Builds that were never released share a schema's number and not its tables, and a statement that
 * does not compile would end the process half-way. So a database is looked at when it is opened.
 */

#include "core/error.h"

#include <sqlite3.h>

/* Has `db` each table and view of this build's schema, with the same columns in the same order?
 * What else there is in it does not matter. ERR_MALFORMED names the first that differs, and the
 * remedy. */
enum status store_shape_check(sqlite3 *db, struct error *err) MUST_CHECK;

#endif

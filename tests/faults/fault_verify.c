/* SPDX-License-Identifier: Apache-2.0 */
/* Fault points that airgap-verify alone has: what SQLite does. */
#include "tests/faults/fault.h"

#include <sqlite3.h>

WRAP("sql", int, sqlite3_step, (sqlite3_stmt *q), (q), EIO, SQLITE_IOERR)
WRAP("sql", int, sqlite3_exec,
     (sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **), void *context, char **problem),
     (db, sql, row, context, problem), ENOSPC, SQLITE_FULL)
WRAP("sql", int, sqlite3_prepare_v3,
     (sqlite3 *db, const char *sql, int size, unsigned flags, sqlite3_stmt **ret, const char **rest),
     (db, sql, size, flags, ret, rest), ENOMEM, SQLITE_NOMEM)
WRAP("sql", int, sqlite3_open_v2, (const char *path, sqlite3 **ret, int flags, const char *vfs),
     (path, ret, flags, vfs), EMFILE, SQLITE_CANTOPEN)

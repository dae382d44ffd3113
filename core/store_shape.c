/* SPDX-License-Identifier: Apache-2.0 */
#include "core/store_shape.h"

#include "schema.h" /* generated: migrations[] */

#include <stdio.h>
#include <string.h>

static const char OBJECTS[] =
	"SELECT name, (SELECT group_concat(name) FROM pragma_table_info(m.name)) FROM sqlite_master m"
	" WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name";
static const char COLUMNS[] = "SELECT group_concat(name) FROM pragma_table_info(?1)";

/* An empty database as this build makes it; NULL: there is no memory for it. */
static sqlite3 *make_model(void)
{
	sqlite3 *db = NULL;
	bool made = sqlite3_open(":memory:", &db) == SQLITE_OK;
	for (size_t i = 0; i < MIGRATION_COUNT && made; i++)
		made = sqlite3_exec(db, (const char *)migrations[i].sql, NULL, NULL, NULL) == SQLITE_OK;
	if (made)
		return db;
	sqlite3_close(db);
	return NULL;
}

/* A view over what is not there has no columns that could be told. */
static bool has_columns(sqlite3_stmt *columns, const char *name, const char *wanted)
{
	sqlite3_bind_text(columns, 1, name, -1, SQLITE_STATIC);
	const char *there = sqlite3_step(columns) == SQLITE_ROW ? (const char *)sqlite3_column_text(columns, 0) : NULL;
	bool same = there && wanted && !strcmp(there, wanted);
	sqlite3_reset(columns);
	return same;
}

enum status store_shape_check(sqlite3 *db, struct error *err)
{
	sqlite3_stmt *objects = NULL, *columns = NULL;
	enum status status = OK;
	sqlite3 *model = make_model();
	if (!model || sqlite3_prepare_v2(model, OBJECTS, -1, &objects, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(db, COLUMNS, -1, &columns, NULL) != SQLITE_OK)
		status = fail(err, ERR_STORE, "its tables cannot be looked at: %s", sqlite3_errmsg(model ? db : NULL));
	while (!status && sqlite3_step(objects) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(objects, 0);
		if (!has_columns(columns, name, (const char *)sqlite3_column_text(objects, 1)))
			status = fail(err, ERR_MALFORMED, "another build of airgap-verify made it (%s is not as here); "
				      "make it anew: crosscheck of a session folder, ingest of other files", name);
	}
	sqlite3_finalize(columns);
	sqlite3_finalize(objects);
	sqlite3_close(model);
	return status;
}

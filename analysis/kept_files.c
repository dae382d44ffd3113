/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/kept_files.h"

#include "analysis/site_files.h"
#include "core/text.h"

enum status kept_files_each(struct store *store, enum query next, kept_file_fn *each, void *context, struct error *err)
{
	AUTO_TEXT struct text name = text_make(SITE_FILE_NAME_MAX);
	bool more = true;
	int64_t id = 0;
	enum status status = OK;
	while (!status && more) {
		sqlite3_stmt *q = store_query(store, next);
		store_bind_i64(q, 1, id);
		status = store_step(q, &more, err);
		if (!status && more) {
			id = store_i64(q, 0);
			text_clear(&name);
			text_add(&name, store_slice(q, 1));
			status = each(context, store_slice(q, 2), text_string(&name), err);
		}
		sqlite3_reset(q);
	}
	return status;
}

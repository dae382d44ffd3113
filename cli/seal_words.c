/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/seal_words.h"

#include "cli/signer.h"
#include "core/clock.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What was watched; zeros where nothing was judged. */
static enum status read_window(struct store *store, int64_t *ret_from_ns, int64_t *ret_to_ns, struct error *err)
{
	bool row = false;
	sqlite3_stmt *q = store_query(store, QUERY_REPORT_VERDICT);
	enum status status = store_step(q, &row, err);
	*ret_from_ns = !status && row ? store_i64(q, 2) : 0;
	*ret_to_ns = !status && row ? store_i64(q, 3) : 0;
	sqlite3_reset(q);
	return status;
}

enum status seal_words_read(struct store *store, const char *verdict, const char *reason, struct seal_words *ret,
			    struct error *err)
{
	int64_t from_ns = 0, to_ns = 0;
	*ret = (struct seal_words){0};
	enum status status = store_session_value(store, "id", ret->id, sizeof ret->id, err);
	if (!status)
		status = store_session_value(store, "host", ret->watched, sizeof ret->watched, err);
	if (!status)
		status = store_session_value(store, "derived_from", ret->derived, sizeof ret->derived, err);
	if (!status)
		status = read_window(store, &from_ns, &to_ns, err);
	if (!status)
		status = site_read(store, &ret->site, err);
	if (status)
		return status;
	snprintf(ret->verdict, sizeof ret->verdict, "%s", verdict);
	signer_subject(ret->subject);
	ret->subject[strcspn(ret->subject, "@")] = 0;
	gethostname(ret->host, sizeof ret->host - 1);
	ret->facts = (struct seal_facts){
		.session_id = ret->id,
		.verdict = ret->verdict,
		.tool_version = VERSION,
		.user = ret->subject,
		.host = ret->host,
		.reason = reason,
		.now_ns = clock_now().wall_ns,
		.watched = ret->watched[0] ? ret->watched : NULL,
		.from_ns = from_ns,
		.to_ns = to_ns,
		.marking = ret->site.marking,
		.retention_years = ret->site.retention_years,
		.derived_from = ret->derived,
	};
	return OK;
}

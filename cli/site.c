/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/site.h"

#include "analysis/policy.h"
#include "report/retention.h"

enum status site_read(struct store *store, struct site *ret, struct error *err)
{
	char years[16];
	uint64_t number;
	enum status status = store_session_value(store, "policy_marking", ret->marking, sizeof ret->marking, err);
	if (!status)
		status = store_session_value(store, "policy_retention_years", years, sizeof years, err);
	/* one that was judged before there was such a thing has none */
	ret->retention_years = !status && slice_u64(slice_of_string(years), POLICY_RETENTION_MAX, &number) ? (unsigned)number
													     : RETENTION_YEARS;
	return status;
}

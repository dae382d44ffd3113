/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_COLLECTORS_TABLE_H
#define CLI_COLLECTORS_TABLE_H

#include "core/json.h"

/* One row of what `airgap-collect list` or `probe` prints. */
struct collector_row {
	char name[64], witnesses[256], needs[256], detail[512], remedy[512];
	bool works;
};

enum { COLLECTOR_ROWS_MAX = 16 };

/* Asks airgap-collect; `probing`: also whether each would work here and now. */
enum status collectors_table(bool probing, struct collector_row ret[static COLLECTOR_ROWS_MAX],
			     size_t *ret_count, struct error *err) MUST_CHECK;

/* Is there one of that name, and does it work? */
bool collectors_table_works(const struct collector_row rows[], size_t count, const char *name);

#endif

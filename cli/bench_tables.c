/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_tables.h"

#include "benchmark/published.h"
#include "cli/config.h"
#include "core/auto.h"
#include "core/file.h"
#include "tables.h" /* generated */

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

/* The file of a site; "" where there is none. */
static void find(const char *named, const char *name, char ret[static FILE_PATH_MAX])
{
	if (named)
		snprintf(ret, FILE_PATH_MAX, "%s", named);
	else if (!config_path(name, ret) || access(ret, F_OK) != 0)
		snprintf(ret, FILE_PATH_MAX, "/etc/airgap-verify/%s", name);
	if (!named && access(ret, F_OK) != 0)
		ret[0] = 0;
}

enum status bench_tables_tiers(const char *named, struct text *keep, struct slice *ret, struct error *err)
{
	char path[FILE_PATH_MAX];
	find(named, "tiers.tsv", path);
	*ret = slice_of(embedded_table_tiers, embedded_table_tiers_size);
	if (!path[0])
		return OK;
	enum status status = file_read(AT_FDCWD, path, BENCH_TABLE_MAX, keep, err);
	*ret = text_slice(keep);
	return status ? fail_in(err, "--tiers: %s", path) : OK;
}

enum status bench_tables_published(const char *named, struct text *keep, struct slice *ret, struct error *err)
{
	char path[FILE_PATH_MAX];
	find(named, "published.tsv", path);
	*ret = slice_of(NULL, 0);
	if (!path[0])
		return OK;
	AUTO_FREE struct published *read = must_alloc(1, sizeof *read);
	enum status status = file_read(AT_FDCWD, path, BENCH_TABLE_MAX, keep, err);
	if (!status)
		status = published_read(text_slice(keep), read, err);
	*ret = text_slice(keep);
	return status ? fail_in(err, "--published: %s", path) : OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/bench_tiers.h"

#include "cli/config.h"
#include "core/file.h"
#include "tables.h" /* generated */

#include <fcntl.h>
#include <unistd.h>

enum status bench_tiers(const char *named, struct text *keep, struct slice *ret, struct error *err)
{
	static const char machine[] = "/etc/airgap-verify/tiers.tsv";
	char own[FILE_PATH_MAX];
	const char *path = named;
	if (!path && config_path("tiers.tsv", own) && access(own, F_OK) == 0)
		path = own;
	if (!path && access(machine, F_OK) == 0)
		path = machine;
	*ret = slice_of(embedded_table_tiers, embedded_table_tiers_size);
	if (!path)
		return OK;
	enum status status = file_read(AT_FDCWD, path, BENCH_TIERS_MAX, keep, err);
	*ret = text_slice(keep);
	return status ? fail_in(err, "--tiers: %s", path) : OK;
}

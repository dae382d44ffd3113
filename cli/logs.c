/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/logs.h"

#include "cli/config.h"

enum status logs_load(const struct log_options *options, struct logs *ret, struct error *err)
{
	char own[FILE_PATH_MAX];
	ret->known = descriptions_new();
	ret->logs = (struct ingest_logs){.known = ret->known};
	enum status status = descriptions_add_folder(ret->known, "/etc/airgap-verify/logs.d", err);
	if (!status && config_path("logs.d", own))
		status = descriptions_add_folder(ret->known, own, err);
	for (size_t i = 0; options && i < options->descriptions.count && !status; i++) {
		status = descriptions_add_file(ret->known, options->descriptions.at[i], err);
		if (status == ERR_NO_INPUT || status == ERR_PERMISSION)
			(void)fail_in(err, "--log-description");
	}
	if (status || !options || !options->timezone)
		return status;
	ret->logs.zone = &ret->zone;
	status = zone_find(options->timezone, &ret->zone, err);
	return status ? fail_in(err, "--timezone") : OK;
}

void logs_free(struct logs *l)
{
	descriptions_free(l->known);
	l->known = NULL;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/endpoint_files.h"

#include "cli/config.h"
#include "cli/site_folder.h"

#include <fcntl.h>

static enum status add(void *all, struct slice text, const char *name, struct error *err)
{
	return endpoints_add(all, text, name, err);
}

static const struct site_kind kind = {
	.folder = ENDPOINTS_FOLDER,
	.text_max = ENDPOINT_TEXT_MAX,
	.add = add,
	.reset = QUERY_ENDPOINT_FILE_RESET,
	.insert = QUERY_ENDPOINT_FILE_INSERT,
};

static enum status add_named(struct endpoints *all, const struct argument_list *named, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; named && i < named->count && !status; i++)
		status = site_folder_add_file(&kind, all, AT_FDCWD, named->at[i], named->at[i], err);
	return status == ERR_NO_INPUT || status == ERR_PERMISSION ? fail_in(err, "--endpoints") : status;
}

enum status endpoint_files_load(const struct argument_list *named, struct endpoints **ret, struct error *err)
{
	char own[FILE_PATH_MAX];
	*ret = endpoints_new();
	enum status status = site_folder_add(&kind, *ret, AT_FDCWD, "/etc/airgap-verify/" ENDPOINTS_FOLDER, err);
	if (!status && config_path(ENDPOINTS_FOLDER, own))
		status = site_folder_add(&kind, *ret, AT_FDCWD, own, err);
	return status ? status : add_named(*ret, named, err);
}

enum status endpoint_files_kept(int folder, const struct argument_list *named, struct endpoints **ret, size_t *ret_kept,
				struct error *err)
{
	AUTO_ENDPOINTS struct endpoints *alone = endpoints_new();
	*ret = endpoints_new();
	enum status status = site_folder_add(&kind, *ret, folder, ENDPOINTS_FOLDER, err);
	*ret_kept = endpoints_files(*ret)->count;
	if (!status)
		status = add_named(alone, named, err);
	if (status || site_folder_ends_with(endpoints_files(*ret), endpoints_files(alone)))
		return status;
	return add_named(*ret, named, err);
}

enum status endpoint_files_keep(int folder, const struct endpoints *all, size_t from, struct endpoints **ret,
				struct error *err)
{
	*ret = endpoints_new();
	enum status status = from ? site_folder_add(&kind, *ret, folder, ENDPOINTS_FOLDER, err) : OK;
	return status ? status : site_folder_keep(&kind, folder, endpoints_files(all), from, *ret, err);
}

enum status endpoint_files_store(struct store *store, const struct endpoints *all, struct error *err)
{
	return site_folder_store(&kind, store, endpoints_files(all), err);
}

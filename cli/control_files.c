/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/control_files.h"

#include "cli/config.h"
#include "cli/site_folder.h"

#include <fcntl.h>
#include <unistd.h>

static enum status add(void *all, struct slice text, const char *name, struct error *err)
{
	return frameworks_add(all, text, name, err);
}

static const struct site_kind kind = {
	.folder = CONTROLS_FOLDER,
	.text_max = FRAMEWORKS_TEXT_MAX,
	.add = add,
	.reset = QUERY_CONTROL_FILE_RESET,
	.insert = QUERY_CONTROL_FILE_INSERT,
};

static enum status add_named(struct frameworks *all, const struct argument_list *named, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; named && i < named->count && !status; i++)
		status = site_folder_add_file(&kind, all, AT_FDCWD, named->at[i], named->at[i], err);
	return status == ERR_NO_INPUT || status == ERR_PERMISSION ? fail_in(err, "--controls") : status;
}

static enum status add_usual(struct frameworks *all, const char *path, struct error *err)
{
	return access(path, F_OK) == 0 ? site_folder_add_file(&kind, all, AT_FDCWD, path, path, err) : OK;
}

enum status control_files_load(const struct argument_list *named, struct frameworks **ret, struct error *err)
{
	char own[FILE_PATH_MAX];
	*ret = frameworks_new();
	enum status status = add_usual(*ret, "/etc/airgap-verify/controls.tsv", err);
	if (!status && config_path("controls.tsv", own))
		status = add_usual(*ret, own, err);
	return status ? status : add_named(*ret, named, err);
}

enum status control_files_kept(int folder, const struct argument_list *named, struct frameworks **ret, size_t *ret_kept,
			       struct error *err)
{
	AUTO_FRAMEWORKS struct frameworks *alone = frameworks_new();
	*ret = frameworks_new();
	enum status status = site_folder_add(&kind, *ret, folder, CONTROLS_FOLDER, err);
	*ret_kept = frameworks_files(*ret)->count;
	if (!status)
		status = add_named(alone, named, err);
	if (status || site_folder_ends_with(frameworks_files(*ret), frameworks_files(alone)))
		return status;
	return add_named(*ret, named, err);
}

enum status control_files_keep(int folder, const struct frameworks *all, size_t from, struct frameworks **ret,
			       struct error *err)
{
	*ret = frameworks_new();
	enum status status = from ? site_folder_add(&kind, *ret, folder, CONTROLS_FOLDER, err) : OK;
	return status ? status : site_folder_keep(&kind, folder, frameworks_files(all), from, *ret, err);
}

enum status control_files_store(struct store *store, const struct frameworks *all, struct error *err)
{
	return site_folder_store(&kind, store, frameworks_files(all), err);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/posture_run.h"

#include "analysis/posture.h"
#include "core/auto.h"
#include "ingest/ingest.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char FACTS[] = "posture.ndjson", DATABASE[] = "audit.db";

static enum status make_place(const char *given, struct posture_place *ret, struct error *err)
{
	const char *base = getenv("TMPDIR");
	ret->kept = given != NULL;
	ret->fd = -1;
	snprintf(ret->path, sizeof ret->path, "%s", given ? given : base && *base == '/' ? base : "/tmp");
	if (given)
		return file_make_folder(AT_FDCWD, given, &ret->fd, err);
	size_t size = strlen(ret->path);
	snprintf(ret->path + size, sizeof ret->path - size, "/airgap-posture-XXXXXX");
	if (!mkdtemp(ret->path))
		return fail_errno(err, ERR_CREATE, errno, "%s", ret->path);
	return file_open_folder(AT_FDCWD, ret->path, &ret->fd, err);
}

static enum status judge_facts(struct store *store, const struct posture_place *p, struct error *err)
{
	const struct ingest_options how = {.as = "posture"};
	struct ingest_result result;
	enum status status = store_begin(store, err);
	if (!status)
		status = ingest_file(store, p->fd, FACTS, &how, &result, err);
	if (!status)
		status = store_commit(store, err);
	return status ? status : posture_judge(store, err);
}

enum status posture_run(const char *given, struct slice facts, struct posture_place *ret_place, struct store **ret_store,
			struct error *err)
{
	char path[FILE_PATH_MAX + sizeof DATABASE];
	AUTO_STORE struct store *store = NULL;
	enum status status = make_place(given, ret_place, err);
	if (status)
		return status;
	snprintf(path, sizeof path, "%s/%s", ret_place->path, DATABASE);
	status = file_write(ret_place->fd, FACTS, facts, err);
	if (!status)
		status = store_open(path, STORE_NEW, &store, err);
	if (!status)
		status = judge_facts(store, ret_place, err);
	if (!status)
		*ret_store = TAKE(&store);
	return status;
}

void posture_run_leave(struct posture_place *p)
{
	if (!p->kept && p->fd >= 0) {
		unlinkat(p->fd, FACTS, 0);
		unlinkat(p->fd, DATABASE, 0);
		rmdir(p->path);
	}
	auto_close(&p->fd);
}

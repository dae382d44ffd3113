/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/ingest.h"

#include "core/auto.h"
#include "core/file.h"
#include "ingest/decoder.h"
#include "ingest/registry.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>

const struct reader *const readers[] = {
	&reader_session,   &reader_posture,   &reader_evidence,  &reader_pcapng, &reader_pcap, &reader_snoop,
	&reader_app_plain, &reader_app_jsonl, &reader_ss, &reader_netstat,
	&reader_netstat_windows, &reader_lsof, &reader_lsof_fields,
	&reader_proc_net, &reader_osquery, &reader_nettop, &reader_etl,
	&reader_auditd, &reader_event_xml, &reader_net_log, &reader_challenge, &reader_benchmark, &reader_past, &reader_audit,
	NULL,
};

/* A regular file, or standard input for "-". */
static enum status open_input(int dirfd, const char *path, int *ret, struct error *err)
{
	if (strcmp(path, "-") != 0)
		return file_open(dirfd, path, ret, err);
	*ret = fcntl(0, F_DUPFD_CLOEXEC, 3);
	return *ret >= 0 ? OK : fail_errno(err, ERR_NO_INPUT, errno, "standard input");
}

enum status ingest_read(struct store *store, struct ingest *to, int dirfd,
			const struct ingest_options *how, struct ingest_result *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	enum status status = open_input(dirfd, to->path, &fd, err);
	if (status)
		return status;
	status = decoder_read(store, to, fd, how, ret, err);
	return status ? fail_in(err, "%s", to->path) : OK;
}

/* A log that belongs to no session is an application's own, of which all counts. */
static enum status prepare_log(struct store *store, struct ingest *to, struct error *err)
{
	sqlite3_stmt *q = store_query(store, QUERY_APP_LOG_INSERT);
	store_bind_text(q, 1, "app");
	store_bind_text(q, 2, to->path);
	store_bind_text(q, 3, to->path);
	store_bind_text(q, 8, "given");
	enum status status = store_run(q, err);
	to->app_log = store_last_id(store);
	return status;
}

static enum status drop_unused_log(struct store *store, const struct ingest *to,
				   const struct ingest_result *r, struct error *err)
{
	if (r->writes & ROW_WRITES_LOG)
		return OK;
	sqlite3_stmt *q = store_query(store, QUERY_APP_LOG_DELETE);
	store_bind_i64(q, 1, to->app_log);
	return store_run(q, err);
}

enum status ingest_file(struct store *store, int dirfd, const char *path,
			const struct ingest_options *how, struct ingest_result *ret, struct error *err)
{
	struct ingest to = {.path = path};
	*ret = (struct ingest_result){0};
	enum status status = prepare_log(store, &to, err);
	if (!status)
		status = ingest_read(store, &to, dirfd, how, ret, err);
	if (!status && (ret->writes & ROW_WRITES_LOG))
		ret->app_log = to.app_log;
	/* also where the file was not read: the caller may go on with the next one */
	enum status dropped = drop_unused_log(store, &to, ret, status ? NULL : err);
	return status ? status : dropped;
}

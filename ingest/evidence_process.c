/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/evidence_rows.h"

static uint64_t mix(uint64_t key, struct slice bytes)
{
	for (size_t i = 0; i < bytes.size; i++)
		key = (key ^ bytes.at[i]) * UINT64_C(0x100000001b3);
	return key;
}

/* A number for "this pid running this program". */
static uint64_t key_of_other(struct evidence_rows *r, uint64_t pid)
{
	struct slice comm = {0}, exe = {0};
	evidence_text(r->line, FIELD_COMM, r->buffers[0], &comm);
	evidence_text(r->line, FIELD_EXE, r->buffers[1], &exe);
	return mix(mix(pid + 1, comm), exe) | 1;
}

/* The last row of the session's of that pid, ended or not; 0: none. */
static int64_t row_of(const struct evidence_rows *r, uint64_t pid)
{
	int64_t id = lookup_get(r->processes, pid);
	return id < 0 ? -id : id;
}

bool evidence_lives(const struct evidence_rows *r)
{
	uint64_t pid = 0;
	return evidence_u64(r->line, FIELD_PID, &pid) && pid > 0 && lookup_get(r->processes, pid) > 0;
}

static enum status insert(struct evidence_rows *r, enum evidence_field pid, enum evidence_field ppid,
			  int64_t *ret, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_PROCESS_INSERT);
	evidence_bind_i64(r, q, 1, pid);
	evidence_bind_i64(r, q, 2, ppid);
	evidence_bind_i64(r, q, 3, FIELD_UID);
	evidence_bind_text(r, q, 4, FIELD_COMM, 0);
	evidence_bind_text(r, q, 5, FIELD_EXE, 1);
	evidence_bind_i64(r, q, 6, FIELD_IMAGE);
	row_i64(q, 7, evidence_flag(r->line, FIELD_CGROUP));
	row_i64(q, 8, evidence_flag(r->line, FIELD_TREE));
	row_i64(q, 9, r->t);
	*ret = r->next_process++;
	row_i64(q, 10, *ret);
	return row_end(q, err);
}

static enum status finish(struct evidence_rows *r, int64_t id, bool ended, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_PROCESS_END);
	row_i64(q, 1, id);
	row_i64(q, 2, r->t);
	if (ended)
		evidence_bind_i64(r, q, 3, FIELD_STATUS);
	return row_end(q, err);
}

enum status evidence_process(struct evidence_rows *r, int64_t *ret, struct error *err)
{
	uint64_t pid = 0;
	*ret = 0;
	if (!evidence_u64(r->line, FIELD_PID, &pid) || pid == 0)
		return OK;
	*ret = row_of(r, pid);
	bool session = evidence_flag(r->line, FIELD_TREE) || evidence_flag(r->line, FIELD_CGROUP) ||
		       evidence_lives(r);
	if (*ret && (session || r->host))
		return OK;
	uint64_t key = key_of_other(r, pid);
	*ret = lookup_get(r->others, key);
	if (*ret)
		return OK;
	enum status status = insert(r, FIELD_PID, FIELD_PPID, ret, err);
	return status ? status : evidence_remember(r, r->others, key, *ret, err);
}

/* One that was there before the watch began, or that a job of Windows tells of. */
enum status evidence_on_process(struct evidence_rows *r, struct error *err)
{
	uint64_t pid = 0;
	int64_t id;
	evidence_u64(r->line, FIELD_PID, &pid);
	enum status status = insert(r, FIELD_PID, FIELD_PPID, &id, err);
	evidence_etw_member(r, pid, id);
	return status ? status : evidence_remember(r, r->processes, pid, id, err);
}

/* The child runs its parent's program until it executes another. */
enum status evidence_on_fork(struct evidence_rows *r, struct error *err)
{
	uint64_t pid = 0, child = 0;
	evidence_u64(r->line, FIELD_PID, &pid);
	evidence_u64(r->line, FIELD_CHILD, &child);
	int64_t parent = row_of(r, pid), id;
	enum status status = insert(r, FIELD_CHILD, FIELD_PID, &id, err);
	if (!status && parent) {
		struct row_stream *q = row_begin(r->to->rows, QUERY_PROCESS_INHERIT);
		row_i64(q, 1, id);
		row_i64(q, 2, parent);
		status = row_end(q, err);
	}
	return status ? status : evidence_remember(r, r->processes, child, id, err);
}

enum status evidence_on_exec(struct evidence_rows *r, struct error *err)
{
	uint64_t pid = 0;
	int64_t id;
	enum status status = OK;
	evidence_u64(r->line, FIELD_PID, &pid);
	int64_t before = row_of(r, pid);
	if (before)
		status = finish(r, before, false, err);
	if (!status)
		status = insert(r, FIELD_PID, FIELD_PPID, &id, err);
	return status ? status : evidence_remember(r, r->processes, pid, id, err);
}

enum status evidence_on_exit(struct evidence_rows *r, struct error *err)
{
	uint64_t pid = 0;
	evidence_u64(r->line, FIELD_PID, &pid);
	int64_t id = row_of(r, pid);
	evidence_etw_exit(r, pid);
	bool session = evidence_flag(r->line, FIELD_TREE) || evidence_flag(r->line, FIELD_CGROUP);
	enum status status = OK;
	/* one whose beginning nobody saw: a hole that is to be seen */
	if (!id && session && pid && !evidence_flag(r->line, FIELD_SUITE))
		status = insert(r, FIELD_PID, FIELD_PPID, &id, err);
	if (status || !id)
		return status;
	/* its number may be given to a stranger from now on */
	status = evidence_remember(r, r->processes, pid, -id, err);
	return status ? status : finish(r, id, true, err);
}

enum status evidence_on_image(struct evidence_rows *r, struct error *err)
{
	struct row_stream *q = row_begin(r->to->rows, QUERY_IMAGE_INSERT);
	evidence_bind_i64(r, q, 1, FIELD_IMAGE);
	evidence_bind_text(r, q, 2, FIELD_PATH, 0);
	evidence_bind_i64(r, q, 3, FIELD_SIZE);
	evidence_bind_text(r, q, 4, FIELD_SHA256, 1);
	evidence_bind_text(r, q, 5, FIELD_PROBLEM, 2);
	return row_end(q, err);
}

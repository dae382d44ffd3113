/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_logs.h"

#include "core/auto.h"
#include "core/json.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COPY_BLOCK = 256 << 10 };

static const char FOLDER[] = "applogs";

struct keeping {
	int session, folder; /* folder: applogs in it, once there is something to keep */
	unsigned number;     /* of the files that were kept */
	struct text *lines;
};

void audit_logs_split(const char *value, char ret_name[static AUDIT_TEXT_MAX], char ret_path[static AUDIT_TEXT_MAX])
{
	struct slice text = slice_of_string(value);
	size_t equals = slice_find(text, '=');
	slice_to_string(slice_part(text, 0, equals), ret_name, AUDIT_TEXT_MAX);
	slice_to_string(slice_part(text, equals + 1, text.size), ret_path, AUDIT_TEXT_MAX);
}

static enum status open_folder(struct keeping *k, struct error *err)
{
	if (k->folder >= 0)
		return OK;
	enum status status = file_have_folder(k->session, FOLDER, err);
	return status ? status : file_open_folder(k->session, FOLDER, &k->folder, err);
}

/* "since-3-ufw.log.1": the last component, with what is no plain letter made a dash. */
static void copy_name(unsigned number, const char *path, char ret[static 128])
{
	const char *slash = strrchr(path, '/');
	snprintf(ret, 128, "since-%u-%.80s", number, slash ? slash + 1 : path);
	for (char *c = ret; *c; c++)
		if (!((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '.' || *c == '-' || *c == '_'))
			*c = '-';
}

/* At most AUDIT_LOG_COPY_MAX bytes from `at` on; a failed read ends it, and is told. */
static enum status copy_bytes(int from, uint64_t at, int to, const char *name, uint64_t *ret_size, const char **ret_problem, struct error *err)
{
	AUTO_FREE unsigned char *block = must_alloc(COPY_BLOCK, 1);
	enum status status = OK;
	*ret_size = 0;
	while (!status) {
		uint64_t left = AUDIT_LOG_COPY_MAX - *ret_size;
		ssize_t got = pread(from, block, left < COPY_BLOCK ? (size_t)left : COPY_BLOCK, (off_t)(at + *ret_size));
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			*ret_problem = "it could not be read to its end";
		if (got <= 0)
			break;
		status = file_write_fd(to, slice_of(block, (size_t)got), name, err);
		*ret_size += (uint64_t)got;
	}
	return status;
}

static void add_piece(struct keeping *k, const char *log, const struct log_piece *p, const char *copy, uint64_t size, const char *problem)
{
	char path[160];
	struct json j = json_on(k->lines);
	snprintf(path, sizeof path, "%s/%s", FOLDER, copy);
	json_begin_object(&j, NULL);
	json_add_string(&j, "piece", path);
	json_add_string(&j, "log", log);
	json_add_string(&j, "path", p->path);
	/* of what is packed the copy is of all, and the bytes are those that it unpacks to */
	json_add_u64(&j, "from", p->packed ? p->from : 0);
	json_add_u64(&j, "to", p->packed ? p->size : size);
	json_add_u64(&j, "offset", p->packed ? 0 : p->from);
	json_add_string(&j, "problem", problem);
	json_end_object(&j);
	text_add_char(k->lines, '\n');
}

/* One file. `ret_place`: up to where it was kept, where it is not packed. */
static enum status keep_piece(struct keeping *k, const char *log, const struct log_piece *p, struct log_place *ret_place, struct error *err)
{
	char name[128];
	uint64_t size = 0;
	const char *problem = NULL;
	struct error why = {0};
	AUTO_FD int from = -1, to = -1;
	if (file_open(AT_FDCWD, p->path, &from, &why)) {
		struct json j = json_on(k->lines);
		json_begin_object(&j, NULL);
		json_add_string(&j, "log", log);
		json_add_string(&j, "path", p->path);
		json_add_string(&j, "trail", "gap");
		json_add_string(&j, "problem", why.text);
		json_end_object(&j);
		text_add_char(k->lines, '\n');
		return OK;
	}
	copy_name(++k->number, p->path, name);
	enum status status = open_folder(k, err);
	if (!status)
		status = file_create(k->folder, name, &to, err);
	if (!status)
		status = copy_bytes(from, p->packed ? 0 : p->from, to, name, &size, &problem, err);
	if (!status)
		status = file_close(&to, name, err);
	if (status)
		return status;
	if (size == AUDIT_LOG_COPY_MAX)
		problem = "more was written than is kept of one file; the next audit reads on";
	if (size == 0 && !problem)
		return unlinkat(k->folder, name, 0) == 0 ? log_place_take(from, p->from, ret_place, err)
							 : fail_errno(err, ERR_IO, errno, "cannot remove %s", name);
	add_piece(k, log, p, name, size, problem);
	return p->packed ? OK : log_place_take(from, p->from + size, ret_place, err);
}

static void add_log_line(struct keeping *k, const struct audit_log *log, const struct audit_log *last, enum log_trail trail, const char *problem)
{
	struct json j = json_on(k->lines);
	json_begin_object(&j, NULL);
	json_add_string(&j, "log", log->name);
	json_add_string(&j, "path", log->path);
	json_add_string(&j, "trail", log_trail_names[trail]);
	if (last)
		json_add_u64(&j, "from", last->place.offset);
	json_add_string(&j, "problem", problem);
	json_end_object(&j);
	text_add_char(k->lines, '\n');
}

static enum status keep_log(struct keeping *k, struct audit_log *log, const struct audit_log *last, bool *ret_placed, struct error *err)
{
	AUTO_FREE struct log_piece *pieces = must_alloc(LOG_PIECES_MAX, sizeof *pieces);
	size_t count = 0;
	enum log_trail trail = LOG_MISSING;
	struct error why = {0};
	enum status status = log_place_find(log->path, last ? &last->place : NULL, &trail, pieces, &count, &why);
	add_log_line(k, log, last, trail, status ? why.text : NULL);
	*ret_placed = last != NULL;
	if (last)
		log->place = last->place;
	status = OK;
	for (size_t i = 0; i < count && !status; i++) {
		status = keep_piece(k, log->name, &pieces[i], &log->place, err);
		*ret_placed = true;
	}
	return status ? fail_in(err, "%s", log->path) : OK;
}

enum status audit_logs_keep(const struct policy_audit *a, const struct audit_state *before, int session, struct audit_state *after,
			    struct text *lines, struct error *err)
{
	static const enum policy_audit_list lists[] = {POLICY_AUDIT_LOGS, POLICY_AUDIT_APP_LOGS};
	struct keeping k = {.session = session, .folder = -1, .lines = lines};
	enum status status = OK;
	after->log_count = 0;
	for (size_t l = 0; l < LENGTH(lists); l++)
		for (size_t i = 0; i < a->counts[lists[l]] && !status; i++) {
			struct audit_log *log = &after->logs[after->log_count];
			bool placed = false;
			*log = (struct audit_log){.name = ""};
			audit_logs_split(a->lists[lists[l]][i], log->name, log->path);
			status = keep_log(&k, log, audit_state_log(before, log->path), &placed, err);
			after->log_count += placed && after->log_count + 1 < AUDIT_LOGS_MAX;
		}
	auto_close(&k.folder);
	return status;
}

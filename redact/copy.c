/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/copy.h"

#include "core/auto.h"
#include "core/capture_name.h"
#include "core/hash.h"
#include "redact/copy_left.h"
#include "redact/copy_parts.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#define EVIDENCE "evidence.ndjson"
#define POSTURE "posture.ndjson"
#define LOGS "applogs/"
#define CONTROLS "controls.d/"
#define CAPTURE "capture.pcapng"

/* Which function writes which file; of a folder ("…/") each below it. The first that fits.
 * The evidence tells of others, and so it comes last but one. */
static const struct {
	const char *path;
	copy_fn *copy;
	enum copy_left not; /* why it is not copied, where it never is */
	bool apart;      /* anybody may have chosen its bytes */
} kinds[] = {
	{"session.json", copy_session_file, LEFT_NOTHING, false},
	{POSTURE, copy_lines, LEFT_NOTHING, false},
	{"challenge.ndjson", copy_lines, LEFT_NOTHING, false},
	{"past.ndjson", copy_past, LEFT_NOTHING, false},
	{"audit.ndjson", NULL, LEFT_AUDIT, false},
	{"tools/", copy_tool, LEFT_NOTHING, false},
	{CONTROLS, copy_controls, LEFT_NOTHING, false},
	{EVIDENCE, copy_evidence, LEFT_NOTHING, false},
	{CAPTURE, copy_capture, LEFT_NOTHING, true},
	{"bench/", NULL, LEFT_BENCH, false},
	{"logs.d/", NULL, LEFT_DESCRIPTION, false},
	{"endpoints.d/", NULL, LEFT_ENDPOINTS, false},
	{COPY_LEFT, copy_left, LEFT_NOTHING, false},
};

/* Made anew from the raw files, or about bytes that are no more the same. */
static bool is_derived(struct slice path)
{
	static const char *const derived[] = {"audit.db", "report/", "seal/", "review/", "HOW_TO_VERIFY.txt"};
	for (size_t i = 0; i < LENGTH(derived); i++)
		if (slice_starts(path, derived[i]))
			return true;
	return false;
}

static bool is_of_kind(struct slice path, const char *kind)
{
	if (!strcmp(kind, CAPTURE))
		return capture_number(path) > 0; /* or one that follows it */
	return slice_ends(slice_of_string(kind), "/") ? slice_starts(path, kind) : slice_is(path, kind);
}

/* Where it goes: its own path, in which only what tools are called may stand; of frameworks the
 * order, which decides between them. */
static void place_of(struct copy *c, const char *path, char ret[static FILE_PATH_MAX])
{
	snprintf(ret, FILE_PATH_MAX, "%s", path);
	if (slice_starts(slice_of_string(path), CONTROLS))
		snprintf(ret, FILE_PATH_MAX, CONTROLS "%02zu-site.tsv", c->control_count++);
	if (slice_starts(slice_of_string(path), "tools/"))
		mask_text(c->p, MASK_PATH, (unsigned char *)ret, strlen(ret));
}

static enum status start_file(struct copy *c, const char *place, int *ret_fd, struct error *err)
{
	if (c->to < 0)
		return OK;
	enum status status = file_have_folders_above(c->to, place, err);
	return status ? status : file_create(c->to, place, ret_fd, err);
}

/* The whole of one file. */
static enum status write_file(struct copy *c, size_t kind, const char *path, struct slice whole, struct error *err)
{
	AUTO_FD int fd = -1;
	char place[FILE_PATH_MAX];
	bool log = kind == LENGTH(kinds);
	if (log)
		snprintf(place, sizeof place, LOGS "%zu.ndjson", c->log_count + 1);
	else
		place_of(c, path, place);
	enum status status = start_file(c, place, &fd, err);
	AUTO_SINK struct sink out = sink_to(fd);
	if (!status)
		status = log ? copy_log(c, path, whole, &out, err)
			 : kinds[kind].apart ? copy_apart(c, kinds[kind].copy, whole, &out, err)
					     : kinds[kind].copy(c, whole, &out, err);
	if (!status)
		status = sink_flush(&out, true, err);
	if (!status && slice_is(slice_of_string(path), POSTURE)) {
		unsigned char digest[HASH_SIZE];
		hash_peek(out.hash, digest);
		hash_text(digest, c->posture_sha256);
		c->posture_size = out.size;
	}
	if (status && fd >= 0)
		(void)unlinkat(c->to, place, 0);
	else if (fd >= 0)
		status = file_close(&fd, place, err);
	return status;
}

static enum status note(struct copy *c, const char *path, const char *reason, struct error *err)
{
	struct copy_file *f = &c->files[c->count++];
	f->path = arena_string(c->arena, slice_of_string(path));
	if (!f->path)
		return fail(err, ERR_LIMIT, "the list of files is too long");
	snprintf(f->reason, sizeof f->reason, "%s", reason);
	return OK;
}

/* What cannot be read is not copied; a failure of ours is one. */
static enum status copy_one(struct copy *c, size_t kind, const char *path, struct error *err)
{
	struct slice whole = {0};
	struct error why = {0};
	enum status status = file_map(c->from, path, &whole, &why);
	if (!status)
		status = write_file(c, kind, path, whole, &why);
	file_unmap(&whole);
	if (status && status != ERR_MALFORMED) {
		*err = why;
		return fail_in(err, "%s", path);
	}
	return note(c, path, status ? why.text : "", err);
}

static enum status copy_kind(struct copy *c, size_t kind, const struct file_entry entries[], size_t count, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < count && !status; i++) {
		struct slice path = slice_of_string(entries[i].path);
		if (!is_of_kind(path, kind < LENGTH(kinds) ? kinds[kind].path : LOGS))
			continue;
		if (kind < LENGTH(kinds) && !kinds[kind].copy)
			status = note(c, entries[i].path, copy_left_reasons[kinds[kind].not], err);
		else
			status = copy_one(c, kind, entries[i].path, err);
	}
	return status;
}

static const char *why_unknown(struct slice path)
{
	return copy_left_reasons[slice_ends(path, ".etl") ? LEFT_TRACE : LEFT_UNKNOWN];
}

static enum status note_others(struct copy *c, const struct file_entry entries[], size_t count, struct error *err)
{
	enum status status = OK;
	for (size_t i = 0; i < count && !status; i++) {
		struct slice path = slice_of_string(entries[i].path);
		bool known = is_derived(path) || is_of_kind(path, LOGS);
		for (size_t k = 0; k < LENGTH(kinds) && !known; k++)
			known = is_of_kind(path, kinds[k].path);
		if (!known)
			status = note(c, entries[i].path, why_unknown(path), err);
	}
	return status;
}

static enum status write_description(struct copy *c, struct error *err)
{
	static const char path[] = "logs.d/" COPY_LOG_NAME ".ini";
	enum status status = c->to < 0 ? OK : file_have_folders_above(c->to, path, err);
	return status || c->to < 0 ? status : file_write(c->to, path, slice_of_string(copy_log_description), err);
}

static void start_round(struct copy *c)
{
	c->count = c->log_count = c->control_count = 0;
	c->left_out = c->packets = c->packets_dropped = c->payload_blanked = c->lines_unread = 0;
	c->posture_size = 0;
}

enum status copy_session(struct copy *c, struct error *err)
{
	struct file_entry *entries = NULL;
	size_t count = 0;
	enum status status = file_list(c->from, c->arena, &entries, &count, err);
	if (status)
		return status;
	start_round(c);
	c->files = arena_alloc(c->arena, (count + 1) * sizeof *c->files);
	c->logs = arena_alloc(c->arena, (count + 1) * sizeof *c->logs);
	if (!c->files || !c->logs)
		return fail(err, ERR_LIMIT, "the list of files is too long");
	for (size_t i = 0; i < count; i++) {
		c->has_logs = c->has_logs || slice_starts(slice_of_string(entries[i].path), LOGS);
		if (!entries[i].regular)
			return fail(err, ERR_MALFORMED, "%s is no plain file", entries[i].path);
	}
	if (c->has_logs)
		status = write_description(c, err);
	if (!status)
		status = copy_kind(c, LENGTH(kinds), entries, count, err); /* the logs: the evidence tells of them */
	for (size_t kind = 0; kind < LENGTH(kinds) && !status; kind++)
		status = copy_kind(c, kind, entries, count, err);
	if (!status)
		status = note_others(c, entries, count, err);
	return status ? status : copy_left_add(c, err);
}

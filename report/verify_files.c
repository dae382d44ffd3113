/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The files that are there against the list in SHA256SUMS. Both are in the order of
 * their paths, so they are walked side by side; only what the listing of the folder
 * showed is opened, never a path because the list names it.
 */
#include "report/seal.h"
#include "report/verify_state.h"

#include <string.h>

static void not_listed(struct verifying *v, const char *path)
{
	/* a review comes after the seal that it is over, and is checked by itself */
	if (seal_is_signature(path) || slice_starts(slice_of_string(path), REVIEW_FOLDER "/"))
		return;
	v->files_good = false;
	verify_problem(v, verify_blame(v), path,
		       "is not listed: it was added after the folder was sealed");
}

static void not_there(struct verifying *v, const char *path)
{
	v->files_good = false;
	if (v->listed)
		verify_problem(v, verify_blame(v), path, "is missing");
}

static void check_file(struct verifying *v, const struct sha256sums_entry *line,
		       const struct file_entry *entry)
{
	struct error err = {0};
	struct verified_file *f = &v->files[v->file_count++];
	f->file.path = entry->path;
	enum status status = OK;
	if (entry->regular)
		status = verify_source_hash(v->source, entry->path, f->file.digest, &f->file.size, &err);
	if (status)
		verify_problem(v, status == ERR_MALFORMED ? VERIFY_BAD : VERIFY_UNKNOWN, entry->path, "cannot be read (%s)",
			       err.text);
	f->good = !status && entry->regular && memcmp(f->file.digest, line->digest, HASH_SIZE) == 0;
	if (!status && entry->regular) {
		v->result->files++;
		v->result->bytes += f->file.size;
		if (!f->good)
			verify_problem(v, verify_blame(v), entry->path,
				       v->sums_state == SUMS_CHANGED
					       ? "differs from " SEAL_SUMS
						 ", which was itself changed"
					       : "was changed after it was sealed");
	}
	v->files_good = v->files_good && f->good;
}

static void compare(struct verifying *v, const struct sha256sums_entry lines[], size_t count)
{
	size_t line = 0, entry = 0;
	while (line < count || entry < v->entry_count) {
		int order = line == count ? 1
			    : entry == v->entry_count
				    ? -1
				    : strcmp(lines[line].path, v->entries[entry].path);
		if (order < 0)
			not_there(v, lines[line++].path);
		else if (order > 0)
			not_listed(v, v->entries[entry++].path);
		else
			check_file(v, &lines[line++], &v->entries[entry++]);
	}
}

enum status verify_files(struct verifying *v, struct error *err)
{
	if (!v->have_sums)
		return OK;
	struct sha256sums_entry *lines;
	size_t count, at;
	const char *wrong = sha256sums_read(text_slice(&v->sums), v->arena, &lines, &count, &at);
	if (wrong) {
		verify_problem(v, VERIFY_BAD, SEAL_SUMS, "line %zu: %s", at, wrong);
		return OK; /* half a list would blame files that are good */
	}
	v->files = arena_alloc(v->arena, (count + 1) * sizeof *v->files);
	if (!v->files)
		return fail(err, ERR_LIMIT, "%s: more files than fit", SEAL_SUMS);
	v->files_good = v->listed;
	compare(v, lines, count);
	if (v->files_good && v->sums_state == SUMS_SIGNED)
		verify_proven(
			v,
			"all %llu %s (%llu bytes) are as they were sealed, and none was added",
			(unsigned long long)v->result->files, text_plural(v->result->files, "file", "files"), (unsigned long long)v->result->bytes);
	return OK;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/audit_keep_list.h"

#include "cli/audit_keep.h"
#include "core/auto.h"
#include "core/clock.h"
#include "report/bundle.h"
#include "report/manifest.h"
#include "report/seal.h"
#include "report/verify.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { TIME_SIZE = 16 /* "20261128T023000Z" */, ID_SIZE = 8, LIST_BYTES_MAX = 64 << 20 };

/* clock_compact() backwards. */
static bool read_compact(struct slice s, int64_t *ret)
{
	char text[32];
	if (s.size != TIME_SIZE)
		return false;
	const char *c = (const char *)s.at;
	snprintf(text, sizeof text, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2sZ", c, c + 4, c + 6, c + 9, c + 11, c + 13);
	return c[8] == 'T' && c[15] == 'Z' && clock_parse(slice_of_string(text), ret);
}

static bool is_id(struct slice s)
{
	unsigned char bytes[ID_SIZE / 2];
	return s.size == ID_SIZE && slice_hex_bytes(s, sizeof bytes, bytes);
}

bool audit_keep_list_name(const char *name, bool bundle, struct audit_entry *ret)
{
	struct slice all = slice_of_string(name), id;
	size_t tail = bundle ? strlen("__.zip") + 2 * TIME_SIZE + ID_SIZE : 1 + TIME_SIZE + ID_SIZE;
	*ret = (struct audit_entry){.bundle = bundle};
	if (all.size < tail || !slice_to_string(all, ret->name, sizeof ret->name))
		return false;
	struct slice last = slice_part(all, all.size - tail, tail);
	id = slice_part(last, tail - ID_SIZE - (bundle ? strlen(".zip") : 0), ID_SIZE);
	if (bundle ? !slice_starts(all, "AGV_") || !slice_ends(all, ".zip") : all.size != tail)
		return false;
	return read_compact(slice_part(last, 0, TIME_SIZE), &ret->from_ns) && is_id(id) && slice_to_string(id, ret->id8, sizeof ret->id8);
}

static enum status count_folder(int above, struct audit_entry *e, struct error *err)
{
	struct file_entry *entries = NULL;
	size_t count = 0;
	AUTO_FD int fd = openat(above, e->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_IO, errno, "%s", e->name);
	struct arena *arena = arena_new(LIST_BYTES_MAX);
	enum status status = file_list(fd, arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++)
		e->bytes += entries[i].size;
	arena_free(arena);
	e->hold = faccessat(fd, "HOLD", F_OK, AT_SYMLINK_NOFOLLOW) == 0;
	return status ? fail_in(err, "%s", e->name) : OK;
}

static int by_age(const void *a, const void *b)
{
	const struct audit_entry *x = a, *y = b;
	int order = (x->from_ns > y->from_ns) - (x->from_ns < y->from_ns);
	return order ? order : strcmp(x->name, y->name);
}

static enum status add(struct audit_list *l, int folder, const char *name, bool bundle, struct error *err)
{
	struct audit_entry e;
	struct stat st;
	enum status status = OK;
	if (!audit_keep_list_name(name, bundle, &e) || fstatat(folder, name, &st, AT_SYMLINK_NOFOLLOW) != 0 ||
	    (bundle ? !S_ISREG(st.st_mode) : !S_ISDIR(st.st_mode)))
		return OK;
	if (l->count == AUDIT_KEPT_MAX)
		return fail(err, ERR_LIMIT, "more than %d audits lie there", AUDIT_KEPT_MAX);
	if (bundle)
		e.bytes = (uint64_t)st.st_size;
	else
		status = count_folder(folder, &e, err);
	l->all = must_realloc(l->all, l->count + 1, sizeof *l->all);
	l->all[l->count++] = e;
	l->bytes += e.bytes;
	return status;
}

enum status audit_keep_list(int folder, bool bundles, struct audit_list *ret, struct error *err)
{
	struct dirent *entry;
	enum status status = OK;
	*ret = (struct audit_list){.count = 0};
	int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_DIR DIR *dir = again < 0 ? NULL : fdopendir(again);
	if (!dir)
		return fail_errno(err, ERR_IO, errno, "the state folder cannot be listed");
	while (!status && (entry = readdir(dir)) != NULL)
		status = add(ret, folder, entry->d_name, bundles, err);
	if (ret->count)
		qsort(ret->all, ret->count, sizeof *ret->all, by_age);
	return status;
}

void audit_keep_list_free(struct audit_list *l)
{
	free(l->all);
	*l = (struct audit_list){.count = 0};
}

const struct audit_entry *audit_keep_list_find(const struct audit_list *l, const char *id8)
{
	for (size_t i = 0; i < l->count; i++)
		if (!strcmp(l->all[i].id8, id8))
			return &l->all[i];
	return NULL;
}

/* The end of a day; INT64_MAX where that cannot be told. */
static int64_t end_of(const char *day)
{
	char text[CLOCK_TEXT_MAX];
	int64_t until;
	snprintf(text, sizeof text, "%.10sT23:59:59Z", day);
	return clock_parse(slice_of_string(text), &until) ? until : INT64_MAX;
}

int64_t audit_keep_list_sealed_until(int audits, const struct audit_entry *folder)
{
	struct error ignored = {0};
	char path[AUDIT_ENTRY_NAME + sizeof "/" SEAL_MANIFEST], day[RETENTION_TEXT_MAX];
	AUTO_TEXT struct text json = text_make(MANIFEST_SIZE_MAX);
	snprintf(path, sizeof path, "%s/" SEAL_MANIFEST, folder->name);
	bool told = !file_read(audits, path, MANIFEST_SIZE_MAX, &json, &ignored) && manifest_keep_until(text_slice(&json), day);
	return told ? end_of(day) : 0;
}

bool audit_keep_list_verifies(int folder, const struct audit_entry *bundle, const char *id8, int64_t *ret_to_ns, int64_t *ret_until_ns)
{
	struct error ignored = {0};
	const struct verify_options of_session = {.session_id = id8};
	struct verify_result *v = must_alloc(1, sizeof *v);
	AUTO_FD int fd = -1;
	bool good = !file_open(folder, bundle->name, &fd, &ignored) && !verify_archive(fd, &of_session, v, &ignored) && v->outcome == VERIFY_GOOD;
	*ret_to_ns = good && v->session.known ? v->session.to_ns : 0;
	*ret_until_ns = good && v->keep_told ? end_of(v->keep_until) : 0;
	verify_result_free(v);
	free(v);
	return good;
}

enum status audit_keep_list_remove(int folder, const struct audit_entry *e, struct error *err)
{
	if (e->bundle)
		return unlinkat(folder, e->name, 0) == 0 ? OK : fail_errno(err, ERR_IO, errno, "cannot delete %s", e->name);
	AUTO_FD int fd = openat(folder, e->name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return fail_errno(err, ERR_IO, errno, "cannot delete %s", e->name);
	bundle_remove(fd);
	return faccessat(folder, e->name, F_OK, AT_SYMLINK_NOFOLLOW) == 0 ? fail(err, ERR_IO, "cannot delete all of %s", e->name) : OK;
}

int64_t audit_keep_list_until(int64_t from_ns, unsigned years)
{
	char day[RETENTION_TEXT_MAX];
	retention_until(from_ns, years, day);
	return end_of(day);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/posture_look.h"

#include "collectors/linux/posture_mask.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>

enum { LISTING_DEPTH = 4, LISTING_MAX = 4096 };

struct json posture_begin(struct posture_look *l, const struct posture_place *place,
			  const char *path, const char *state)
{
	struct json j = json_on(l->out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "what", place->what);
	json_add_string(&j, "subject", place->subject);
	json_add_string(&j, "scope", place->scope);
	json_add_string(&j, "path", path);
	json_add_string(&j, "state", state);
	return j;
}

void posture_end(struct posture_look *l, struct json *j)
{
	json_end_object(j);
	text_add_char(l->out, '\n');
}

void posture_add_text(struct json *j, const char *what, struct slice bytes)
{
	unsigned char digest[HASH_SIZE];
	AUTO_TEXT struct text masked = text_make(4 * POSTURE_TOOL_MAX), kept = text_make(POSTURE_TOOL_MAX);
	bool variables = !strcmp(what, "client-env") || !strcmp(what, "environment");
	hash_bytes(bytes, digest);
	json_add_u64(j, "size", bytes.size);
	json_add_hex(j, "sha256", digest, sizeof digest);
	if (variables)
		posture_keep_variables(bytes, &kept);
	posture_mask(variables ? text_slice(&kept) : bytes, &masked);
	json_add_slice(j, "text", text_slice(&masked));
}

int posture_open(const struct posture_look *l, const char *path, int flags)
{
	/* a pipe must not hold us up; with O_PATH nothing is opened that could */
	int more = flags & O_PATH ? O_CLOEXEC : O_CLOEXEC | O_NONBLOCK | O_NOCTTY;
	/* a service's own folder, read with more rights than it has: it must not choose the file */
	bool of_service = slice_starts(slice_of_string(path), "/usr/share/ollama/");
	struct open_how how = {
		.flags = (unsigned)(flags | more),
		.resolve = RESOLVE_IN_ROOT | RESOLVE_NO_MAGICLINKS | (of_service ? RESOLVE_NO_SYMLINKS : 0),
	};
	return (int)syscall(SYS_openat2, l->root, path, &how, sizeof how);
}

static const char *state_of(int code)
{
	if (code == ENOENT || code == ENOTDIR)
		return "absent";
	return code == EACCES || code == EPERM ? "denied" : "failed";
}

const char *posture_read(const struct posture_look *l, const char *path, size_t max, struct text *ret)
{
	char part[16384];
	struct stat st;
	ssize_t got;
	AUTO_FD int fd = posture_open(l, path, O_RDONLY);
	*ret = text_make(max);
	if (fd < 0)
		return state_of(errno);
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		return "failed";
	while (!ret->overflow && (got = read(fd, part, sizeof part)) != 0) {
		if (got < 0 && errno != EINTR)
			return state_of(errno);
		struct slice more = slice_of(part, got > 0 ? (size_t)got : 0);
		bool fits = more.size <= max - ret->size;
		text_add(ret, slice_part(more, 0, max - ret->size));
		if (!fits)
			return "cut";
	}
	return "read";
}

static void look_at(struct posture_look *l, const struct posture_place *place, const char *path)
{
	AUTO_TEXT struct text text = {0};
	const char *state = posture_read(l, path, POSTURE_FILE_MAX, &text);
	struct json j = posture_begin(l, place, path, state);
	if (!strcmp(state, "read") || !strcmp(state, "cut"))
		posture_add_text(&j, place->what, text_slice(&text));
	posture_end(l, &j);
}

/* Names of a folder in the order of their bytes. */
struct names {
	struct arena *arena; /* owned */
	const char *at[LISTING_MAX];
	size_t count;
};

static int by_bytes(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Why it could not be looked into, where that is so; else "absent", for what is not in it. */
static const char *list(const struct posture_look *l, const char *path, struct names *ret)
{
	int fd = posture_open(l, path, O_RDONLY | O_DIRECTORY);
	const char *state = fd >= 0 ? "absent" : state_of(errno);
	AUTO_DIR DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
	struct dirent *entry;
	ret->arena = arena_new(4 << 20);
	ret->count = 0;
	while (dir && ret->count < LISTING_MAX && (entry = readdir(dir)) != NULL) {
		if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
			continue;
		const char *name = arena_string(ret->arena, slice_of_string(entry->d_name));
		if (name)
			ret->at[ret->count++] = name;
	}
	qsort(ret->at, ret->count, sizeof ret->at[0], by_bytes);
	return state;
}

/* A pattern in three parts: the folder, what stands around the '*', what follows. */
struct pattern {
	char folder[FILE_PATH_MAX], before[256], after[256], rest[FILE_PATH_MAX];
};

static bool split(const char *path, struct pattern *ret)
{
	struct slice all = slice_of_string(path);
	size_t star = slice_find(all, '*'), slash = star, end = star;
	if (star == all.size)
		return false;
	while (slash > 0 && all.at[slash - 1] != '/')
		slash--;
	while (end < all.size && all.at[end] != '/')
		end++;
	return slash > 0 && slice_to_string(slice_part(all, 0, slash), ret->folder, sizeof ret->folder) &&
	       slice_to_string(slice_part(all, slash, star - slash), ret->before, sizeof ret->before) &&
	       slice_to_string(slice_part(all, star + 1, end - star - 1), ret->after, sizeof ret->after) &&
	       slice_to_string(slice_part(all, end, all.size), ret->rest, sizeof ret->rest);
}

static bool fits(struct slice name, const struct pattern *p)
{
	return name.size >= strlen(p->before) + strlen(p->after) && slice_starts(name, p->before) &&
	       slice_ends(name, p->after);
}

static bool is_there(const struct posture_look *l, const char *path)
{
	AUTO_FD int fd = posture_open(l, path, O_PATH);
	return fd >= 0;
}

static size_t look_at_matches(struct posture_look *l, const struct posture_place *place,
			      const struct pattern *p, const char **ret_state)
{
	struct names *names = must_alloc(1, sizeof *names);
	size_t found = 0;
	*ret_state = list(l, p->folder, names);
	for (size_t i = 0; i < names->count && found < POSTURE_MATCHES_MAX; i++) {
		char path[FILE_PATH_MAX];
		int size = snprintf(path, sizeof path, "%s%s%s", p->folder, names->at[i], p->rest);
		if (!fits(slice_of_string(names->at[i]), p) || size >= (int)sizeof path || !is_there(l, path))
			continue;
		look_at(l, place, path);
		found++;
	}
	arena_free(names->arena);
	free(names);
	return found;
}

void posture_file(struct posture_look *l, const struct posture_place *place)
{
	struct pattern *p = must_alloc(1, sizeof *p);
	const char *state;
	if (!split(place->path, p)) {
		look_at(l, place, place->path);
	} else if (look_at_matches(l, place, p, &state) == 0) {
		struct json j = posture_begin(l, place, place->path, state);
		posture_end(l, &j);
	}
	free(p);
}

void posture_presence(struct posture_look *l, const struct posture_place *place)
{
	AUTO_FD int fd = posture_open(l, place->path, O_PATH);
	struct json j = posture_begin(l, place, place->path, fd >= 0 ? "there" : state_of(errno));
	posture_end(l, &j);
}

static void add_names(const struct posture_look *l, const char *root, const char *below, unsigned depth,
		      size_t *left, struct text *ret)
{
	char path[FILE_PATH_MAX];
	struct stat st;
	struct names *names = must_alloc(1, sizeof *names);
	if (snprintf(path, sizeof path, "%s/%s", root, below) < (int)sizeof path)
		(void)list(l, path, names);
	for (size_t i = 0; i < names->count && *left > 0; i++) {
		char inner[FILE_PATH_MAX];
		if (snprintf(inner, sizeof inner, "%s%s%s", below, *below ? "/" : "", names->at[i]) >=
			    (int)sizeof inner ||
		    snprintf(path, sizeof path, "%s/%s", root, inner) >= (int)sizeof path)
			continue;
		AUTO_FD int fd = posture_open(l, path, O_PATH | O_NOFOLLOW);
		bool folder = fd >= 0 && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode);
		if (folder && depth > 1) {
			add_names(l, root, inner, depth - 1, left, ret);
		} else if (!folder) {
			text_addf(ret, "%s\n", inner);
			--*left;
		}
	}
	arena_free(names->arena);
	free(names);
}

void posture_listing(struct posture_look *l, const struct posture_place *place)
{
	AUTO_TEXT struct text text = text_make(POSTURE_FILE_MAX);
	AUTO_FD int fd = posture_open(l, place->path, O_RDONLY | O_DIRECTORY);
	size_t left = LISTING_MAX;
	if (fd < 0) {
		posture_presence(l, place);
		return;
	}
	add_names(l, place->path, "", LISTING_DEPTH, &left, &text);
	struct json j = posture_begin(l, place, place->path, left ? "read" : "cut");
	posture_add_text(&j, place->what, text_slice(&text));
	posture_end(l, &j);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Are all sessions here of which a second place was told? A folder that is gone leaves nothing that
 * could be checked; the heads that were told of it stay.
 */
#include "core/auto.h"
#include "core/clock.h"
#include "report/seal.h"
#include "report/verify_state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ENTRIES_MAX = 100000 };

struct search {
	struct verifying *v;
	bool here[HEAD_SESSIONS_MAX]; /* by heads.others */
	uint64_t untold, derived, entries;
	uint64_t before; /* whose last head the register does not vouch for */
};

static void look_at(struct search *s, int fd, const char *path, unsigned depth);

static bool is_derived(const struct verify_source *source)
{
	AUTO_TEXT struct text json = text_make(MANIFEST_SIZE_MAX);
	char from[HASH_TEXT_MAX] = "";
	if (!verify_source_read(source, SEAL_MANIFEST, MANIFEST_SIZE_MAX, &json, &(struct error){0}))
		manifest_derived_from(text_slice(&json), from);
	return from[0] != 0;
}

static size_t find(const struct head_file *f, const char *id)
{
	size_t i = 0;
	while (i < f->other_count && strcmp(f->others[i].id, id) != 0)
		i++;
	return i;
}

/* One session, or a copy of it. Of a redacted one nothing was told, and it stands for none. */
static void hold(struct search *s, const struct verify_source *source, const char *path)
{
	struct verifying *v = s->v;
	char id[HEAD_SESSION_MAX];
	struct error why = {0};
	AUTO_HEAD_LOG struct head_log log;
	if (head_log_open(source, &log, &why)) {
		verify_problem(v, VERIFY_UNKNOWN, path, "its evidence cannot be read (%s)", why.text);
		return;
	}
	if (is_derived(source)) {
		s->derived++;
		return;
	}
	head_log_session(&log, id);
	size_t i = find(&v->heads, id);
	v->result->files++;
	if (i == v->heads.other_count) {
		s->untold++;
		return;
	}
	const struct head_session *told = &v->heads.others[i];
	s->before += !s->here[i] && v->options->head_register && told->last_line < v->heads.replay.from_line;
	s->here[i] = true;
	if (verify_head_fits(v, &log, path, &(struct head_told){told->last, told->last_line}))
		v->result->bytes += told->last.bytes;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Sorted; each, and the list, is to be freed, also where it is not whole. */
static enum status names_of(struct search *s, int fd, char **ret[], size_t *ret_count, struct error *err)
{
	int again = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	AUTO_DIR DIR *dir = again < 0 ? NULL : fdopendir(again);
	size_t room = 0;
	*ret = NULL;
	*ret_count = 0;
	if (!dir)
		return fail_errno(err, ERR_IO, errno, "cannot be listed");
	for (struct dirent *e; (e = readdir(dir)) != NULL;) {
		if (!strcmp(e->d_name, ".") || !strcmp(e->d_name, ".."))
			continue;
		if (++s->entries > ENTRIES_MAX)
			return fail(err, ERR_LIMIT, "more than %d folders and files to look at", ENTRIES_MAX);
		if (*ret_count == room) {
			room = room ? 2 * room : 64;
			*ret = must_realloc(*ret, room, sizeof **ret);
		}
		(*ret)[(*ret_count)++] = must_strdup(e->d_name);
	}
	if (*ret_count)
		qsort(*ret, *ret_count, sizeof **ret, by_name);
	return OK;
}

/* What lies in a folder that is no session itself. No link is followed. */
static void look_into(struct search *s, int fd, const char *path, unsigned depth)
{
	struct error why = {0};
	char **names;
	size_t count;
	if (names_of(s, fd, &names, &count, &why))
		verify_problem(s->v, VERIFY_UNKNOWN, path, "%s", why.text);
	for (size_t i = 0; i < count; i++) {
		char below[FILE_PATH_MAX];
		struct stat st;
		snprintf(below, sizeof below, "%.3800s/%.255s", path, names[i]);
		bool there = fstatat(fd, names[i], &st, AT_SYMLINK_NOFOLLOW) == 0;
		if (there && (S_ISDIR(st.st_mode) || (S_ISREG(st.st_mode) && slice_ends(slice_of_string(names[i]), ".zip")))) {
			AUTO_FD int inner = openat(fd, names[i], O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
			if (inner < 0)
				verify_problem(s->v, VERIFY_UNKNOWN, below, "cannot be opened: %s", strerror(errno));
			else
				look_at(s, inner, below, depth + 1);
		}
		free(names[i]);
	}
	free(names);
}

static void look_at(struct search *s, int fd, const char *path, unsigned depth)
{
	struct stat st;
	struct error why = {0};
	struct verify_source source = verify_source_folder(fd);
	if (fstat(fd, &st) != 0)
		verify_problem(s->v, VERIFY_UNKNOWN, path, "cannot be looked at: %s", strerror(errno));
	else if (S_ISDIR(st.st_mode) && (verify_source_has(&source, SEAL_EVIDENCE) || verify_source_has(&source, SEAL_EVIDENCE_RAW)))
		hold(s, &source, path);
	else if (S_ISDIR(st.st_mode) && depth < VERIFY_DEPTH_MAX)
		look_into(s, fd, path, depth);
	else if (!S_ISDIR(st.st_mode) && verify_source_archive(fd, s->v->arena, &source, &why))
		verify_problem(s->v, VERIFY_UNKNOWN, path, "is no bundle as it was written: %s", why.text);
	else if (!S_ISDIR(st.st_mode))
		hold(s, &source, path);
}

static void note_missing(struct search *s)
{
	struct verify_result *r = s->v->result;
	const struct head_file *f = &s->v->heads;
	struct verify_other *missing = arena_alloc(r->arena, VERIFY_OTHERS_MAX * sizeof *missing);
	for (size_t i = 0; i < f->other_count; i++) {
		const struct head_session *told = &f->others[i];
		char from[CLOCK_TEXT_MAX], to[CLOCK_TEXT_MAX];
		if (s->here[i] || told->to_ns <= s->v->options->after_ns)
			continue;
		clock_text(told->from_ns, 0, from);
		clock_text(told->to_ns, 0, to);
		verify_problem(s->v, VERIFY_BAD, told->id, "is not here: %.200s was told of this session from %s to %s%s", s->v->options->head_file, from, to,
			       told->ended ? "" : ", and not how it ended");
		if (missing && r->other_count < VERIFY_OTHERS_MAX) {
			const char *id = arena_string(r->arena, slice_of_string(told->id));
			missing[r->other_count++] = (struct verify_other){id ? id : "", told->from_ns, told->to_ns, told->ended};
		}
	}
	r->others = missing;
}

static void sum_up(struct search *s)
{
	struct verifying *v = s->v;
	const struct head_file *f = &v->heads;
	const char *log = v->options->head_file;
	uint64_t here = 0;
	for (size_t i = 0; i < f->other_count; i++)
		here += s->here[i];
	if (here && !v->result->bad)
		verify_proven(v, "%llu %s of which %.200s was told are here, and the evidence of each begins with all that was told of it",
			      (unsigned long long)here, text_plural(here, "session", "sessions"), log);
	if (s->untold)
		verify_not_proven(v, "anything of %llu %s here of which %.200s was never told: each ran without this place, or was put in another's",
				  (unsigned long long)s->untold, text_plural(s->untold, "session", "sessions"), log);
	if (s->derived)
		verify_not_proven(v, "anything by %llu redacted %s: what was told is of the originals", (unsigned long long)s->derived,
				  text_plural(s->derived, "copy", "copies"));
	if (s->before)
		verify_not_proven(v, "that what was told of %llu %s here stands as it was told: the register does not vouch for it",
				  (unsigned long long)s->before, text_plural(s->before, "session", "sessions"));
	if (f->reader.unreadable)
		verify_not_proven(v, "what %llu %s of %.200s said that could not be read (the first: %s)", (unsigned long long)f->reader.unreadable,
				  text_plural(f->reader.unreadable, "line", "lines"), log, f->reader.why);
	if (f->cut)
		verify_problem(v, VERIFY_UNKNOWN, log, "tells of more than %d sessions: of the others nothing is known", HEAD_SESSIONS_MAX);
	verify_not_proven(v, "the seals: airgap-verify verify looks at them, one session at a time");
}

enum status verify_all(const char *const paths[], size_t count, const struct verify_options *options, struct verify_result *ret,
		       struct error *err)
{
	__attribute__((cleanup(verifying_end))) struct verifying v = verifying_begin(NULL, options, ret);
	AUTO_FREE struct search *s = must_alloc(1, sizeof *s);
	*s = (struct search){.v = &v};
	enum status status = head_file_read(options->head_file, "", options->head_register ? options->head_register->log_bytes : 0, &v.heads, err);
	if (status)
		return status;
	if (!v.heads.other_count)
		return fail(err, ERR_NO_INPUT, "%s: tells of no session", options->head_file);
	for (size_t i = 0; i < count; i++) {
		AUTO_FD int fd = open(paths[i], O_RDONLY | O_NONBLOCK | O_CLOEXEC);
		if (fd < 0)
			return fail_errno(err, ERR_NO_INPUT, errno, "%s", paths[i]);
		look_at(s, fd, paths[i], 0);
	}
	if (options->head_register)
		verify_register(&v);
	note_missing(s);
	sum_up(s);
	return OK;
}

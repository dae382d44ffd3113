/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The app-log witness: an application's own log as it stood, with its size before
 * and after. The file is held open from the start, so that what was written to it
 * before it was moved away is kept too.
 */
#include "collectors/log_file.h"
#include "collectors/registry.h"
#include "core/auto.h"
#include "core/file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	FILES_MAX = 128,
	GENERATIONS_MAX = 16,     /* rotations of one log that are followed */
	COPY_MAX = 256 << 20,     /* of one file; beyond, only what the session added, so much of it */
	PATH_MAX_HERE = FILE_PATH_MAX,
	MARK_SIZE = 256,          /* the last bytes of before, to see whether they still stand there */
};

/* One file that stood under the log's name at some time. */
struct generation {
	int fd; /* -1: it was not there */
	struct log_file_id id;
	uint64_t before; /* its size when the session began; 0 where it appeared later */
	unsigned char mark[MARK_SIZE];
	size_t mark_size;
};

struct log {
	char app[64];
	char path[PATH_MAX_HERE];
	const char *role;
	const char *change;  /* worst of what happened to it */
	const char *problem; /* NULL, or why it cannot be read */
	struct generation generations[GENERATIONS_MAX];
	size_t count;
};

struct applog {
	struct watch *w;
	struct log logs[FILES_MAX];
	size_t count;
	uint64_t left_out;
	int64_t looked_ns;
};

static void add_log(struct applog *a, struct slice app, const char *path, const char *role)
{
	if (a->count == FILES_MAX) {
		a->left_out++;
		return;
	}
	struct log *log = &a->logs[a->count++];
	*log = (struct log){.role = role, .change = "unchanged"};
	if (!slice_to_string(app, log->app, sizeof log->app))
		snprintf(log->app, sizeof log->app, "app");
	log_file_full_path(path, log->path, sizeof log->path);
}

/* "NAME=FILE" or "FILE". */
static void add_named(struct applog *a, const char *option, const char *role)
{
	struct slice text = slice_of_string(option);
	size_t equals = slice_find(text, '=');
	bool named = equals > 0 && equals < text.size;
	for (size_t i = 0; named && i < equals; i++)
		named = text.at[i] != '/' && text.at[i] != '\\';
	if (named)
		add_log(a, slice_part(text, 0, equals), option + equals + 1, role);
	else
		add_log(a, SLICE("app"), option, role);
}

/* Reads the last bytes in front of `before`. */
static size_t read_mark(const struct generation *g, unsigned char ret[static MARK_SIZE])
{
	size_t size = g->before < MARK_SIZE ? (size_t)g->before : MARK_SIZE;
	long got = size ? log_file_read(g->fd, ret, size, g->before - size) : 0;
	return got > 0 ? (size_t)got : 0;
}

/* Was it emptied and filled again, so that its size alone tells nothing? */
static bool is_rewritten(const struct generation *g)
{
	unsigned char now[MARK_SIZE];
	return read_mark(g, now) != g->mark_size || memcmp(now, g->mark, g->mark_size) != 0;
}

/* Opens what stands under the log's name now, as a further generation. */
static void open_generation(struct log *log, bool first)
{
	struct generation *g = &log->generations[log->count];
	*g = (struct generation){.fd = -1};
	g->fd = log_file_open(log->path, &g->id, &log->problem);
	if (g->fd < 0)
		return;
	if (first && !log_file_size(g->fd, &g->before))
		log->problem = "its size cannot be told";
	g->mark_size = read_mark(g, g->mark);
	log->count++;
}

/* Has the name come to stand for another file, or the file become shorter? */
static void look(struct log *log)
{
	struct log_file_id now;
	bool there = log_file_look(log->path, &now);
	if (log->count == 0) {
		if (there) {
			open_generation(log, false);
			if (log->count)
				log->change = "appeared";
		}
		return;
	}
	const struct generation *g = &log->generations[log->count - 1];
	uint64_t size;
	if (log_file_size(g->fd, &size) && size < g->before)
		log->change = "truncated";
	if (there && (now.device != g->id.device || now.number != g->id.number)) {
		log->change = "rotated";
		if (log->count == GENERATIONS_MAX)
			log->problem = "rotated more often than is followed";
		else
			open_generation(log, false);
	} else if (!there && !strcmp(log->change, "unchanged")) {
		log->change = "removed";
	}
}

/* At most COPY_MAX bytes: a log may grow as fast as it is copied. */
static enum status copy_range(int from, uint64_t at, int to, uint64_t *ret_size, struct error *err)
{
	char *buffer = must_alloc(256 << 10, 1);
	enum status status = OK;
	*ret_size = 0;
	while (!status) {
		if (*ret_size >= COPY_MAX) {
			status = fail(err, ERR_LIMIT, "more than %d MiB of it were to be copied",
				      COPY_MAX >> 20);
			break;
		}
		long got = log_file_read(from, buffer, 256 << 10, at + *ret_size);
		if (got < 0)
			status = fail_errno(err, ERR_IO, errno, "cannot read the log");
		if (got <= 0)
			break;
		status = file_write_fd(to, slice_of(buffer, (size_t)got), "the copy of a log", err);
		*ret_size += (uint64_t)got;
	}
	free(buffer);
	return status;
}

static void write_record(struct applog *a, const struct log *log, const struct generation *g,
			 const char *copy, uint64_t copied_from, uint64_t size, const char *problem)
{
	struct json *j = evidence_begin(a->w->evidence, "applog", clock_now().wall_ns);
	json_add_string(j, "app", log->app);
	json_add_string(j, "path", log->path);
	json_add_string(j, "role", log->role);
	json_add_string(j, "change", log->change);
	if (copy) {
		json_add_string(j, "copy", copy);
		json_add_u64(j, "copied_from", copied_from);
		json_add_u64(j, "before", g->before);
		json_add_u64(j, "after", copied_from + size);
	}
	if (problem)
		json_add_string(j, "problem", problem);
	evidence_end(a->w->evidence);
}

/* The last component of the path, with what is no plain letter made a dash. */
static void copy_name(const struct log *log, size_t number, size_t generation,
		      char *ret, size_t capacity)
{
	int used = snprintf(ret, capacity, "%zu-%.80s", number + 1, log_file_name(log->path));
	for (char *c = ret; *c; c++)
		if (!((*c >= '0' && *c <= '9') || (*c >= 'a' && *c <= 'z') ||
		      (*c >= 'A' && *c <= 'Z') || *c == '.' || *c == '-' || *c == '_'))
			*c = '-';
	if (generation && used > 0 && (size_t)used < capacity)
		snprintf(ret + used, capacity - (size_t)used, ".%zu", generation);
}

static void keep_generation(struct applog *a, struct log *log, size_t number, size_t generation,
			    int folder)
{
	struct generation *g = &log->generations[generation];
	char name[128], copy[160];
	struct error err = {0};
	uint64_t size = 0, whole = 0;
	copy_name(log, number, generation, name, sizeof name);
	snprintf(copy, sizeof copy, "applogs/%s", name);
	bool large = log_file_size(g->fd, &whole) && whole > COPY_MAX;
	if (is_rewritten(g) && strcmp(log->change, "truncated") != 0)
		log->change = "rewritten";
	uint64_t from = large && whole >= g->before ? g->before : 0;
	AUTO_FD int to = -1;
	enum status status = file_create(folder, name, &to, &err);
	bool made = !status;
	if (!status)
		status = copy_range(g->fd, from, to, &size, &err);
	if (made && file_close(&to, copy, status ? NULL : &err) && !status)
		status = err.status;
	if (!status && size + from > g->before && !strcmp(log->change, "unchanged"))
		log->change = "appended";
	write_record(a, log, g, made ? copy : NULL, from, size,
		     status ? err.text : log->problem);
}

static enum status applog_open(struct watch *w, void **ret_state, struct error *err)
{
	(void)err;
	struct applog *a = must_alloc(1, sizeof *a);
	a->w = w;
	for (size_t i = 0; i < w->options->log_count; i++)
		add_named(a, w->options->logs[i], "audit");
	for (size_t i = 0; i < w->options->context_count; i++)
		add_named(a, w->options->contexts[i], "context");
	*ret_state = a;
	return OK;
}

/* After the privileges are gone: the logs are read with the user's own rights. */
static void applog_start(void *state)
{
	struct applog *a = state;
	for (size_t i = 0; i < a->count; i++)
		open_generation(&a->logs[i], true);
}

static void applog_drain(void *state)
{
	struct applog *a = state;
	int64_t now = clock_mono();
	if (now - a->looked_ns < 200 * CLOCK_MILLISECOND)
		return;
	a->looked_ns = now;
	for (size_t i = 0; i < a->count; i++)
		look(&a->logs[i]);
}

static uint64_t applog_lost(void *state)
{
	const struct applog *a = state;
	return a->left_out;
}

static uint64_t applog_stop(void *state)
{
	struct applog *a = state;
	struct error err = {0};
	int folder = -1;
	if (a->count && file_make_folder(a->w->folder, "applogs", &folder, &err))
		watch_witness(a->w, "applog", NULL, "died", err.text, "");
	for (size_t i = 0; i < a->count && folder >= 0; i++) {
		struct log *log = &a->logs[i];
		look(log);
		if (log->count == 0)
			write_record(a, log, NULL, NULL, 0, 0,
				     log->problem ? log->problem : "the file was never there");
		for (size_t g = 0; g < log->count; g++) {
			keep_generation(a, log, i, g, folder);
			close(log->generations[g].fd);
		}
	}
	auto_close(&folder);
	uint64_t lost = applog_lost(a);
	free(a);
	return lost;
}

static void applog_probe(struct probe *ret)
{
	ret->works = true;
	snprintf(ret->detail, sizeof ret->detail, "any file the user can read: --app-log FILE");
}

const struct collector collector_applog = {
	.name = "applog",
	.witnesses = "the application's own log, with its size before and after",
	.needs = "--app-log FILE or --app NAME",
	.probe = applog_probe,
	.open = applog_open,
	.start = applog_start,
	.drain = applog_drain,
	.pause_ns = 50 * CLOCK_MILLISECOND,
	.stop = applog_stop,
	.lost = applog_lost,
};

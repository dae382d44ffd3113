/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_reader.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/json.h"
#include "core/sandbox.h"
#include "fleet/extract.h"
#include "fleet/intake.h"
#include "report/bundle.h"
#include "report/manifest.h"
#include "report/verify.h"
#include "report/verify_source.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>

enum { BUFFER_SIZE = 1 << 16, PIPE_SIZE = 1 << 20, SEND_AT = 1 << 16, ARENA_MAX = 1 << 30, PATHS_SHOWN = 200 };

struct reading {
	int out;	  /* the pipe */
	struct text told; /* owned; not sent yet */
	int copy;	  /* owned; the file, without a name */
	const char *ca_file;
};

static enum status send(struct reading *r, struct error *err)
{
	enum status status = r->told.overflow ? fail(err, ERR_LIMIT, "a record that is too long")
					      : file_write_fd(r->out, text_slice(&r->told), "the pipe", err);
	text_clear(&r->told);
	return status;
}

static enum status give(void *to, const struct told *record, struct error *err)
{
	struct reading *r = to;
	told_add(record, &r->told);
	return r->told.size < SEND_AT ? OK : send(r, err);
}

/* A file in the folder for temporary ones that has no name there any more. */
static enum status open_nameless(int *ret, struct error *err)
{
	const char *folder = getenv("TMPDIR");
	char path[FILE_PATH_MAX];
	folder = folder && folder[0] == '/' ? folder : "/tmp";
	*ret = open(folder, O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
	if (*ret >= 0)
		return OK;
	snprintf(path, sizeof path, "%s/airgap-fleet-XXXXXX", folder);
	*ret = mkostemp(path, O_CLOEXEC);
	if (*ret < 0)
		return fail_errno(err, ERR_CREATE, errno, "%s: no place for a copy (TMPDIR names another)", folder);
	unlink(path);
	return OK;
}

/* Reads the file once; what is looked at and what is taken in cannot differ then. */
static enum status take_copy(struct reading *r, const char *path, struct error *err)
{
	AUTO_FD int from = -1;
	AUTO_HASH struct hash *hash = hash_new();
	AUTO_FREE unsigned char *buffer = must_alloc(BUFFER_SIZE, 1);
	unsigned char digest[HASH_SIZE];
	char sha256[HASH_TEXT_MAX];
	int64_t size = 0;
	ssize_t got = 0;
	enum status status = file_open(AT_FDCWD, path, &from, err);
	if (!status)
		status = open_nameless(&r->copy, err);
	while (!status && (got = read(from, buffer, BUFFER_SIZE)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(err, ERR_IO, errno, "%s", path);
		hash_add(hash, slice_of(buffer, (size_t)got));
		size += got;
		status = file_write_fd(r->copy, slice_of(buffer, (size_t)got), "the copy", err);
	}
	if (status)
		return status;
	hash_peek(hash, digest);
	hash_text(digest, sha256);
	const struct told file = {.kind = TOLD_FILE, .values = {value_text(sha256), value_number(size)}, .count = 2};
	status = give(r, &file, err);
	return status ? status : send(r, err);
}

/* "until" of "retention", and "tool"; "" where the manifest does not tell. */
static void read_manifest(const struct verify_source *source, char ret_until[static INTAKE_WORD_MAX], char ret_tool[static INTAKE_TEXT_MAX])
{
	struct error ignored = {0};
	struct json_member tool = {.key = "tool"};
	AUTO_TEXT struct text json = text_make(MANIFEST_SIZE_MAX);
	ret_until[0] = ret_tool[0] = 0;
	if (verify_source_read(source, SEAL_MANIFEST, MANIFEST_SIZE_MAX, &json, &ignored) ||
	    json_read_object(text_slice(&json), &tool, 1, NULL))
		return;
	if (tool.value.type == JSON_STRING)
		slice_to_string(tool.value.raw, ret_tool, INTAKE_TEXT_MAX);
	manifest_keep_until(text_slice(&json), ret_until);
}

/* The first thing that is wrong, and how many more there are. */
static void describe(const struct verify_result *v, struct text *out)
{
	if (!v->problem_count)
		return;
	if (strcmp(v->problems[0].path, ".") != 0) { /* the bundle itself, which is named already */
		text_add_printable(out, slice_of_string(v->problems[0].path), PATHS_SHOWN);
		text_add_string(out, ": ");
	}
	text_add_string(out, v->problems[0].what);
	if (v->bad + v->unknown > 1)
		text_addf(out, " (and %llu more)", (unsigned long long)(v->bad + v->unknown - 1));
}

static enum status tell_checked(struct reading *r, const struct verify_result *v, const struct verify_source *source, struct error *err)
{
	char until[INTAKE_WORD_MAX] = "", tool[INTAKE_TEXT_MAX] = "";
	AUTO_TEXT struct text wrong = text_make(INTAKE_WHY_MAX - 1);
	const struct verify_session *s = &v->session;
	describe(v, &wrong);
	if (source && v->outcome == VERIFY_GOOD)
		read_manifest(source, until, tool);
	const struct told checked = {
		.kind = TOLD_CHECKED,
		.values = {value_number(v->outcome), value_slice(text_slice(&wrong)), value_text(v->fingerprint),
			   value_text(s->known ? s->id : ""), value_text(s->known ? s->host : ""), value_text(s->known ? s->verdict : ""),
			   value_text(tool), value_text(until), value_number(s->known ? s->from_ns : 0),
			   value_number(s->known ? s->to_ns : 0), value_number(v->signed_ns), value_number(v->stamp.time_ns)},
		.count = 12,
	};
	enum status status = give(r, &checked, err);
	return status ? status : send(r, err);
}

static const struct zip_entry *find_database(const struct verify_source *source)
{
	char place[FILE_PATH_MAX];
	bundle_place("audit.db", place);
	for (size_t i = 0; i < source->zip.count; i++)
		if (!strcmp(source->zip.entries[i].path + source->top, place))
			return &source->zip.entries[i];
	return NULL;
}

/* Into memory without reading it: what is not looked at is never there. */
static enum status map_database(const struct reading *r, const struct zip_entry *e, struct slice *ret, struct error *err)
{
	uint64_t page = (uint64_t)sysconf(_SC_PAGESIZE), before = e->at % page;
	if (e->size == 0 || e->size > EXTRACT_SIZE_MAX)
		return fail(err, ERR_LIMIT, "its database has %llu bytes, and %d are the most that is read", (unsigned long long)e->size,
			    EXTRACT_SIZE_MAX);
	void *at = mmap(NULL, (size_t)(e->size + before), PROT_READ, MAP_PRIVATE, r->copy, (off_t)(e->at - before));
	if (at == MAP_FAILED)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "its database cannot be mapped");
	*ret = slice_part(slice_of(at, (size_t)(e->size + before)), (size_t)before, (size_t)e->size);
	return OK;
}

static enum status give_rows(struct reading *r, const struct verify_source *source, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	char content[HASH_TEXT_MAX];
	struct slice database = {0};
	const struct zip_entry *e = find_database(source);
	if (!e)
		return fail(err, ERR_MALFORMED, "it has no database");
	enum status status = map_database(r, e, &database, err);
	if (status)
		return status;
	hash_bytes(database, digest);
	hash_text(digest, content);
	status = sandbox_enter(&r->out, 1, EXTRACT_MEMORY + (uint64_t)EXTRACT_SIZE_MAX, err);
	return status ? status : extract(database, content, give, r, err);
}

static enum status read_bundle(struct reading *r, const char *path, struct error *err)
{
	const struct verify_options options = {.ca_file = r->ca_file};
	struct verify_source source;
	struct error form = {0};
	struct verify_result *v = must_alloc(1, sizeof *v);
	enum status status = take_copy(r, path, err);
	if (!status)
		status = verify_archive(r->copy, &options, v, err);
	if (status)
		return status;
	bool good = v->outcome == VERIFY_GOOD && !verify_source_archive(r->copy, arena_new(ARENA_MAX), &source, &form);
	status = tell_checked(r, v, good ? &source : NULL, err);
	return status || !good ? status : give_rows(r, &source, err);
}

/* What it took is given back by its end. */
_Noreturn static void run(const char *path, const char *ca_file, int out)
{
	struct error err = {0};
	struct reading r = {.out = out, .told = text_make(2 * TOLD_MAX), .copy = -1, .ca_file = ca_file};
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	enum status status = read_bundle(&r, path, &err);
	const struct told last = {.kind = TOLD_END, .values = {value_number(status), value_text(err.text)}, .count = 2};
	told_add(&last, &r.told);
	_exit(send(&r, &err) ? 1 : 0);
}

enum status fleet_reader_start(const char *path, const char *ca_file, struct fleet_reader *ret, struct error *err)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no pipe");
	(void)fcntl(ends[1], F_SETPIPE_SZ, PIPE_SIZE); /* a smaller one is only slower */
	fflush(NULL);
	pid_t process = fork();
	if (process == 0) {
		close(ends[0]);
		run(path, ca_file, ends[1]);
	}
	close(ends[1]);
	FILE *from = process > 0 ? fdopen(ends[0], "r") : NULL;
	if (!from) {
		close(ends[0]);
		return fail_errno(err, ERR_UNAVAILABLE, errno, "no process to read a bundle");
	}
	*ret = (struct fleet_reader){process, from, text_make(TOLD_MAX)};
	return OK;
}

static bool read_all(FILE *from, size_t size, struct text *ret)
{
	unsigned char buffer[BUFFER_SIZE];
	while (size > 0) {
		size_t got = fread(buffer, 1, size < sizeof buffer ? size : sizeof buffer, from);
		if (got == 0)
			return false;
		text_add(ret, slice_of(buffer, got));
		size -= got;
	}
	return true;
}

enum status fleet_reader_next(struct fleet_reader *r, struct told *ret, struct error *err)
{
	unsigned char head[TOLD_HEAD];
	size_t size = 0;
	text_clear(&r->bytes);
	if (fread(head, 1, sizeof head, r->from) != sizeof head || !told_size(slice_of(head, sizeof head), &size) ||
	    !read_all(r->from, size, &r->bytes))
		return fail(err, ERR_MALFORMED, "what reads it broke off");
	const char *wrong = told_read(text_slice(&r->bytes), ret);
	return wrong ? fail(err, ERR_MALFORMED, "what reads it tells of %s", wrong) : OK;
}

void fleet_reader_stop(struct fleet_reader *r)
{
	int ended;
	if (r->process <= 0)
		return;
	kill(r->process, SIGKILL);
	while (waitpid(r->process, &ended, 0) < 0 && errno == EINTR)
		continue;
	fclose(r->from);
	text_free(&r->bytes);
	r->process = 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/watch_source.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/file.h"
#include "core/json.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	TAIL_MAX = 16 << 10,  /* holds the last checkpoint */
	ROWS_A_LOOK = 64,     /* between looks at the clock */
	ROWS_MANY = 512,      /* at once: who writes is behind, or the log is old */
	SESSION_WAIT_MS = 100,
	SESSION_WAITS = 100,
};

static const struct {
	const char *file, *reader;
} kinds[WATCH_STREAMS] = {
	[WATCH_EVIDENCE] = {"evidence.ndjson", "evidence"},
	[WATCH_CAPTURE] = {"capture.pcapng", "pcapng"},
};

/* ---- the folder --------------------------------------------------------------------- */

/* The last checkpoint of a log that came to its end names no key (airgap-verify-formats(5)). */
bool watch_has_end(int fd, int64_t *ret_last_ns)
{
	unsigned char tail[TAIL_MAX];
	struct stat st;
	struct json_member m[] = {{.key = "kind"}, {.key = "next_key"}, {.key = "t"}};
	struct slice line, last = {0};
	bool whole;
	*ret_last_ns = 0;
	if (fstat(fd, &st) != 0)
		return false;
	ssize_t got = pread(fd, tail, sizeof tail, st.st_size > TAIL_MAX ? st.st_size - TAIL_MAX : 0);
	struct cursor c = cursor_over(slice_of(tail, got > 0 ? (size_t)got : 0));
	while (cursor_line(&c, &line, &whole))
		if (whole)
			last = line;
	if (!last.size || json_read_object(last, m, LENGTH(m), NULL))
		return false;
	json_i64(&m[2].value, ret_last_ns);
	return m[0].value.type == JSON_STRING && slice_is(m[0].value.raw, "checkpoint") && m[1].value.type == JSON_ABSENT;
}

/* What session.json says of the scope: by its own reader, for it is foreign. */
static enum status read_scope(struct watch_source *s, struct error *err)
{
	AUTO_FD int fd = -1;
	struct follow *f;
	enum status status = file_open(s->folder, "session.json", &fd, err);
	if (status)
		return status;
	const struct follow_request request = {.fd = fd, .name = "session.json", .as = "session"};
	status = follow_start(&request, &f, err);
	if (status)
		return status;
	bool end = false;
	for (int waited = 0; !status && !end && waited < SESSION_WAITS;) {
		struct slice batch;
		struct row_values row;
		const char *wrong;
		status = follow_next(f, &batch, &end, err);
		for (struct cursor c = cursor_over(batch); !status && row_read(&c, &row, &wrong);)
			if (slice_is(row_string(&row, 1), "scope"))
				s->host = slice_is(row_string(&row, 2), "host");
		struct pollfd p = {.fd = follow_fd(f), .events = POLLIN};
		if (batch.size == 0 && !end && poll(&p, 1, SESSION_WAIT_MS) <= 0)
			waited++;
	}
	follow_free(f);
	return status;
}

enum status watch_source_open(const char *path, struct watch_source *ret, bool *ret_running, struct error *err)
{
	*ret = (struct watch_source){.folder = -1};
	for (size_t i = 0; i < WATCH_STREAMS; i++)
		ret->streams[i].fd = -1;
	struct watch_stream *evidence = &ret->streams[WATCH_EVIDENCE];
	enum status status = file_open_folder(AT_FDCWD, path, &ret->folder, err);
	if (!status)
		status = file_open(ret->folder, kinds[WATCH_EVIDENCE].file, &evidence->fd, err);
	if (!status)
		status = read_scope(ret, err);
	if (status) {
		watch_source_close(ret);
		return fail_in(err, "%s", path);
	}
	*ret_running = !watch_has_end(evidence->fd, &ret->last_ns);
	return OK;
}

void watch_source_close(struct watch_source *s)
{
	for (size_t i = 0; i < WATCH_STREAMS; i++) {
		struct watch_stream *one = &s->streams[i];
		follow_free(one->follow);
		auto_close(&one->fd);
		*one = (struct watch_stream){.fd = -1};
	}
	auto_close(&s->folder);
	s->folder = -1;
}

/* ---- the streams ---------------------------------------------------------------------- */

/* Starts what is there; a capture may begin later than the evidence, or never. */
static enum status start_stream(struct watch_source *s, size_t number, struct error *err)
{
	struct watch_stream *one = &s->streams[number];
	struct error absent;
	if (one->fd < 0 && file_open(s->folder, kinds[number].file, &one->fd, &absent))
		return OK;
	const struct follow_request request = {.fd = one->fd, .name = kinds[number].file, .as = kinds[number].reader,
					       .growing = s->growing, .host_scope = s->host,
					       .capture = number == WATCH_CAPTURE, .folder = s->folder};
	return follow_start(&request, &one->follow, err);
}

enum status watch_source_start(struct watch_source *s, bool growing, struct error *err)
{
	enum status status = OK;
	s->growing = growing;
	s->next_ns = 0;
	s->failure = (struct error){.status = OK};
	s->heard_ns = clock_mono();
	for (size_t i = 0; i < WATCH_STREAMS && !status; i++) {
		struct watch_stream *one = &s->streams[i];
		follow_free(one->follow);
		*one = (struct watch_stream){.fd = one->fd};
		if (one->fd >= 0 && lseek(one->fd, 0, SEEK_SET) != 0)
			status = fail_errno(err, ERR_IO, errno, "%s", kinds[i].file);
		if (!status)
			status = start_stream(s, i, err);
	}
	return status;
}

/* What a stream cannot go on after ends it. */
static void give_up(struct watch_source *s, struct watch_stream *one, const struct error *why)
{
	one->ended = true;
	if (!s->failure.status)
		s->failure = *why;
}

/* The next row of a stream, where there is one now. */
static bool peek(struct watch_source *s, struct watch_stream *one)
{
	while (one->follow && !one->have && !one->ended) {
		struct slice batch;
		struct error why;
		const char *wrong;
		one->have = row_read(&one->batch, &one->row, &wrong);
		if (one->have)
			break;
		if (wrong)
			fail(&why, ERR_MALFORMED, "%s", wrong);
		if (wrong || follow_next(one->follow, &batch, &one->ended, &why)) {
			give_up(s, one, &why);
			break;
		}
		one->batch = cursor_over(batch);
		if (batch.size == 0)
			break;
	}
	int64_t time = one->have ? watch_row_time(&one->row) : 0;
	if (time > one->time_ns)
		one->time_ns = time;
	return one->have;
}

/* The stream whose row is next. NULL where none has one, or where one that may have an
 * earlier one has to be waited for. */
static struct watch_stream *next(struct watch_source *s)
{
	struct watch_stream *first = NULL;
	for (size_t i = 0; i < WATCH_STREAMS; i++) {
		struct watch_stream *one = &s->streams[i];
		if (!peek(s, one)) {
			if (!s->growing && one->follow && !one->ended)
				return NULL;
			continue;
		}
		if (!first || one->time_ns < first->time_ns)
			first = one;
	}
	return first;
}

/* A capture may begin later than the evidence. */
static void look_for_capture(struct watch_source *s, const struct watch_model *m)
{
	struct watch_stream *capture = &s->streams[WATCH_CAPTURE];
	struct error why;
	if (s->growing && !capture->follow && !capture->ended && !m->closed && start_stream(s, WATCH_CAPTURE, &why))
		give_up(s, capture, &why);
}

bool watch_source_step(struct watch_source *s, struct watch_model *m, int64_t limit_ns, int64_t deadline_ns,
		       watch_tell *tell, void *to)
{
	struct watch_stream *one;
	struct watch_change change;
	size_t rows;
	s->next_ns = 0;
	m->host = s->host;
	look_for_capture(s, m);
	for (rows = 1; (one = next(s)) != NULL; rows++) {
		if (one->time_ns > limit_ns) {
			s->next_ns = one->time_ns;
			return false;
		}
		watch_apply(m, &one->row, &change);
		one->have = false;
		if (tell && change.what)
			tell(to, m, &change);
		if (rows % ROWS_A_LOOK != 0 && rows != 1)
			continue;
		s->heard_ns = clock_mono();
		if (s->heard_ns >= deadline_ns)
			return true;
	}
	return rows > ROWS_MANY;
}

void watch_source_finish(struct watch_source *s)
{
	for (size_t i = 0; i < WATCH_STREAMS; i++)
		if (s->streams[i].follow)
			follow_end(s->streams[i].follow);
}

bool watch_source_ended(const struct watch_source *s)
{
	for (size_t i = 0; i < WATCH_STREAMS; i++)
		if (s->streams[i].follow && (!s->streams[i].ended || s->streams[i].have))
			return false;
	return true;
}

void watch_source_wait(const struct watch_source *s, int timeout_ms)
{
	struct pollfd fds[WATCH_STREAMS];
	for (size_t i = 0; i < WATCH_STREAMS; i++) {
		const struct watch_stream *one = &s->streams[i];
		fds[i] = (struct pollfd){.fd = one->follow && !one->ended ? follow_fd(one->follow) : -1, .events = POLLIN};
	}
	if (poll(fds, WATCH_STREAMS, timeout_ms) < 0)
		return; /* a signal: whoever waits looks at what it said */
}

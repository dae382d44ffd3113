/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/decoder.h"

#include "core/auto.h"
#include "core/clock.h"
#include "ingest/decode.h"
#include "ingest/feeder.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PIPE_SIZE = 1 << 20,
	PROGRESS_MS = 200,
	MESSAGE_MAX = ROW_BATCH_MAX + ROW_BATCH,
};

struct decoder {
	struct store *store;
	struct ingest *to;
	const struct progress *progress;
	const struct feeder_more *more;
	struct decode child;
	pid_t pid;         /* 0: not running */
	int feed, answers; /* owned */
	struct feeder *feeder; /* owned */
	struct row_rights rights;
	struct row_tally tally;
	struct choice choice;
	bool chosen; /* it said which reader */
	bool done, stopped;
	uint64_t records;
	unsigned char *message; /* owned */
	size_t room;
};

static enum status open_channels(struct decoder *d, struct error *err)
{
	int feed[2], answers[2];
	enum status status = ring_open(&d->child.ring, err);
	if (status)
		return status;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, feed) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a socket");
	d->feed = feed[0];
	d->child.input = feed[1];
	if (pipe2(answers, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	d->answers = answers[0];
	d->child.output = answers[1];
	fcntl(d->answers, F_SETPIPE_SZ, PIPE_SIZE); /* a smaller one only waits more often */
	return OK;
}

static enum status start(struct decoder *d, int fd, struct error *err)
{
	enum status status = open_channels(d, err);
	if (status)
		return status;
	fflush(NULL);
	d->pid = fork();
	if (d->pid < 0) {
		d->pid = 0;
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start a process");
	}
	if (d->pid == 0)
		decode_run(&d->child, d->to);
	close(d->child.input);
	close(d->child.output);
	d->child.input = d->child.output = -1;
	const struct feeder_file file = {.fd = fd, .name = d->to->path, .more = d->more};
	return feeder_start(&file, &d->child.ring, d->feed, &d->feeder, err);
}

static void tell_progress(struct decoder *d)
{
	const struct progress *p = d->progress;
	if (p->tell && !p->tell(p->to, feeder_size(d->feeder)))
		d->stopped = true;
}

/* The next bytes of an answer. False where there are no more, or nobody wants them;
 * progress is told while nothing comes. */
static bool read_answer(struct decoder *d, unsigned char *to, size_t size)
{
	for (size_t got = 0; got < size;) {
		struct pollfd p = {.fd = d->answers, .events = POLLIN};
		int ready = poll(&p, 1, PROGRESS_MS);
		if (ready <= 0)
			tell_progress(d);
		if (d->stopped)
			return false;
		if (ready <= 0)
			continue;
		ssize_t now = read(d->answers, to + got, size - got);
		if (now == 0 || (now < 0 && errno != EINTR))
			return false;
		got += now > 0 ? (size_t)now : 0;
	}
	return true;
}

static enum status insert_source(struct decoder *d, struct error *err)
{
	sqlite3_stmt *q = store_query(d->store, QUERY_SOURCE_INSERT);
	store_bind_text(q, 1, d->to->path);
	store_bind_text(q, 2, decode_name(&d->choice));
	return store_run(q, err);
}

static enum status on_reader(struct decoder *d, struct cursor c, struct error *err)
{
	if (d->chosen || !decode_choice(&d->child, cursor_le32(&c), &d->choice) ||
	    !decode_may(&d->child, &d->choice))
		return fail(err, ERR_MALFORMED, "the decoder named no reader that there is");
	d->chosen = true;
	d->rights.writes = decode_writes(&d->choice);
	return insert_source(d, err);
}

static enum status on_done(struct decoder *d, struct cursor c, struct error *err)
{
	char text[ERROR_TEXT_MAX];
	enum status status = (enum status)cursor_le32(&c);
	d->records = cursor_le64(&c);
	d->done = true;
	if (!slice_to_string(cursor_rest(&c), text, sizeof text))
		text[0] = 0;
	if (!status)
		return OK;
	/* whatever it says, it is a failure, and one of those there are */
	return fail(err, status > OK && status <= ERR_STORE ? status : ERR_INTERNAL, "%s", text);
}

static enum status on_message(struct decoder *d, unsigned type, struct slice bytes, struct error *err)
{
	switch (type) {
	case DECODE_READER:
		return on_reader(d, cursor_over(bytes), err);
	case DECODE_ROWS:
		return row_apply(d->store, &d->rights, bytes, &d->tally, err);
	case DECODE_DONE:
		return on_done(d, cursor_over(bytes), err);
	default:
		return fail(err, ERR_MALFORMED, "the decoder sent a message of no known kind");
	}
}

static enum status read_answers(struct decoder *d, struct error *err)
{
	unsigned char head[DECODE_HEAD];
	enum status status = OK;
	while (!status && !d->done && read_answer(d, head, sizeof head)) {
		struct cursor c = cursor_over(slice_of(head, sizeof head));
		unsigned type = cursor_le32(&c);
		size_t size = cursor_le32(&c);
		if (size > MESSAGE_MAX)
			return fail(err, ERR_MALFORMED, "the decoder sent a message that is too long");
		if (size > d->room) {
			d->room = size;
			d->message = must_realloc(d->message, size, 1);
		}
		if (!read_answer(d, d->message, size))
			break;
		status = on_message(d, type, slice_of(d->message, size), err);
		tell_progress(d);
	}
	return !status && d->stopped ? fail(err, ERR_UNAVAILABLE, "interrupted") : status;
}

/* Why the process ended without an answer. */
static void describe_end(int status, char *ret, size_t capacity)
{
	if (WIFSIGNALED(status))
		snprintf(ret, capacity, "the decoder ended by signal %d (%s): the rest was not read",
			 WTERMSIG(status), strsignal(WTERMSIG(status)));
	else
		snprintf(ret, capacity, "the decoder ended with status %d: the rest was not read",
			 WEXITSTATUS(status));
}

/* What it told before it ended stays. */
static enum status note_end(struct decoder *d, int status, struct error *err)
{
	char reason[128];
	describe_end(status, reason, sizeof reason);
	if (!d->chosen)
		return fail(err, ERR_INTERNAL, "%s", reason);
	sqlite3_stmt *q = store_query(d->store, QUERY_SKIP_ADD);
	store_bind_i64(q, 1, d->to->source);
	store_bind_text(q, 2, reason);
	store_bind_i64(q, 3, 0);
	store_bind_text(q, 4, "");
	store_bind_i64(q, 5, 1);
	return store_run(q, err);
}

static enum status finish_source(struct decoder *d, uint64_t size, const unsigned char *digest,
				 struct error *err)
{
	char text[HASH_TEXT_MAX];
	hash_text(digest, text);
	sqlite3_stmt *q = store_query(d->store, QUERY_SOURCE_FINISH);
	store_bind_i64(q, 1, d->to->source);
	store_bind_i64(q, 2, (int64_t)size);
	store_bind_text(q, 3, text);
	store_bind_i64(q, 4, (int64_t)d->records);
	if (d->tally.first_ns) {
		store_bind_i64(q, 5, d->tally.first_ns);
		store_bind_i64(q, 6, d->tally.last_ns);
	}
	return store_run(q, err);
}

static int wait_for(struct decoder *d)
{
	int status = 0;
	while (waitpid(d->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	d->pid = 0;
	return status;
}

static enum status run(struct decoder *d, struct ingest_result *ret, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	struct error why = {0};
	enum status status = read_answers(d, err);
	if (status) {
		kill(d->pid, SIGKILL);
		feeder_stop(d->feeder);
	}
	int end = wait_for(d);
	enum status fed = feeder_finish(TAKE(&d->feeder), &ret->bytes, digest, &why);
	if (!status && fed && err)
		*err = why;
	if (!status)
		status = fed;
	if (!status && !d->done)
		status = note_end(d, end, err);
	if (!status)
		status = finish_source(d, ret->bytes, digest, err);
	if (!status) {
		snprintf(ret->reader, sizeof ret->reader, "%s", decode_name(&d->choice));
		ret->writes = decode_writes(&d->choice);
		ret->records = d->records;
		ret->tally = d->tally;
		ret->source = d->to->source;
	}
	return status;
}

static void release(struct decoder *d)
{
	const int fds[] = {d->feed, d->answers, d->child.input, d->child.output};
	if (d->pid > 0) {
		kill(d->pid, SIGKILL);
		(void)wait_for(d);
	}
	for (size_t i = 0; i < LENGTH(fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	ring_close(&d->child.ring);
	free(d->message);
}

/* The number that its row of `source` will have. */
static enum status next_source(struct store *store, int64_t *ret, struct error *err)
{
	return store_number(store_query(store, QUERY_SOURCE_NEXT), ret, err);
}

/* What the user said of logs; else a file that is older than now ended when it did. */
static void set_context(struct start *start, const struct ingest *to, const struct ingest_options *how, int fd)
{
	struct stat st;
	if (how->logs && how->logs->zone)
		start->zone = *how->logs->zone;
	if (!to->of_session && fstat(fd, &st) == 0 && S_ISREG(st.st_mode))
		start->reference_ns = (int64_t)st.st_mtim.tv_sec * CLOCK_SECOND;
}

enum status decoder_read(struct store *store, struct ingest *to, int fd, const struct ingest_options *how,
			 struct ingest_result *ret, struct error *err)
{
	struct start *from = must_alloc(1, sizeof *from);
	const struct descriptions *known = how->logs ? how->logs->known : NULL;
	struct descriptions *own = known ? NULL : descriptions_new();
	struct decoder d = {
		.store = store,
		.to = to,
		.progress = &how->progress,
		.more = how->more,
		.child = {.input = -1, .output = -1, .as = how->as, .kinds = how->kinds, .filter = how->filter,
			  .logs = own ? own : known},
		.feed = -1,
		.answers = -1,
	};
	*ret = (struct ingest_result){0};
	enum status status = start_load(store, from, err);
	if (!status)
		status = next_source(store, &to->source, err);
	set_context(from, to, how, fd);
	to->start = from;
	d.rights = (struct row_rights){.source = to->source,
				       .app_log = to->app_log,
				       .flow = from->flow,
				       .dns = from->dns,
				       .attempt = from->attempt,
				       .process = from->process};
	if (!status)
		status = start(&d, fd, err);
	if (!status)
		status = run(&d, ret, err);
	release(&d);
	descriptions_free(own);
	free(from);
	to->start = NULL;
	return status;
}

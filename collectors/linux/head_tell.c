/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/head_tell.h"

#include "collectors/tell.h"
#include "core/auto.h"
#include "core/file.h"
#include "core/privilege.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

enum {
	APART_NS = 1000000000, /* from one that is told to the next */
	PATIENCE_MS = 100,
	MESSAGE_MAX = 2 * HEAD_LINE_MAX,
};

static const char journal_socket[] = "/run/systemd/journal/socket";

struct place {
	const char *name; /* as the policy has it; not owned */
	int folder, fd;	  /* -1: not open; of journald, fd alone */
	bool torn;	  /* the last line was not written whole */
	bool failed;	  /* and the evidence says so */
	struct error why;
};

struct head_teller {
	const char *journal;
	struct place places[HEAD_PLACES_MAX];
	size_t count;
	int64_t told_ns; /* monotonic */
};

/* A file that is there, or a new one for the owner of the folder: we may be root. */
static enum status open_or_create(int folder, int *ret, struct error *err)
{
	enum { FLAGS = O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC };
	struct stat st;
	int fd = openat(folder, HEAD_FILE, FLAGS);
	if (fd < 0 && errno == ENOENT) {
		fd = openat(folder, HEAD_FILE, FLAGS | O_CREAT | O_EXCL, 0600);
		if (fd >= 0 && geteuid() == 0 && (fstat(folder, &st) != 0 || fchown(fd, st.st_uid, st.st_gid) != 0)) {
			auto_close(&fd);
			return fail_errno(err, ERR_CREATE, errno, HEAD_FILE ": cannot be given to the folder's owner");
		}
	}
	*ret = fd;
	return fd >= 0 ? OK : fail_errno(err, ERR_CREATE, errno, HEAD_FILE);
}

/* With a second name, or as a link, it could be any file that we may write to and the user may not. */
static enum status open_file(struct place *p, struct slice path, struct error *err)
{
	char name[HEAD_PLACE_MAX];
	struct stat st;
	if (!slice_to_string(path, name, sizeof name))
		return fail(err, ERR_CONFIG, "not the path of a folder");
	enum status status = file_open_folder(AT_FDCWD, name, &p->folder, err);
	if (!status)
		status = open_or_create(p->folder, &p->fd, err);
	if (!status && (fstat(p->fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_nlink != 1))
		status = fail(err, ERR_CREATE, HEAD_FILE ": not a file with this one name");
	return status;
}

static enum status reach_journal(const struct head_teller *t, struct place *p, struct error *err)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	if (!slice_to_string(slice_of_string(t->journal), at.sun_path, sizeof at.sun_path))
		return fail(err, ERR_INTERNAL, "%s: too long", t->journal);
	if (p->fd < 0)
		p->fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (p->fd < 0 || connect(p->fd, (const struct sockaddr *)&at, sizeof at) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "%s", t->journal);
	return OK;
}

static void open_place(const struct head_teller *t, struct place *p)
{
	struct slice folder = head_folder(slice_of_string(p->name));
	enum status status = folder.size ? open_file(p, folder, &p->why) : reach_journal(t, p, &p->why);
	if (status) {
		auto_close(&p->fd);
		p->fd = -1;
	}
}

struct head_teller *head_tell_open_at(const struct watch *w, const char *journal)
{
	const struct head_places *places = w->options->heads;
	struct head_teller *t = must_alloc(1, sizeof *t);
	*t = (struct head_teller){.journal = journal, .count = places->count};
	for (size_t i = 0; i < t->count; i++) {
		t->places[i] = (struct place){.name = places->at[i], .folder = -1, .fd = -1};
		open_place(t, &t->places[i]);
	}
	return t;
}

struct head_teller *head_tell_open(const struct watch *w)
{
	return head_tell_open_at(w, journal_socket);
}

/* Could the user of the session change what was told? Not where the file only grows (chattr +a). */
static bool is_within_reach(const struct place *p, const struct watch *w)
{
	int flags = 0;
	if (p->folder < 0 || w->invoker->uid == 0)
		return w->invoker->uid == 0;
	if (ioctl(p->fd, FS_IOC_GETFLAGS, &flags) == 0 && (flags & FS_APPEND_FL))
		return false;
	return faccessat(p->folder, ".", W_OK, AT_EACCESS) == 0 || faccessat(p->folder, HEAD_FILE, W_OK, AT_EACCESS) == 0;
}

static void record_failure(struct place *p, struct watch *w, const char *state)
{
	AUTO_TEXT struct text said = text_make(HEAD_PLACE_MAX + ERROR_TEXT_MAX);
	p->failed = true;
	watch_witness(w, "head", p->name, state, p->why.text, "");
	text_addf(&said, "the head of the evidence is not told to %s: %s", p->name, p->why.text);
	tell_say(w->tell, text_string(&said));
}

void head_tell_start(struct head_teller *t, struct watch *w)
{
	for (size_t i = 0; i < t->count; i++) {
		struct place *p = &t->places[i];
		if (p->fd < 0)
			record_failure(p, w, "missing");
		else
			watch_witness(w, "head", p->name, "on", is_within_reach(p, w) ? "the user of the session can change it" : "", "");
	}
}

/* In one piece, so that lines of sessions that run at the same time do not mix. */
static enum status add_line(struct place *p, struct slice line, struct error *err)
{
	AUTO_TEXT struct text whole = text_make(HEAD_LINE_MAX + 2);
	ssize_t done;
	if (p->torn)
		text_add_char(&whole, '\n');
	text_add(&whole, line);
	text_add_char(&whole, '\n');
	while ((done = write(p->fd, whole.at, whole.size)) < 0 && errno == EINTR)
		;
	p->torn = done > 0 && (size_t)done < whole.size;
	if (done < 0)
		return fail_errno(err, ERR_IO, errno, "cannot write " HEAD_FILE);
	return p->torn || done == 0 ? fail(err, ERR_IO, "cannot write all of a line to " HEAD_FILE) : OK;
}

static bool send_message(int fd, const struct text *m)
{
	struct pollfd room = {.fd = fd, .events = POLLOUT};
	if (send(fd, m->at, m->size, MSG_NOSIGNAL) == (ssize_t)m->size)
		return true;
	return errno == EAGAIN && poll(&room, 1, PATIENCE_MS) > 0 && send(fd, m->at, m->size, MSG_NOSIGNAL) == (ssize_t)m->size;
}

static enum status send_entry(const struct head_teller *t, struct place *p, struct slice line, struct error *err)
{
	AUTO_TEXT struct text m = text_make(MESSAGE_MAX);
	text_add_string(&m, "MESSAGE=head of the evidence of a session\nPRIORITY=6\nSYSLOG_IDENTIFIER=airgap-verify\n" HEAD_FIELD);
	text_add(&m, line);
	text_add_char(&m, '\n');
	if (send_message(p->fd, &m))
		return OK;
	int code = errno;
	/* it may have been started anew */
	if (code != EAGAIN && reach_journal(t, p, err) == OK && send_message(p->fd, &m))
		return OK;
	return fail_errno(err, ERR_IO, code, "%s", t->journal);
}

/* Also where it failed before: what is told later holds all the same. */
static enum status tell_place(const struct head_teller *t, struct place *p, struct slice line)
{
	if (p->fd < 0)
		return p->why.status;
	return p->folder >= 0 ? add_line(p, line, &p->why) : send_entry(t, p, line, &p->why);
}

enum status head_tell(struct head_teller *t, struct watch *w, enum head_state state, struct error *err)
{
	struct clock_pair now = clock_now();
	struct head h = {.state = state, .wall_ns = now.wall_ns};
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	enum status status = OK;
	if ((state == HEAD_GOING && now.mono_ns - t->told_ns < APART_NS) || evidence_status(w->evidence, NULL))
		return OK;
	t->told_ns = now.mono_ns;
	snprintf(h.session, sizeof h.session, "%s", w->options->id);
	evidence_head(w->evidence, &h);
	head_add(&h, &line);
	for (size_t i = 0; i < t->count; i++) {
		struct place *p = &t->places[i];
		if (!tell_place(t, p, text_slice(&line)) || p->failed)
			continue;
		if (state == HEAD_END)
			status = fail(err, ERR_IO, "the end of the evidence could not be told to %s: %s", p->name, p->why.text);
		else
			record_failure(p, w, "died");
	}
	return status;
}

void head_tell_free(struct head_teller *t)
{
	if (!t)
		return;
	for (size_t i = 0; i < t->count; i++) {
		auto_close(&t->places[i].folder);
		auto_close(&t->places[i].fd);
	}
	free(t);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/head_tell.h"

#include "collectors/linux/head_extend.h"
#include "collectors/linux/head_lines.h"
#include "collectors/tell.h"
#include "core/auto.h"
#include "core/privilege.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>

enum {
	APART_NS = 1000000000, /* from one that is told to the next */
	PATIENCE_MS = 100,
	MESSAGE_MAX = 2 * HEAD_LINE_MAX,
};

static const char journal_socket[] = "/run/systemd/journal/socket";

struct head_teller;
struct place;

/* The kinds of places there are. */
struct kind {
	enum status (*open)(const struct head_teller *t, struct place *p, struct error *err);
	enum status (*tell)(const struct head_teller *t, struct place *p, struct slice line, bool wait, struct error *err);
	bool (*within_reach)(const struct place *p, uid_t uid);
	const char *weakness; /* where it is */
};

struct place {
	const char *name; /* as the policy has it; not owned */
	const struct kind *kind;
	bool open;
	bool failed; /* and the evidence says so */
	struct error why;
	struct head_lines lines;   /* dir: */
	struct head_extend extend; /* tpm: */
	int socket;		   /* journald; -1: not open */
};

struct head_teller {
	const char *journal;
	const struct invoker *invoker;
	struct place places[HEAD_PLACES_MAX];
	size_t count;
	int64_t told_ns; /* monotonic */
};

static enum status reach_journal(const struct head_teller *t, struct place *p, struct error *err)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	if (!slice_to_string(slice_of_string(t->journal), at.sun_path, sizeof at.sun_path))
		return fail(err, ERR_INTERNAL, "%s: too long", t->journal);
	if (p->socket < 0)
		p->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	if (p->socket < 0 || connect(p->socket, (const struct sockaddr *)&at, sizeof at) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "%s", t->journal);
	return OK;
}

static bool send_message(int fd, const struct text *m)
{
	struct pollfd room = {.fd = fd, .events = POLLOUT};
	if (send(fd, m->at, m->size, MSG_NOSIGNAL) == (ssize_t)m->size)
		return true;
	return errno == EAGAIN && poll(&room, 1, PATIENCE_MS) > 0 && send(fd, m->at, m->size, MSG_NOSIGNAL) == (ssize_t)m->size;
}

static enum status send_entry(const struct head_teller *t, struct place *p, struct slice line, bool wait, struct error *err)
{
	(void)wait;
	AUTO_TEXT struct text m = text_make(MESSAGE_MAX);
	text_add_string(&m, "MESSAGE=head of the evidence of a session\nPRIORITY=6\nSYSLOG_IDENTIFIER=airgap-verify\n" HEAD_FIELD);
	text_add(&m, line);
	text_add_char(&m, '\n');
	if (send_message(p->socket, &m))
		return OK;
	int code = errno;
	/* it may have been started anew */
	if (code != EAGAIN && reach_journal(t, p, err) == OK && send_message(p->socket, &m))
		return OK;
	return fail_errno(err, ERR_IO, code, "%s", t->journal);
}

/* It takes entries from everybody. */
static bool is_roots(const struct place *p, uid_t uid)
{
	(void)p;
	return uid == 0;
}

static enum status open_lines(const struct head_teller *t, struct place *p, struct error *err)
{
	(void)t;
	return head_lines_open(head_folder(slice_of_string(p->name)), HEAD_FILE, &p->lines, err);
}

static enum status add_line(const struct head_teller *t, struct place *p, struct slice line, bool wait, struct error *err)
{
	(void)t, (void)wait;
	return head_lines_add(&p->lines, line, err);
}

static bool are_within_reach(const struct place *p, uid_t uid)
{
	return head_lines_within_reach(&p->lines, uid);
}

static enum status open_register(const struct head_teller *t, struct place *p, struct error *err)
{
	struct head_tpm place;
	if (!head_tpm_place(slice_of_string(p->name), &place))
		return fail(err, ERR_CONFIG, "no place in a TPM");
	return head_extend_open(&place, t->invoker, &p->extend, err);
}

static enum status extend(const struct head_teller *t, struct place *p, struct slice line, bool wait, struct error *err)
{
	(void)t;
	return head_extend_tell(&p->extend, line, wait, err);
}

/* What a register was extended with cannot be taken back, not by root either; its log can. */
static bool is_log_within_reach(const struct place *p, uid_t uid)
{
	return head_lines_within_reach(&p->extend.log, uid);
}

static const char change[] = "the user of the session can change it";
static const struct kind kind_lines = {open_lines, add_line, are_within_reach, change};
static const struct kind kind_journal = {reach_journal, send_entry, is_roots, change};
static const struct kind kind_register = {open_register, extend, is_log_within_reach, "the user of the session can take its log away"};

static const struct kind *kind_of(const char *name)
{
	if (head_folder(slice_of_string(name)).size)
		return &kind_lines;
	return slice_is(slice_of_string(name), HEAD_JOURNAL) ? &kind_journal : &kind_register;
}

struct head_teller *head_tell_open_at(const struct watch *w, const char *journal)
{
	const struct head_places *places = w->options->heads;
	struct head_teller *t = must_alloc(1, sizeof *t);
	*t = (struct head_teller){.journal = journal, .invoker = w->invoker, .count = places->count};
	for (size_t i = 0; i < t->count; i++) {
		struct place *p = &t->places[i];
		*p = (struct place){.name = places->at[i], .kind = kind_of(places->at[i]), .lines = head_lines_none(),
				    .extend = head_extend_none(), .socket = -1};
		p->open = p->kind->open(t, p, &p->why) == OK;
	}
	return t;
}

struct head_teller *head_tell_open(const struct watch *w)
{
	return head_tell_open_at(w, journal_socket);
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
		if (!p->open)
			record_failure(p, w, "missing");
		else
			watch_witness(w, "head", p->name, "on", p->kind->within_reach(p, w->invoker->uid) ? p->kind->weakness : "", "");
	}
}

/* Also where it failed before: what is told later holds all the same. The first and the last one are waited
 * for: the command must not run, nor we end, before they are told. */
static enum status tell_place(const struct head_teller *t, struct place *p, struct slice line, enum head_state state)
{
	return p->open ? p->kind->tell(t, p, line, state != HEAD_GOING, &p->why) : p->why.status;
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
		if (!tell_place(t, p, text_slice(&line), state) || p->failed)
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
		head_lines_close(&t->places[i].lines);
		head_extend_close(&t->places[i].extend);
		auto_close(&t->places[i].socket);
	}
	free(t);
}

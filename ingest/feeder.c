/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/feeder.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum { GROWTH_MS = 100 }; /* between looks at a file that grows */

struct feeder {
	pthread_t thread;
	int fd, socket;
	int owned;     /* `fd`, where it is not the caller's; -1 */
	int next;      /* the file that follows, once it is there; owned; -1 */
	const char *next_name;
	const struct feeder_more *more;
	uint64_t begun; /* where the file at hand begins in all that is read */
	int stop; /* an eventfd: readable when nobody wants any more; owned */
	const char *name;
	const struct ring *ring;
	struct hash *hash; /* owned */
	_Atomic uint64_t size;
	uint64_t taken; /* what the other side gave back */
	bool alone;     /* nobody wants it any more */
	_Atomic bool growing; /* its end is no end */
	struct error failure;
};

/* What the other side has read so far; waits for news where there is no room left. */
static void take_back(struct feeder *f, bool wait)
{
	uint64_t taken;
	ssize_t got;
	do {
		got = recv(f->socket, &taken, sizeof taken, wait ? 0 : MSG_DONTWAIT);
		if (got == (ssize_t)sizeof taken && taken <= f->size && taken >= f->taken)
			f->taken = taken;
		wait = false;
	} while (got > 0 || (got < 0 && errno == EINTR));
	if (got == 0 || (got < 0 && errno != EAGAIN))
		f->alone = true;
}

static void wait_for_room(struct feeder *f)
{
	take_back(f, false);
	while (!f->alone && f->size - f->taken > RING_SIZE - RING_STEP)
		take_back(f, true);
}

static void tell(struct feeder *f, uint64_t what)
{
	uint64_t size = f->size | what;
	if (!f->alone && send(f->socket, &size, sizeof size, MSG_NOSIGNAL) != (ssize_t)sizeof size)
		f->alone = true;
}

/* A pipe may say nothing for ever. */
static bool wait_for_file(struct feeder *f)
{
	struct pollfd both[] = {{.fd = f->fd, .events = POLLIN}, {.fd = f->stop, .events = POLLIN}};
	while (poll(both, LENGTH(both), -1) < 0 && errno == EINTR)
		continue;
	return both[1].revents == 0;
}

/* False where nobody wants more of it. */
static bool wait_for_growth(const struct feeder *f)
{
	struct pollfd stop = {.fd = f->stop, .events = POLLIN};
	int ready;
	do
		ready = poll(&stop, 1, GROWTH_MS);
	while (ready < 0 && errno == EINTR);
	return ready == 0;
}

static void tell_end(const struct feeder *f)
{
	unsigned char digest[HASH_SIZE];
	hash_peek(f->hash, digest);
	if (f->more)
		f->more->ended(f->more->to, f->size - f->begun, digest);
}

static void switch_over(struct feeder *f)
{
	tell_end(f);
	tell(f, RING_FILE_END);
	hash_reset(f->hash);
	f->begun = f->size;
	if (f->owned >= 0)
		close(f->owned);
	f->fd = f->owned = f->next;
	f->name = f->next_name;
	f->next = -1;
}

/* At the end of what the file holds; false where that is the end of all. When the next one
 * is there, this one is looked at once more: what it got meanwhile stands before that. */
static bool go_on(struct feeder *f, bool growing)
{
	if (f->next >= 0) {
		switch_over(f);
		return true;
	}
	if (f->more && f->more->next(f->more->to, growing, &f->next, &f->next_name, &f->failure))
		return false;
	return f->next >= 0 || (growing && wait_for_growth(f));
}

/* One step of the file; false at its end. */
static bool step(struct feeder *f)
{
	unsigned char *to = ring_room(f->ring, f->size);
	ssize_t got;
	if (!wait_for_file(f))
		return false;
	bool growing = f->growing; /* asked first: what was written until then is read */
	do
		got = read(f->fd, to, RING_STEP);
	while (got < 0 && errno == EINTR);
	if (got < 0)
		fail_errno(&f->failure, ERR_IO, errno, "%s", f->name);
	if (got == 0)
		return go_on(f, growing);
	if (got < 0)
		return false;
	f->size += (uint64_t)got;
	tell(f, 0);
	hash_add(f->hash, slice_of(to, (size_t)got));
	return true;
}

static void *run(void *feeder)
{
	struct feeder *f = feeder;
	do
		wait_for_room(f);
	while (step(f));
	if (!f->failure.status)
		tell_end(f);
	shutdown(f->socket, SHUT_WR);
	return NULL;
}

static void release(struct feeder *f)
{
	const int fds[] = {f->stop, f->owned, f->next};
	for (size_t i = 0; i < LENGTH(fds); i++)
		if (fds[i] >= 0)
			close(fds[i]);
	hash_free(f->hash);
	free(f);
}

enum status feeder_start(const struct feeder_file *file, const struct ring *ring, int socket, struct feeder **ret,
			 struct error *err)
{
	struct feeder *f = must_alloc(1, sizeof *f);
	*f = (struct feeder){.fd = file->fd,
			     .socket = socket,
			     .owned = -1,
			     .next = -1,
			     .more = file->more,
			     .name = file->name,
			     .ring = ring,
			     .growing = file->growing};
	f->hash = hash_new();
	f->stop = eventfd(0, EFD_CLOEXEC);
	int code = f->stop < 0 ? errno : pthread_create(&f->thread, NULL, run, f);
	*ret = code ? NULL : f;
	if (!code)
		return OK;
	release(f);
	return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start a thread");
}

uint64_t feeder_size(const struct feeder *f)
{
	return f->size;
}

void feeder_end(struct feeder *f)
{
	f->growing = false;
}

void feeder_stop(struct feeder *f)
{
	const uint64_t one = 1;
	if (write(f->stop, &one, sizeof one) != (ssize_t)sizeof one)
		die("cannot stop a thread");
	shutdown(f->socket, SHUT_RDWR); /* it may wait for room */
}

enum status feeder_finish(struct feeder *f, uint64_t *ret_size,
			  unsigned char ret_digest[static HASH_SIZE], struct error *err)
{
	pthread_join(f->thread, NULL);
	*ret_size = f->size;
	hash_peek(f->hash, ret_digest);
	enum status status = f->failure.status;
	if (status && err)
		*err = f->failure;
	release(f);
	return status;
}

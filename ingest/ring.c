/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/ring.h"

#include <errno.h>
#include <sys/mman.h>
#include <unistd.h>

enum status ring_open(struct ring *ret, struct error *err)
{
	*ret = (struct ring){0};
	int fd = memfd_create("airgap-verify", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, RING_SIZE) != 0) {
		enum status status = fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make shared memory");
		if (fd >= 0)
			close(fd);
		return status;
	}
	unsigned char *both = mmap(NULL, (size_t)2 * RING_SIZE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	bool good = both != MAP_FAILED;
	for (size_t half = 0; half < 2 && good; half++)
		good = mmap(both + half * RING_SIZE, RING_SIZE, PROT_READ | PROT_WRITE,
			    MAP_SHARED | MAP_FIXED, fd, 0) != MAP_FAILED;
	int code = errno;
	close(fd);
	if (both != MAP_FAILED)
		ret->at = both;
	if (good)
		return OK;
	ring_close(ret);
	return fail_errno(err, ERR_UNAVAILABLE, code, "cannot map shared memory");
}

void ring_close(struct ring *r)
{
	if (r->at)
		munmap(r->at, (size_t)2 * RING_SIZE);
	r->at = NULL;
}

enum status ring_protect(const struct ring *r, struct error *err)
{
	if (mprotect(r->at, (size_t)2 * RING_SIZE, PROT_READ) != 0)
		return fail_errno(err, ERR_INTERNAL, errno, "cannot protect shared memory");
	return OK;
}

unsigned char *ring_room(const struct ring *r, uint64_t offset)
{
	return r->at + offset % RING_SIZE;
}

static ssize_t read_again(int fd, void *to, size_t size)
{
	ssize_t got;
	do
		got = read(fd, to, size);
	while (got < 0 && errno == EINTR);
	return got;
}

/* Positions are sent whole: 8 bytes never come in parts over a socket of this kind. The end
 * is the end of the socket; what else goes wrong must not pass for it, or a file would be
 * read in part and called whole. */
static void wait_for_more(struct ring_reader *r, uint64_t taken)
{
	uint64_t there = 0;
	ssize_t sent;
	if (r->before_wait)
		r->before_wait(r->to);
	do
		sent = write(r->socket, &taken, sizeof taken);
	while (sent < 0 && errno == EINTR);
	bool gone = sent < 0 && (errno == EPIPE || errno == ECONNRESET);
	ssize_t got = gone ? 0 : read_again(r->socket, &there, sizeof there);
	if ((sent != (ssize_t)sizeof taken && !gone) || (got != 0 && got != (ssize_t)sizeof there))
		die("cannot ask for more of a file");
	r->follows = got > 0 && (there & RING_FILE_END);
	there &= ~RING_FILE_END;
	if (got == 0 || r->follows)
		r->end = true;
	else if (there > r->there && there - taken <= RING_SIZE)
		r->there = there;
}

struct slice ring_more(struct ring_reader *r, uint64_t taken)
{
	if (!r->end)
		wait_for_more(r, taken);
	return slice_of(ring_room(r->ring, taken), (size_t)(r->there - taken));
}

bool ring_next(struct ring_reader *r)
{
	if (!r->end || !r->follows)
		return false;
	r->end = r->follows = false;
	return true;
}

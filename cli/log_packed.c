/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/log_packed.h"

#include "cli/log_place.h"
#include "core/auto.h"
#include "core/sandbox.h"
#include "ingest/compressed.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SNIFF = 64, BLOCK = 64 << 10, MEMORY_MAX = 512 << 20 };

static ssize_t read_file(void *from, unsigned char *to, size_t size)
{
	return read(*(const int *)from, to, size);
}

static struct slice first_bytes(int fd, unsigned char buffer[static SNIFF])
{
	ssize_t got = pread(fd, buffer, SNIFF, 0);
	return slice_of(buffer, got > 0 ? (size_t)got : 0);
}

bool log_packed_is(int fd)
{
	unsigned char first[SNIFF];
	return compressed_sniff(first_bytes(fd, first));
}

/* Keeps the last LOG_TAIL bytes of what went by. */
static void keep_tail(unsigned char tail[static LOG_TAIL], size_t *size, struct slice more)
{
	if (more.size > LOG_TAIL)
		more = slice_part(more, more.size - LOG_TAIL, LOG_TAIL);
	size_t stays = *size < LOG_TAIL - more.size ? *size : LOG_TAIL - more.size;
	memmove(tail, tail + *size - stays, stays);
	if (more.size)
		memcpy(tail + stays, more.at, more.size);
	*size = stays + more.size;
}

struct answer {
	bool holds;
	uint64_t size;
};

static struct answer unpack(int fd, struct slice first, const struct log_place *place)
{
	static unsigned char block[BLOCK], tail[LOG_TAIL];
	unsigned char digest[HASH_SIZE];
	struct answer a = {.holds = false};
	size_t got = 1, size = 0;
	struct compressed *c = compressed_new(first, (struct compressed_source){read_file, &fd});
	while (got > 0) {
		uint64_t left = place->offset > a.size ? place->offset - a.size : BLOCK;
		got = compressed_read(c, block, left < BLOCK ? (size_t)left : BLOCK);
		a.size += got;
		keep_tail(tail, &size, slice_of(block, got));
		if (got == 0 || a.size != place->offset)
			continue;
		hash_bytes(slice_of(tail, size), digest);
		a.holds = !memcmp(digest, place->tail, HASH_SIZE);
	}
	compressed_free(c);
	return a;
}

static _Noreturn void run_child(int fd, int to, const struct log_place *place)
{
	/* looked at before: inside nothing but reading on is left */
	unsigned char first[SNIFF];
	struct slice begins = first_bytes(fd, first);
	const int fds[] = {fd, to};
	struct error err = {0};
	if (lseek(fd, 0, SEEK_SET) != 0 || sandbox_enter(fds, LENGTH(fds), MEMORY_MAX, &err))
		_exit(1);
	struct answer a = unpack(fd, begins, place);
	_exit(write(to, &a, sizeof a) == sizeof a ? 0 : 1);
}

enum status log_packed_look(int fd, const struct log_place *place, bool *ret_holds, uint64_t *ret_size, struct error *err)
{
	int ends[2], status = 0;
	struct answer a;
	ssize_t got;
	if (pipe2(ends, O_CLOEXEC) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot make a pipe");
	fflush(NULL);
	pid_t pid = fork();
	if (pid == 0)
		run_child(fd, ends[1], place);
	int code = errno;
	close(ends[1]);
	AUTO_FD int from = ends[0];
	if (pid < 0)
		return fail_errno(err, ERR_UNAVAILABLE, code, "cannot start a process");
	while ((got = read(from, &a, sizeof a)) < 0 && errno == EINTR)
		;
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	if (got != sizeof a)
		return fail(err, ERR_UNAVAILABLE, "cannot be unpacked without rights here");
	*ret_holds = a.holds;
	*ret_size = a.size;
	return OK;
}

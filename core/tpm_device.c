/* SPDX-License-Identifier: Apache-2.0 */
#include "core/tpm_device.h"

#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

enum { PATIENCE_MS = 10000, OPEN_MS = 2000, AGAIN_MS = 50 };

/* What it says where it does not do it. */
static const struct refusal {
	uint32_t code;
	bool again; /* it may later */
	const char *what;
} refusals[] = {
	{TPM_RETRY, true, "is busy"},
	{TPM_YIELDED, true, "is busy"},
	{TPM_TESTING, true, "is testing itself"},
	{TPM_INITIALIZE, false, "was not started up: that is the firmware's, or the driver's"},
	{TPM_LOCALITY, false, "lets nobody here extend this register: name another one"},
};

static enum status refuse_to_open(const char *path, int code, struct error *err)
{
	const char *remedy = "";
	if (code == ENOENT)
		remedy = ": no TPM 2.0 here, or it is switched off in the firmware";
	else if (code == EACCES || code == EPERM)
		remedy = ": run with sudo, or be in the group that may use it (tss)";
	else if (code == EBUSY)
		remedy = ": somebody else has it; /dev/tpmrm0 can be shared";
	return fail_errno(err, ERR_UNAVAILABLE, code, "%s%s", path, remedy);
}

static int open_socket(const char *path)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	if (!slice_to_string(slice_of_string(path), at.sun_path, sizeof at.sun_path)) {
		errno = ENAMETOOLONG;
		return -1;
	}
	AUTO_FD int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	int64_t until_ns = clock_mono() + OPEN_MS * CLOCK_MILLISECOND;
	/* first of all, for connecting may wait too, and for as long as it likes */
	if (fd < 0 || fcntl(fd, F_SETFD, FD_CLOEXEC) != 0 || fcntl(fd, F_SETFL, O_NONBLOCK) != 0)
		return -1;
	while (connect(fd, (const struct sockaddr *)&at, sizeof at) != 0) {
		if (errno != EAGAIN || clock_mono() > until_ns)
			return -1;
		poll(NULL, 0, AGAIN_MS);
	}
	return take_fd(&fd);
}

enum status tpm_device_open(const char *path, int *ret_fd, struct error *err)
{
	struct stat st;
	if (stat(path, &st) != 0)
		return refuse_to_open(path, errno, err);
	if (!S_ISCHR(st.st_mode) && !S_ISSOCK(st.st_mode))
		return fail(err, ERR_UNAVAILABLE, "%s: neither a device nor a Unix socket", path);
	*ret_fd = S_ISSOCK(st.st_mode) ? open_socket(path) : open(path, O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	return *ret_fd >= 0 ? OK : refuse_to_open(path, errno, err);
}

static bool wait_for(int fd, short events, int64_t until_ns)
{
	struct pollfd watched = {.fd = fd, .events = events};
	int64_t left = until_ns - clock_mono();
	return left > 0 && poll(&watched, 1, (int)(left / CLOCK_MILLISECOND) + 1) > 0;
}

/* One whole answer. The device hands it over in one piece, a socket as it comes. */
static ssize_t receive(int fd, unsigned char ret[static TPM_ANSWER_MAX], int64_t until_ns)
{
	size_t have = 0, size = TPM_HEADER_SIZE;
	while (have < size) {
		if (!wait_for(fd, POLLIN, until_ns)) {
			errno = ETIMEDOUT;
			return -1;
		}
		ssize_t got = read(fd, ret + have, TPM_ANSWER_MAX - have);
		if (got < 0 && (errno == EINTR || errno == EAGAIN))
			continue;
		if (got <= 0) {
			errno = got < 0 ? errno : EPIPE;
			return -1;
		}
		have += (size_t)got;
		if (have >= TPM_HEADER_SIZE)
			size = tpm_answer_size(slice_of(ret, have));
	}
	return (ssize_t)have;
}

/* SIGPIPE is not ours to set: a socket whose other end is gone must not end us. */
static ssize_t send_to(int fd, const unsigned char *command, size_t size)
{
	ssize_t done = send(fd, command, size, MSG_NOSIGNAL);
	return done < 0 && errno == ENOTSOCK ? write(fd, command, size) : done;
}

static enum status ask(int fd, const char *path, struct slice command, struct slice *ret,
		       unsigned char answer[static TPM_ANSWER_MAX], int64_t until_ns, struct error *err)
{
	ssize_t done;
	while ((done = send_to(fd, command.at, command.size)) < 0 && (errno == EINTR || errno == EAGAIN || errno == EBUSY))
		if (clock_mono() > until_ns || (errno == EAGAIN && !wait_for(fd, POLLOUT, until_ns)))
			return fail(err, ERR_BUSY, "%s: takes no command", path);
	if (done != (ssize_t)command.size)
		return fail_errno(err, ERR_IO, done < 0 ? errno : EIO, "%s: the TPM does not answer", path);
	ssize_t got = receive(fd, answer, until_ns);
	if (got < 0)
		return fail_errno(err, ERR_IO, errno, "%s: the TPM does not answer", path);
	*ret = slice_of(answer, (size_t)got);
	return OK;
}

/* What is asked, and where what was answered goes. */
struct question {
	unsigned number;
	unsigned char command[TPM_COMMAND_MAX];
	size_t size;
	const char *(*take)(struct question *q, struct slice answer, uint32_t *ret_code);
	unsigned char value[HASH_SIZE];
	bool there;
	struct tpm_clock clock;
};

static enum status refused(const char *path, uint32_t code, struct error *err)
{
	for (size_t i = 0; i < LENGTH(refusals); i++)
		if (refusals[i].code == code)
			return fail(err, refusals[i].again ? ERR_BUSY : ERR_UNAVAILABLE, "%s: the TPM %s", path, refusals[i].what);
	return fail(err, ERR_UNAVAILABLE, "%s: the TPM refuses (response code 0x%x)", path, (unsigned)code);
}

static enum status ask_until_told(int fd, const char *path, struct question *q, struct error *err)
{
	unsigned char answer[TPM_ANSWER_MAX];
	int64_t until_ns = clock_mono() + PATIENCE_MS * CLOCK_MILLISECOND;
	enum status status;
	do {
		struct slice got = {0};
		uint32_t code;
		status = ask(fd, path, slice_of(q->command, q->size), &got, answer, until_ns, err);
		if (status)
			return status;
		const char *wrong = q->take(q, got, &code);
		if (wrong)
			return fail(err, ERR_MALFORMED, "%s: the TPM gives %s", path, wrong);
		status = code == TPM_SUCCESS ? OK : refused(path, code, err);
		if (status == ERR_BUSY)
			poll(NULL, 0, AGAIN_MS);
	} while (status == ERR_BUSY && clock_mono() < until_ns);
	return status;
}

static const char *take_extended(struct question *q, struct slice answer, uint32_t *ret_code)
{
	(void)q;
	return tpm_take_extended(answer, ret_code);
}

static const char *take_value(struct question *q, struct slice answer, uint32_t *ret_code)
{
	return tpm_take_value(answer, q->number, ret_code, &q->there, q->value);
}

static const char *take_clock(struct question *q, struct slice answer, uint32_t *ret_code)
{
	return tpm_take_clock(answer, ret_code, &q->clock);
}

enum status tpm_device_extend(int fd, const char *path, unsigned number, const unsigned char digest[static HASH_SIZE],
			      struct error *err)
{
	struct question q = {.number = number, .take = take_extended};
	q.size = tpm_put_extend(number, digest, q.command);
	return ask_until_told(fd, path, &q, err);
}

enum status tpm_device_read(int fd, const char *path, unsigned number, unsigned char ret[static HASH_SIZE], struct error *err)
{
	struct question q = {.number = number, .take = take_value};
	q.size = tpm_put_read(number, q.command);
	enum status status = ask_until_told(fd, path, &q, err);
	if (!status && !q.there)
		status = fail(err, ERR_UNAVAILABLE, "%s: the TPM keeps no SHA-256 in register %u: its bank is switched off in the firmware",
			      path, number);
	memcpy(ret, q.value, HASH_SIZE);
	return status;
}

enum status tpm_device_clock(int fd, const char *path, struct tpm_clock *ret, struct error *err)
{
	struct question q = {.take = take_clock};
	q.size = tpm_put_clock(q.command);
	enum status status = ask_until_told(fd, path, &q, err);
	*ret = q.clock;
	return status;
}

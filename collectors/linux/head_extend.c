/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/head_extend.h"

#include "collectors/linux/few_calls.h"
#include "collectors/linux/register_log.h"
#include "collectors/posix/channel.h"
#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
	PATIENCE_MS = 15000, /* longer than a TPM and another session are waited for */
	WAITING_MAX = 64,
	REASON_MAX = 512,
};

struct order {
	size_t size;
	char line[HEAD_LINE_MAX];
};

struct answer {
	enum status status;
	char why[REASON_MAX];
};

struct head_extend head_extend_none(void)
{
	return (struct head_extend){.pid = -1, .channel = -1, .log = head_lines_none()};
}

/* Of all that the collector has open, the three that it needs. The standard ones become none: they are the
 * user's terminal. */
static void keep_three(struct register_log *l, int *channel)
{
	enum { STANDARD = 3 };
	int *kept[] = {channel, &l->device, &l->lines.fd};
	int null = open("/dev/null", O_RDWR | O_CLOEXEC);
	for (size_t i = 0; i < LENGTH(kept); i++) /* out of the way of each other */
		*kept[i] = fcntl(*kept[i], F_DUPFD_CLOEXEC, STANDARD + (int)LENGTH(kept));
	for (int i = 0; i < STANDARD; i++)
		if (null < 0 || dup2(null, i) != i)
			_exit(1);
	for (int i = 0; i < (int)LENGTH(kept); i++) {
		if (dup3(*kept[i], STANDARD + i, O_CLOEXEC) != STANDARD + i)
			_exit(1);
		*kept[i] = STANDARD + i;
	}
	l->lines.folder = -1;
	syscall(SYS_close_range, STANDARD + LENGTH(kept), UINT_MAX, 0);
}

_Noreturn static void serve(struct register_log *l, int channel, const struct invoker *who)
{
	struct order order;
	struct error err = {0};
	unsigned char nothing[HASH_SIZE];
	prctl(PR_SET_NAME, "airgap-tpm");
	setsid(); /* no terminal's signal reaches it */
	keep_three(l, &channel);
	hash_bytes(SLICE(""), nothing); /* what it reads when it is first used, it reads now */
	enum status dropped = privilege_drop(who, 0, &err);
	if (!dropped)
		dropped = few_calls_enter(&err);
	while (channel_take(channel, &order, sizeof order, true) == CHANNEL_RECORD) {
		struct answer answer = {.status = dropped};
		if (!dropped && order.size > sizeof order.line)
			answer.status = fail(&err, ERR_INTERNAL, "a head that is too long");
		else if (!dropped)
			answer.status = register_log_tell(l, slice_of(order.line, order.size), &err);
		if (answer.status)
			snprintf(answer.why, sizeof answer.why, "%s", err.text);
		if (!channel_send(channel, &answer, sizeof answer, true))
			break;
	}
	_exit(0);
}

/* Its user: the log's owner where we may become that. */
static struct invoker user_of(const struct register_log *l, const struct invoker *who)
{
	struct stat st;
	struct invoker user = *who;
	if (geteuid() == 0 && fstat(l->lines.fd, &st) == 0 && st.st_uid != who->uid) {
		user = (struct invoker){.uid = st.st_uid, .gid = st.st_gid};
		snprintf(user.name, sizeof user.name, "uid %u", (unsigned)st.st_uid);
	}
	return user;
}

static enum status start(struct register_log *l, const struct invoker *who, struct head_extend *ret, struct error *err)
{
	int ends[2];
	enum status status = channel_open(ends, err);
	if (status)
		return status;
	struct invoker user = user_of(l, who);
	ret->pid = fork();
	if (ret->pid == 0)
		serve(l, ends[1], &user);
	close(ends[1]);
	ret->channel = ends[0];
	return ret->pid < 0 ? fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start the process that asks the TPM") : OK;
}

enum status head_extend_open(const struct head_tpm *place, const struct invoker *who, struct head_extend *ret, struct error *err)
{
	struct register_log log;
	*ret = head_extend_none();
	enum status status = register_log_open(place, &log, err);
	if (!status)
		status = start(&log, who, ret, err);
	ret->log = log.lines;
	log.lines = head_lines_none();
	register_log_close(&log);
	return status;
}

static void take_answers(struct head_extend *h)
{
	struct answer a;
	enum channel_got got;
	while ((got = channel_take(h->channel, &a, sizeof a, false)) == CHANNEL_RECORD) {
		h->waiting -= h->waiting > 0;
		h->since_ns = clock_mono();
		a.why[sizeof a.why - 1] = 0;
		if (a.status && !h->why.status)
			(void)fail(&h->why, a.status, "%s", a.why);
	}
	if (got == CHANNEL_END) {
		(void)fail(&h->why, ERR_IO, "the process that asks the TPM ended");
		head_extend_close(h);
	}
}

/* One that has kept us waiting once is not waited for again. */
static bool is_late(const struct head_extend *h)
{
	return h->waiting && clock_mono() - h->since_ns > PATIENCE_MS * CLOCK_MILLISECOND;
}

static enum status hand_over(struct head_extend *h, struct slice line, struct error *err)
{
	struct order order = {.size = line.size};
	if (h->channel < 0 || line.size > sizeof order.line)
		return fail(err, ERR_IO, "nobody asks the TPM any more");
	memcpy(order.line, line.at, line.size);
	if (is_late(h) || h->waiting == WAITING_MAX || !channel_send(h->channel, &order, sizeof order, false))
		return fail(err, ERR_IO, "the TPM does not answer, or somebody keeps its log locked");
	if (!h->waiting++)
		h->since_ns = clock_mono();
	return OK;
}

enum status head_extend_tell(struct head_extend *h, struct slice line, bool wait, struct error *err)
{
	if (h->channel >= 0)
		take_answers(h);
	int64_t until_ns = clock_mono() + PATIENCE_MS * CLOCK_MILLISECOND;
	enum status status = hand_over(h, line, err);
	while (!status && wait && h->waiting && h->channel >= 0 && clock_mono() < until_ns) {
		struct pollfd watched = {.fd = h->channel, .events = POLLIN};
		poll(&watched, 1, 100);
		take_answers(h);
	}
	if (!status && wait && h->waiting && h->channel >= 0)
		status = fail(err, ERR_IO, "the TPM does not answer, or somebody keeps its log locked");
	if (h->why.status) {
		*err = h->why;
		status = err->status;
		h->why = (struct error){0};
	}
	return status;
}

void head_extend_close(struct head_extend *h)
{
	auto_close(&h->channel);
	h->channel = -1;
	head_lines_close(&h->log);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/pieces.h"

#include "core/clock.h"
#include "core/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void begin(struct pieces *p, int file, int64_t from_ns)
{
	p->number++;
	p->from_ns = from_ns;
	p->begun_ns = clock_mono();
	capture_name(p->number, p->name);
	pcapng_write_start(&p->writer, file, p->name, p->linktype, p->snaplen, p->what);
}

void pieces_start(struct pieces *p, int file, const struct capture_limits *limits, unsigned linktype, unsigned snaplen,
		  const char *what)
{
	p->limits = *limits;
	p->linktype = linktype;
	p->snaplen = snaplen;
	p->what = what;
	begin(p, file, clock_now().wall_ns);
}

/* Ends the one at hand; it is not closed yet. */
static struct capture_closed end(struct pieces *p, int64_t to_ns, uint64_t received, uint64_t dropped)
{
	struct capture_closed c = {.number = p->number,
				   .packets = p->writer.packets,
				   .received = received - p->received,
				   .dropped = dropped - p->dropped,
				   .from_ns = p->from_ns,
				   .to_ns = to_ns};
	pcapng_write_end(&p->writer, c.from_ns, c.to_ns, c.received, c.dropped);
	c.size = p->writer.size;
	memcpy(c.sha256, p->writer.sha256, sizeof c.sha256);
	p->received = received;
	p->dropped = dropped;
	p->packets += p->writer.packets;
	p->bytes += p->writer.bytes;
	p->writer.packets = p->writer.bytes = 0;
	return c;
}

/* The process that waits ends with what came of it. */
static void wait_for_closer(struct pieces *p, bool wait)
{
	int status;
	pid_t got;
	if (p->closer <= 0)
		return;
	do
		got = waitpid(p->closer, &status, wait ? 0 : WNOHANG);
	while (got < 0 && errno == EINTR);
	if (got == 0)
		return;
	p->closer = 0;
	if ((got < 0 || status != 0) && !p->failure.status) {
		char name[CAPTURE_NAME_MAX];
		capture_name(p->closed.number, name);
		p->failure.status = fail(&p->failure, ERR_IO, "%s could not be written to the disk", name);
	}
}

static void close_apart(struct pieces *p)
{
	p->closer = p->writer.failure.status ? -1 : fork();
	if (p->closer == 0) {
		enum status status = pcapng_write_close(&p->writer, NULL);
		_exit(status ? 1 : 0);
	}
	if (p->closer > 0) {
		close(p->writer.fd); /* it has its own, which tells whether all was written */
		return;
	}
	p->closer = 0;
	if (pcapng_write_close(&p->writer, NULL) && !p->failure.status)
		p->failure = p->writer.failure;
}

void pieces_next(struct pieces *p, int file, uint64_t received, uint64_t dropped)
{
	int64_t now_ns = clock_now().wall_ns;
	p->closed = end(p, now_ns, received, dropped);
	close_apart(p);
	begin(p, file, now_ns);
}

/* Is it time for the next one? Not before the last one is done with. */
static bool is_due(const struct pieces *p)
{
	const struct capture_limits *l = &p->limits;
	if (p->number == CAPTURE_FILES_MAX || p->closed.number || p->writer.packets == 0)
		return false;
	return (l->size && pcapng_write_size(&p->writer) >= l->size) ||
	       (l->age_ns && clock_mono() - p->begun_ns >= l->age_ns);
}

static const struct error *failure_of(const struct pieces *p)
{
	return p->failure.status ? &p->failure : &p->writer.failure;
}

void pieces_report(struct pieces *p, struct capture_report *ret)
{
	wait_for_closer(p, false);
	ret->written = p->packets + p->writer.packets;
	ret->bytes = p->bytes + p->writer.bytes;
	ret->wanted = is_due(p) ? p->number + 1 : 0;
	if (!p->closer && !p->failure.status)
		ret->closed[0] = p->closed;
	if (failure_of(p)->status)
		snprintf(ret->failure, sizeof ret->failure, "%s", failure_of(p)->text);
}

void pieces_told(struct pieces *p)
{
	if (!p->closer)
		p->closed.number = 0;
}

void pieces_finish(struct pieces *p, uint64_t received, uint64_t dropped, struct capture_report *ret)
{
	wait_for_closer(p, true);
	pieces_report(p, ret);
	struct capture_closed last = end(p, clock_now().wall_ns, received, dropped);
	if (!pcapng_write_close(&p->writer, NULL) && !p->failure.status)
		ret->closed[1] = last;
	ret->wanted = 0;
	if (failure_of(p)->status && !ret->failure[0])
		snprintf(ret->failure, sizeof ret->failure, "%s", failure_of(p)->text);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The packet witness as the session sees it: a process of its own that captures,
 * and what it reports.
 */
#include "collectors/registry.h"
#include "collectors/posix/channel.h"
#include "collectors/posix/packet_capture.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STOP_WAIT_MS = 5000, REPORT_INTERVAL_MS = 1000 };

struct packets {
	struct watch *w;
	pid_t pid;
	int channel;
	struct capture_report report;
	int64_t written_ns; /* of the last record */
	bool dead;
};

static enum status start_process(struct packets *p, struct capture *capture, int file,
				 struct error *err)
{
	int ends[2];
	enum status status = channel_open(ends, err);
	if (status)
		return status;
	p->pid = fork();
	if (p->pid == 0) {
		close(ends[0]);
		capture_run(capture, p->w->invoker, ends[1], file);
	}
	close(ends[1]);
	p->channel = ends[0];
	if (p->pid < 0) {
		close(ends[0]);
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start the capturing process");
	}
	return OK;
}

static enum status packets_open(struct watch *w, void **ret_state, struct error *err)
{
	struct capture *capture = NULL;
	enum status status = capture_open(w->options->payload, &capture, err);
	if (status)
		return status;
	int file = openat(w->folder, "capture.pcapng",
			  O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (file < 0 || fchown(file, w->invoker->uid, w->invoker->gid) != 0) {
		status = fail_errno(err, ERR_CREATE, errno, "cannot make capture.pcapng");
		capture_free(capture);
		if (file >= 0)
			close(file);
		return status;
	}
	struct packets *p = must_alloc(1, sizeof *p);
	p->w = w;
	status = start_process(p, capture, file, err);
	close(file);
	if (status) {
		capture_free(capture);
		free(p);
		return status;
	}
	capture_leave(capture);
	*ret_state = p;
	return OK;
}

static void write_record(struct packets *p)
{
	const struct capture_report *r = &p->report;
	struct clock_pair now = clock_now();
	struct json *j = evidence_begin(p->w->evidence, "packets", now.wall_ns);
	json_add_u64(j, "received", r->received);
	json_add_u64(j, "dropped", r->dropped);
	json_add_u64(j, "written", r->written);
	json_add_u64(j, "bytes", r->bytes);
	json_add_u64(j, "queries", r->queries);
	if (r->last)
		json_add_bool(j, "last", true);
	evidence_end(p->w->evidence);
	p->written_ns = now.mono_ns;
}

static void take_reports(struct packets *p)
{
	struct capture_report r;
	enum channel_got got;
	while ((got = channel_take(p->channel, &r, sizeof r, false)) == CHANNEL_RECORD) {
		p->report = r;
		p->w->tally.names = r.queries;
	}
	if (got == CHANNEL_END && !p->dead && !p->report.last) {
		p->dead = true;
		watch_witness(p->w, "packets", NULL, "died",
			      p->report.failure[0] ? p->report.failure : "the capturing process ended",
			      "");
	}
}

static void packets_drain(void *state)
{
	struct packets *p = state;
	if (p->dead)
		return;
	take_reports(p);
	if (!p->dead && clock_mono() - p->written_ns > REPORT_INTERVAL_MS * CLOCK_MILLISECOND)
		write_record(p);
}

static uint64_t packets_lost(void *state)
{
	const struct packets *p = state;
	return p->report.dropped;
}

static uint64_t packets_stop(void *state)
{
	struct packets *p = state;
	if (channel_send(p->channel, "s", 1, false)) {
		int64_t until = clock_mono() + STOP_WAIT_MS * CLOCK_MILLISECOND;
		while (!p->report.last && !p->dead && clock_mono() < until) {
			struct pollfd watched = {.fd = p->channel, .events = POLLIN};
			poll(&watched, 1, 100);
			take_reports(p);
		}
	}
	take_reports(p);
	write_record(p);
	if (p->report.last && p->report.failure[0])
		watch_witness(p->w, "packets", NULL, "died", p->report.failure, "");
	else if (!p->report.last && !p->dead)
		watch_witness(p->w, "packets", NULL, "died", "the capturing process did not stop", "");
	/* an open channel means a living process, so the pid is still its own */
	if (!p->report.last && !p->dead)
		kill(p->pid, SIGKILL);
	close(p->channel);
	waitpid(p->pid, NULL, 0);
	uint64_t lost = packets_lost(p);
	free(p);
	return lost;
}

static bool packets_alive(void *state)
{
	const struct packets *p = state;
	return !p->dead;
}

static void packets_probe(struct probe *ret)
{
	struct capture *capture = NULL;
	struct error err = {0};
	enum status status = capture_open(false, &capture, &err);
	ret->works = !status;
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 status ? err.text : "libpcap captures on every interface");
	if (status == ERR_PERMISSION)
		capture_remedy_rights(ret->remedy, sizeof ret->remedy);
	else if (status)
		snprintf(ret->remedy, sizeof ret->remedy, "%s", capture_remedy_parts);
	capture_free(capture);
}

const struct collector collector_packets = {
	.name = "packets",
	.witnesses = "every packet of every interface: headers, and what names a destination",
	.needs = capture_needs,
	.canaries = true,
	.probe = packets_probe,
	.open = packets_open,
	.drain = packets_drain,
	.pause_ns = 50 * CLOCK_MILLISECOND,
	.stop = packets_stop,
	.lost = packets_lost,
	.alive = packets_alive,
};

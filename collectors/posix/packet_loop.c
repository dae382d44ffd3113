/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/packet_loop.h"

#include "collectors/posix/channel.h"
#include "core/clock.h"

#include <errno.h>
#include <poll.h>
#include <string.h>

enum {
	PERIOD_MS = 20, /* how often the ring is emptied, */
	ENDING_MS = 5,  /* and after a stop */
	REPORT_MS = 100,
};

/* Orders that have come; the end of the channel means stop, too. An order is taken even
 * then, because an end that leaves one unread would look like a reset to the other side,
 * and cost it the last report. */
static void obey(const struct packet_source *s, int channel, int64_t *stop_ns)
{
	int file;
	bool end;
	char order = channel_obey(channel, &file, &end);
	if (order == CAPTURE_NEXT && file >= 0) {
		struct capture_report now = s->report(s->capture);
		pieces_next(s->pieces, file, now.received, now.dropped);
	} else if (order || end) {
		*stop_ns = clock_mono() + s->stop_ms * CLOCK_MILLISECOND;
	}
}

bool packet_loop(const struct packet_source *s, int channel, struct capture_report *r)
{
	int64_t reported_ns = 0, stop_ns = INT64_MAX;
	bool capturing = true;
	while (capturing && clock_mono() < stop_ns) {
		bool stopping = stop_ns != INT64_MAX;
		struct pollfd watched = {.fd = stopping ? -1 : channel, .events = POLLIN};
		if (poll(&watched, 1, stopping ? ENDING_MS : PERIOD_MS) > 0)
			obey(s, channel, &stop_ns);
		capturing = s->take(s->capture, r);
		if (clock_mono() - reported_ns <= REPORT_MS * CLOCK_MILLISECOND)
			continue;
		pcapng_write_flush(&s->pieces->writer);
		reported_ns = clock_mono();
		struct capture_report now = s->report(s->capture);
		capturing = capturing && !now.failure[0];
		if (channel_send(channel, &now, sizeof now, false))
			pieces_told(s->pieces);
		else if (errno != EAGAIN)
			stop_ns = 0; /* nobody listens any more */
	}
	return capturing;
}

struct capture_report packet_loop_last(const struct packet_source *s, const struct capture_report *r)
{
	struct capture_report last = s->report(s->capture);
	if (r->failure[0])
		memcpy(last.failure, r->failure, sizeof last.failure);
	pieces_finish(s->pieces, last.received, last.dropped, &last);
	last.last = true;
	return last;
}

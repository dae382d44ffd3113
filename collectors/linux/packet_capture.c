/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/posix/packet_capture.h"

#include "collectors/linux/more_rights.h"
#include "collectors/linux/packet_filter.h"
#include "collectors/packet_keep.h"
#include "collectors/posix/channel.h"
#include "collectors/posix/packet_loop.h"
#include "core/clock.h"

#include <pcap/pcap.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

enum {
	LINKTYPE_LINUX_SLL2 = 276,
	KERNEL_BUFFER = 16 << 20,
	BLOCK_TIMEOUT_MS = 50,           /* a packet is with us at the latest after this */
	STOP_MS = BLOCK_TIMEOUT_MS,      /* packets of before the stop still come */
	EMPTY_MS = 2 * BLOCK_TIMEOUT_MS, /* then no more, and the last block is handed over */
	BATCH = 100000,
};

const char capture_needs[] = "root (or NET_RAW), libpcap 1.10";
const char capture_remedy_parts[] = "needs libpcap 1.10 and packet sockets";

void capture_remedy_rights(char *ret, size_t capacity)
{
	more_rights(LIBEXECDIR, ret, capacity);
}

struct capture {
	pcap_t *pcap;
	unsigned snaplen;
	struct keep keep;
	bool payload;
	struct pieces pieces;
};

static enum status set_up(struct capture *c, struct error *err)
{
	pcap_set_snaplen(c->pcap, (int)c->snaplen);
	pcap_set_timeout(c->pcap, BLOCK_TIMEOUT_MS);
	pcap_set_buffer_size(c->pcap, KERNEL_BUFFER);
	pcap_set_tstamp_precision(c->pcap, PCAP_TSTAMP_PRECISION_NANO);
	int code = pcap_activate(c->pcap);
	if (code == PCAP_ERROR_PERM_DENIED)
		return fail(err, ERR_PERMISSION, "no permission to capture packets");
	if (code < 0)
		return fail(err, ERR_UNAVAILABLE, "cannot capture: %s", pcap_geterr(c->pcap));
	if (pcap_set_datalink(c->pcap, LINKTYPE_LINUX_SLL2) != 0)
		return fail(err, ERR_UNAVAILABLE, "libpcap before 1.10 cannot tell interfaces apart");
	char text[PCAP_ERRBUF_SIZE];
	if (pcap_setnonblock(c->pcap, 1, text) != 0)
		return fail(err, ERR_UNAVAILABLE, "cannot capture: %s", text);
	return packet_filter_once(pcap_fileno(c->pcap), c->snaplen, err);
}

enum status capture_open(bool payload, struct capture **ret, struct error *err)
{
	char text[PCAP_ERRBUF_SIZE];
	struct capture *c = must_alloc(1, sizeof *c);
	c->payload = payload;
	c->snaplen = payload ? CAPTURE_SNAPLEN_PAYLOAD : CAPTURE_SNAPLEN;
	c->pcap = pcap_create("any", text);
	enum status status = c->pcap ? set_up(c, err)
				     : fail(err, ERR_UNAVAILABLE, "cannot capture: %s", text);
	if (status) {
		capture_free(c);
		return status;
	}
	*ret = c;
	return OK;
}

void capture_free(struct capture *c)
{
	if (!c)
		return;
	if (c->pcap)
		pcap_close(c->pcap);
	free(c);
}

void capture_leave(struct capture *c)
{
	capture_free(c);
}

static void on_packet(unsigned char *context, const struct pcap_pkthdr *head,
		      const unsigned char *bytes)
{
	struct capture *c = (struct capture *)(void *)context;
	struct slice frame = slice_of(bytes, head->caplen);
	size_t kept = keep_bytes(&c->keep, frame);
	if (c->payload)
		kept = frame.size;
	/* with nanosecond precision tv_usec holds nanoseconds */
	int64_t wall_ns = (int64_t)head->ts.tv_sec * CLOCK_SECOND + head->ts.tv_usec;
	pcapng_write_packet(&c->pieces.writer, wall_ns, slice_part(frame, 0, kept), head->len);
}

static struct capture_report report_of(struct capture *c)
{
	struct capture_report r = {.queries = c->keep.queries};
	struct pcap_stat stat;
	pieces_report(&c->pieces, &r);
	if (pcap_stats(c->pcap, &stat) == 0) {
		/* on Linux the kernel's drops are within ps_recv */
		r.received = stat.ps_recv;
		r.dropped = (uint64_t)stat.ps_drop + stat.ps_ifdrop;
	}
	return r;
}

static bool take_packets(struct capture *c, struct capture_report *r)
{
	if (pcap_dispatch(c->pcap, BATCH, on_packet, (unsigned char *)c) >= 0)
		return true;
	snprintf(r->failure, sizeof r->failure, "cannot capture: %s", pcap_geterr(c->pcap));
	return false;
}

/* The end, to the packet: nothing goes into the ring any more and all that is in it
 * comes out, so that what the kernel counted is in the file or among the dropped. */
static void empty_ring(struct capture *c, struct capture_report *r)
{
	struct error err = {0};
	if (packet_filter_none(pcap_fileno(c->pcap), &err)) {
		snprintf(r->failure, sizeof r->failure, "%s", err.text);
		return;
	}
	int64_t until = clock_mono() + EMPTY_MS * CLOCK_MILLISECOND;
	uint64_t before;
	do {
		usleep(5000);
		before = c->pieces.writer.packets;
	} while (take_packets(c, r) && (c->pieces.writer.packets > before || clock_mono() < until));
}

_Noreturn void capture_run(struct capture *c, const struct invoker *who, int channel, int file,
			   const struct capture_limits *limits)
{
	struct error err = {0};
	struct capture_report report = {0};
	struct packet_source source = {c, &c->pieces, take_packets, report_of, STOP_MS};
	prctl(PR_SET_NAME, "airgap-packets");
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	pieces_start(&c->pieces, file, limits, LINKTYPE_LINUX_SLL2, c->snaplen, "any");
	if (privilege_drop(who, 0, &err)) {
		snprintf(report.failure, sizeof report.failure, "%s", err.text);
		channel_send(channel, &report, sizeof report, false);
		_exit(1);
	}
	if (packet_loop(&source, channel, &report))
		empty_ring(c, &report);
	struct capture_report last = packet_loop_last(&source, &report);
	channel_send(channel, &last, sizeof last, false);
	_exit(last.failure[0] ? 1 : 0);
}

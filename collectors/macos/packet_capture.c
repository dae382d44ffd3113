/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKTAP: every packet of every interface, the loopback too, with the process in front of
 * it. Apple's libpcap alone knows it; it is looked up by name, for its headers are in
 * Apple's SDK, and these are the declarations of pcap(3PCAP) in our words.
 */
#include "collectors/posix/packet_capture.h"

#include "collectors/macos/rights.h"
#include "collectors/packet_keep.h"
#include "collectors/posix/channel.h"
#include "collectors/posix/packet_loop.h"
#include "core/clock.h"
#include "core/macos/symbols.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/time.h>
#include <unistd.h>

#define LIBRARY "/usr/lib/libpcap.A.dylib"
#define DEVICE "pktap,all"

enum {
	LINKTYPE_PKTAP = 258, /* in files */
	DLT_PKTAP = 149,      /* as macOS calls it while it captures (DLT_USER2) */
	HEADER_ROOM = 256,    /* of PKTAP itself, beside what is kept of the packet */
	PERM_DENIED = -8,     /* PCAP_ERROR_PERM_DENIED */
	TEXT_SIZE = 256,      /* PCAP_ERRBUF_SIZE */
	KERNEL_BUFFER = 4 << 20, /* macOS cuts it down to what it allows */
	BLOCK_TIMEOUT_MS = 50,
	STOP_MS = 3 * BLOCK_TIMEOUT_MS, /* packets of before the stop still come */
	BATCH = 100000,
};

const char capture_needs[] = "root";
const char capture_remedy_parts[] = "needs the libpcap of macOS 11 or later";

void capture_remedy_rights(char *ret, size_t capacity)
{
	snprintf(ret, capacity, "run with sudo");
}

/* struct pcap_pkthdr as it begins, struct pcap_stat. */
struct packet_head {
	struct timeval time;
	uint32_t captured, size;
};

struct packet_counts {
	unsigned received, dropped, dropped_by_interface;
};

typedef void packet_taker(unsigned char *context, const struct packet_head *head,
			  const unsigned char *bytes);

static struct {
	void *(*create)(const char *device, char *text);
	int (*set_snaplen)(void *handle, int size);
	int (*set_timeout)(void *handle, int milliseconds);
	int (*set_buffer_size)(void *handle, int size);
	int (*set_want_pktap)(void *handle, int on);
	int (*activate)(void *handle);
	int (*datalink)(void *handle);
	int (*setnonblock)(void *handle, int on, char *text);
	int (*dispatch)(void *handle, int max, packet_taker *taker, unsigned char *context);
	int (*stats)(void *handle, struct packet_counts *ret);
	int (*fileno)(void *handle);
	char *(*geterr)(void *handle);
	void (*close)(void *handle);
} pcap;

static const struct symbol symbols[] = {
	{"pcap_create", &pcap.create},
	{"pcap_set_snaplen", &pcap.set_snaplen},
	{"pcap_set_timeout", &pcap.set_timeout},
	{"pcap_set_buffer_size", &pcap.set_buffer_size},
	{"pcap_set_want_pktap", &pcap.set_want_pktap},
	{"pcap_activate", &pcap.activate},
	{"pcap_datalink", &pcap.datalink},
	{"pcap_setnonblock", &pcap.setnonblock},
	{"pcap_dispatch", &pcap.dispatch},
	{"pcap_stats", &pcap.stats},
	{"pcap_fileno", &pcap.fileno},
	{"pcap_geterr", &pcap.geterr},
	{"pcap_close", &pcap.close},
	{NULL, NULL},
};

struct capture {
	void *handle;
	unsigned snaplen;
	struct keep keep;
	bool payload;
	struct pieces pieces;
};

static enum status set_up(struct capture *c, struct error *err)
{
	char text[TEXT_SIZE] = "";
	pcap.set_snaplen(c->handle, (int)c->snaplen);
	pcap.set_timeout(c->handle, BLOCK_TIMEOUT_MS);
	pcap.set_buffer_size(c->handle, KERNEL_BUFFER);
	pcap.set_want_pktap(c->handle, 1);
	int code = pcap.activate(c->handle);
	if (code == PERM_DENIED)
		return fail(err, ERR_PERMISSION, "no permission to capture packets");
	if (code < 0)
		return fail(err, ERR_UNAVAILABLE, "cannot capture: %s", pcap.geterr(c->handle));
	int link = pcap.datalink(c->handle);
	if (link != DLT_PKTAP && link != LINKTYPE_PKTAP)
		return fail(err, ERR_UNAVAILABLE, "macOS captures, but without PKTAP headers (link type %d)",
			    link);
	if (pcap.setnonblock(c->handle, 1, text) != 0)
		return fail(err, ERR_UNAVAILABLE, "cannot capture: %s", text);
	return OK;
}

enum status capture_open(bool payload, struct capture **ret, struct error *err)
{
	char text[TEXT_SIZE] = "";
	/* asked before libpcap is: it would make an interface first */
	if (geteuid() != 0)
		return fail(err, ERR_PERMISSION, "no permission to capture packets");
	enum status status = symbols_load(LIBRARY, symbols, err);
	if (status)
		return status;
	struct capture *c = must_alloc(1, sizeof *c);
	c->payload = payload;
	c->snaplen = payload ? CAPTURE_SNAPLEN_PAYLOAD : CAPTURE_SNAPLEN + HEADER_ROOM;
	c->handle = pcap.create(DEVICE, text);
	status = c->handle ? set_up(c, err) : fail(err, ERR_UNAVAILABLE, "cannot capture: %s", text);
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
	if (c->handle)
		pcap.close(c->handle);
	free(c);
}

/* To close the handle would destroy the interface that the other process reads from; what
 * libpcap holds in memory stays until this process ends. */
void capture_leave(struct capture *c)
{
	close(pcap.fileno(c->handle));
	free(c);
}

static void on_packet(unsigned char *context, const struct packet_head *head,
		      const unsigned char *bytes)
{
	struct capture *c = (struct capture *)(void *)context;
	struct slice frame = slice_of(bytes, head->captured);
	size_t kept = keep_pktap(&c->keep, frame);
	if (c->payload)
		kept = frame.size;
	int64_t wall_ns = (int64_t)head->time.tv_sec * CLOCK_SECOND + head->time.tv_usec * 1000;
	pcapng_write_packet(&c->pieces.writer, wall_ns, slice_part(frame, 0, kept), head->size);
}

static struct capture_report report_of(struct capture *c)
{
	struct capture_report r = {.queries = c->keep.queries};
	struct packet_counts counts = {0};
	pieces_report(&c->pieces, &r);
	if (pcap.stats(c->handle, &counts) == 0) {
		r.received = counts.received;
		r.dropped = (uint64_t)counts.dropped + counts.dropped_by_interface;
	}
	return r;
}

static bool take_packets(struct capture *c, struct capture_report *r)
{
	if (pcap.dispatch(c->handle, BATCH, on_packet, (unsigned char *)c) >= 0)
		return true;
	snprintf(r->failure, sizeof r->failure, "cannot capture: %s", pcap.geterr(c->handle));
	return false;
}

/* Only as root can the interface be destroyed that libpcap made for the capture. */
static void close_handle(struct capture *c)
{
	rights_raise();
	pcap.close(c->handle);
	c->handle = NULL;
}

_Noreturn void capture_run(struct capture *c, const struct invoker *who, int channel, int file,
			   const struct capture_limits *limits)
{
	struct error err = {0};
	struct capture_report report = {0};
	struct packet_source source = {c, &c->pieces, take_packets, report_of, STOP_MS};
	signal(SIGINT, SIG_IGN);
	signal(SIGTERM, SIG_IGN);
	pieces_start(&c->pieces, file, limits, LINKTYPE_PKTAP, c->snaplen, DEVICE);
	if (rights_lower(who, &err)) {
		snprintf(report.failure, sizeof report.failure, "%s", err.text);
		channel_send(channel, &report, sizeof report, false);
		close_handle(c);
		_exit(1);
	}
	packet_loop(&source, channel, &report);
	struct capture_report last = packet_loop_last(&source, &report);
	close_handle(c);
	channel_send(channel, &last, sizeof last, false);
	_exit(last.failure[0] ? 1 : 0);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Nights of a few seconds: both programs with the wall clock moved by AIRGAP_NIGHT_OFFSET
 * seconds, by the linker (--wrap). What the kernel stamps with the wall clock, the packets, is
 * moved along; monotonic times are as they are.
 */
#include <pcap/pcap.h>
#include <stdlib.h>
#include <time.h>

static long offset(void)
{
	const char *text = getenv("AIRGAP_NIGHT_OFFSET");
	return text ? strtol(text, NULL, 10) : 0;
}

int __real_clock_gettime(clockid_t id, struct timespec *ret);
int __wrap_clock_gettime(clockid_t id, struct timespec *ret);
int __wrap_clock_gettime(clockid_t id, struct timespec *ret)
{
	int status = __real_clock_gettime(id, ret);
	if (status == 0 && id == CLOCK_REALTIME)
		ret->tv_sec += offset();
	return status;
}

/* Who the packets are for, while they are handed out. */
struct receiver {
	pcap_handler handler;
	unsigned char *context;
};

static void on_packet(unsigned char *context, const struct pcap_pkthdr *head, const unsigned char *bytes)
{
	const struct receiver *to = (const struct receiver *)(const void *)context;
	struct pcap_pkthdr moved = *head;
	moved.ts.tv_sec += offset();
	to->handler(to->context, &moved, bytes);
}

int __real_pcap_dispatch(pcap_t *p, int count, pcap_handler handler, unsigned char *context);
int __wrap_pcap_dispatch(pcap_t *p, int count, pcap_handler handler, unsigned char *context);
int __wrap_pcap_dispatch(pcap_t *p, int count, pcap_handler handler, unsigned char *context)
{
	struct receiver to = {handler, context};
	return __real_pcap_dispatch(p, count, on_packet, (unsigned char *)&to);
}

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_CAPTURE_PCAPNG_TIME_H
#define INGEST_CAPTURE_PCAPNG_TIME_H

#include <stdint.h>

/* How an interface counts time (draft-ietf-opsawg-pcapng, section 4.2). */
struct pcapng_time {
	uint8_t resolution; /* upper bit 0: 10^-n seconds; 1: 2^-n in the other bits */
	int64_t offset_s;
};

struct pcapng_time pcapng_time_default(void); /* microseconds */

/* Nanoseconds since 1970; what is beyond an int64_t becomes its end. */
int64_t pcapng_time_ns(const struct pcapng_time *t, uint64_t units);

#endif

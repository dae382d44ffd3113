/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Times of pcapng (draft-ietf-opsawg-pcapng, section 4.2): a count of units since 1970,
 * in two halves of 32 bits. if_tsresol: bit 7 says whether the other seven are a power
 * of 2 (1) or of 10 (0) that a second is divided by; if_tsoffset: seconds to add.
 */
#include "ingest/capture/pcapng_time.h"

#include "core/clock.h"

enum { MICROSECONDS = 6, NANOSECONDS = 9, DIGITS_MAX = 19, BITS_MAX = 63 };

struct pcapng_time pcapng_time_default(void)
{
	return (struct pcapng_time){.resolution = MICROSECONDS};
}

/* Wide enough for any number of units in any resolution. */
__extension__ typedef __int128 wide;

static wide power_of_ten(unsigned n)
{
	wide power = 1;
	while (n-- > 0)
		power *= 10;
	return power;
}

int64_t pcapng_time_ns(const struct pcapng_time *t, uint64_t units)
{
	unsigned n = t->resolution & 0x7f;
	wide ns = (wide)units;
	if (t->resolution & 0x80)
		ns = n <= BITS_MAX ? ns * CLOCK_SECOND / ((wide)1 << n) : 0;
	else if (n <= NANOSECONDS)
		ns *= power_of_ten(NANOSECONDS - n);
	else
		ns = n - NANOSECONDS <= DIGITS_MAX ? ns / power_of_ten(n - NANOSECONDS) : 0;
	ns += (wide)t->offset_s * CLOCK_SECOND;
	return ns > INT64_MAX ? INT64_MAX : ns < INT64_MIN ? INT64_MIN : (int64_t)ns;
}

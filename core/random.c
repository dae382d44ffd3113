/* SPDX-License-Identifier: Apache-2.0 */
#include "core/random.h"

#include "core/error.h"

#include <errno.h>
#include <sys/random.h>

void random_bytes(void *ret, size_t size)
{
	unsigned char *to = ret;
	for (size_t done = 0; done < size;) {
		ssize_t got = getrandom(to + done, size - done, 0);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			die("no random numbers: the system refuses");
		done += (size_t)got;
	}
}

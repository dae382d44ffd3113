/* SPDX-License-Identifier: Apache-2.0 */
#include "core/random.h"

#include "core/error.h"

#include <sys/random.h>

void random_bytes(void *ret, size_t size)
{
	/* up to 256 bytes come whole and uninterrupted: getrandom(2) */
	if (size > 256 || getrandom(ret, size, 0) != (ssize_t)size)
		die("the system gives no random numbers");
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "core/random.h"

#include "core/error.h"

#include <windows.h>

#include <bcrypt.h>

void random_bytes(void *ret, size_t size)
{
	if (size > ULONG_MAX ||
	    BCryptGenRandom(NULL, ret, (ULONG)size, BCRYPT_USE_SYSTEM_PREFERRED_RNG) < 0)
		die("no random numbers: Windows refuses");
}

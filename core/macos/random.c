/* SPDX-License-Identifier: Apache-2.0 */
#include "core/random.h"

#include <stdlib.h>

void random_bytes(void *ret, size_t size)
{
	arc4random_buf(ret, size); /* seeds itself from the kernel, anew after a fork */
}

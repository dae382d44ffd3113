/* SPDX-License-Identifier: Apache-2.0 */
#include <stdint.h>
#include <string.h>

/* Takes time by the product of both sizes at worst: what is searched for here is a
 * constant of a few bytes. */
void *memmem(const void *haystack, size_t size, const void *needle, size_t needle_size)
{
	const unsigned char *at = haystack, *first = needle;
	if (needle_size == 0)
		return (void *)(uintptr_t)at;
	while (size >= needle_size) {
		const unsigned char *found = memchr(at, *first, size - needle_size + 1);
		if (!found)
			return NULL;
		if (memcmp(found, needle, needle_size) == 0)
			return (void *)(uintptr_t)found;
		size -= (size_t)(found - at) + 1;
		at = found + 1;
	}
	return NULL;
}

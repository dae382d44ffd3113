/* SPDX-License-Identifier: Apache-2.0 */
#include "core/windows/wide.h"

#include <windows.h>

bool wide_from(const char *utf8, wchar_t *ret, size_t capacity)
{
	if (capacity > WIDE_MAX)
		capacity = WIDE_MAX;
	if (MultiByteToWideChar(CP_UTF8, MB_ERR_INVALID_CHARS, utf8, -1, ret, (int)capacity) > 0)
		return true;
	ret[0] = 0;
	return false;
}

/* One code point, and how many units it took. */
static size_t code_of(const wchar_t *wide, size_t units, uint32_t *ret)
{
	uint32_t first = wide[0];
	*ret = first;
	if (first < 0xd800 || first > 0xdfff)
		return 1;
	if (first < 0xdc00 && units > 1 && wide[1] >= 0xdc00 && wide[1] <= 0xdfff) {
		*ret = 0x10000 + ((first - 0xd800) << 10) + (wide[1] - 0xdc00U);
		return 2;
	}
	*ret = 0xfffd;
	return 1;
}

void wide_add(struct text *t, const wchar_t *wide, size_t units)
{
	for (size_t at = 0; at < units;) {
		unsigned char bytes[4];
		uint32_t code;
		at += code_of(wide + at, units - at, &code);
		text_add(t, slice_of(bytes, text_put_utf8(code, bytes)));
	}
}

void wide_string(const wchar_t *wide, char *ret, size_t capacity)
{
	AUTO_TEXT struct text t = text_make(4 * WIDE_MAX);
	wide_add(&t, wide, wcsnlen(wide, WIDE_MAX));
	slice_to_string(text_slice(&t), ret, capacity);
}

#include "cut.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct unit {
	char bytes[4];
	size_t length; /* of bytes */
	size_t taken;  /* of the text */
	unsigned width;
};

static unsigned width_of(uint32_t c)
{
	static const uint32_t wide[][2] = {
		{ 0x1100, 0x115f }, { 0x2e80, 0xa4cf }, { 0xac00, 0xd7a3 }, { 0xf900, 0xfaff },
		{ 0xfe30, 0xfe6f }, { 0xff00, 0xff60 }, { 0x1f300, 0x1faff },
	};

	if (c >= 0x300 && c <= 0x36f)
		return 0;
	for (size_t i = 0; i < sizeof wide / sizeof *wide; i++)
		if (c >= wide[i][0] && c <= wide[i][1])
			return 2;
	return 1;
}

/* Bytes of the well-formed character at the beginning, or 0. */
static size_t decode(const unsigned char *s, size_t n, uint32_t *ret)
{
	static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
	size_t length = s[0] < 0x80 ? 1 : s[0] < 0xc0 ? 0 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : s[0] < 0xf8 ? 4 : 0;
	uint32_t c;

	if (!length || length > n)
		return 0;
	c = length == 1 ? s[0] : s[0] & (0x7fu >> length);
	for (size_t i = 1; i < length; i++) {
		if ((s[i] & 0xc0) != 0x80)
			return 0;
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least[length] || (c >= 0xd800 && c <= 0xdfff) || c > 0x10ffff)
		return 0;
	*ret = c;
	return length;
}

static struct unit next(const char *text, size_t n)
{
	struct unit u = { .width = 1 };
	uint32_t c;

	u.taken = decode((const unsigned char *)text, n, &c);
	if (!u.taken) {
		u.taken = 1;
		u.length = 3;
		memcpy(u.bytes, "\xef\xbf\xbd", 3);
	} else if (c < 0x20 || (c >= 0x7f && c <= 0x9f)) {
		u.length = 1;
		u.bytes[0] = '?';
	} else {
		u.length = u.taken;
		memcpy(u.bytes, text, u.length);
		u.width = width_of(c);
	}
	return u;
}

size_t utf8_cut(char *buf, size_t size, unsigned width, const char *text, size_t n, unsigned *ret_width)
{
	size_t at = 0, written = 0;
	unsigned used = 0;

	while (at < n && used < width) {
		struct unit u = next(text + at, n - at);

		if (written + u.length + 1 > size || u.width > width - used)
			break;
		memcpy(buf + written, u.bytes, u.length);
		written += u.length;
		used += u.width;
		at += u.taken;
	}
	if (size)
		buf[written] = '\0';
	*ret_width = used;
	return at;
}

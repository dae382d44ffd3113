#include "hexline.h"

#include <string.h>

struct line {
	char text[80];
	size_t length;
};

static void add(struct line *l, char c)
{
	l->text[l->length++] = c;
}

static void add_hex(struct line *l, uint32_t value, int digits)
{
	while (digits-- > 0)
		add(l, "0123456789abcdef"[value >> 4 * digits & 15]);
}

size_t hex_line(char *buf, size_t size, uint32_t offset, const uint8_t *data, size_t n)
{
	struct line l = { .length = 0 };

	if (n > 16)
		n = 16;
	add_hex(&l, offset, 8);
	for (size_t i = 0; i < 16; i++) {
		add(&l, ' ');
		if (i % 8 == 0)
			add(&l, ' ');
		if (i < n) {
			add_hex(&l, data[i], 2);
		} else {
			add(&l, ' ');
			add(&l, ' ');
		}
	}
	add(&l, ' ');
	add(&l, ' ');
	add(&l, '|');
	for (size_t i = 0; i < n; i++)
		add(&l, data[i] >= 0x20 && data[i] <= 0x7e ? (char)data[i] : '.');
	add(&l, '|');
	if (size) {
		size_t kept = l.length < size ? l.length : size - 1;

		memcpy(buf, l.text, kept);
		buf[kept] = '\0';
	}
	return l.length;
}

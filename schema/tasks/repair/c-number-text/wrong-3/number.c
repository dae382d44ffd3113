#include "number.h"

#include <string.h>

/* The digits of `value`, at least `least` of them, with `mark` in front of each third one
 * from the right (0: none). */
static size_t digits(char buf[NUMBER_TEXT], uint64_t value, unsigned base, unsigned least, char mark)
{
	char reversed[NUMBER_TEXT];
	size_t n = 0;

	for (unsigned count = 0; value || count < least; count++) {
		if (mark && count && count % 3 == 0)
			reversed[n++] = mark;
		reversed[n++] = "0123456789abcdefghijklmnopqrstuvwxyz"[value % base];
		value /= base;
	}
	for (size_t i = 0; i < n; i++)
		buf[i] = reversed[n - 1 - i];
	buf[n] = '\0';
	return n;
}

static uint64_t magnitude(int64_t value)
{
	return value < 0 ? -(uint64_t)value : (uint64_t)value;
}

size_t number_text(char buf[NUMBER_TEXT], int64_t value, int base)
{
	size_t sign = value < 0;

	buf[0] = '-';
	return sign + digits(buf + sign, magnitude(value), (unsigned)base, 1, 0);
}

size_t number_grouped(char buf[NUMBER_TEXT], int64_t value)
{
	size_t sign = value < 0;

	buf[0] = '-';
	char plain[NUMBER_TEXT];
	size_t length = number_text(plain, value, 10), n = 0;

	(void)sign;
	for (size_t i = 0; i < length; i++) {
		if (i > 0 && (length - i) % 3 == 0)
			buf[n++] = '\'';
		buf[n++] = plain[i];
	}
	buf[n] = '\0';
	return n;
}

size_t number_hundredths(char buf[NUMBER_TEXT], int64_t hundredths)
{
	size_t sign = hundredths < 0, n;

	buf[0] = '-';
	n = sign + digits(buf + sign, magnitude(hundredths), 10, 3, 0);
	memmove(buf + n - 1, buf + n - 2, 3);
	buf[n - 2] = '.';
	return n + 1;
}

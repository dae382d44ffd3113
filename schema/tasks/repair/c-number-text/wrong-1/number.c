#include "number.h"

#include <string.h>

/* Digits from the right, into the end of `end`; returns where they begin. */
static char *digits(char *end, int64_t value, int base)
{
	*end = '\0';
	while (value > 0) {
		*--end = "0123456789abcdefghijklmnopqrstuvwxyz"[value % base];
		value /= base;
	}
	return end;
}

size_t number_text(char buf[NUMBER_TEXT], int64_t value, int base)
{
	char text[NUMBER_TEXT];
	char *start = digits(text + NUMBER_TEXT - 1, value < 0 ? -value : value, base);

	if (value < 0)
		*--start = '-';
	strcpy(buf, start);
	return strlen(buf);
}

size_t number_grouped(char buf[NUMBER_TEXT], int64_t value)
{
	char plain[NUMBER_TEXT];
	size_t length = number_text(plain, value, 10), n = 0;

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
	size_t n = number_text(buf, hundredths / 100, 10);
	int64_t rest = hundredths % 100;

	buf[n++] = '.';
	buf[n++] = (char)('0' + rest / 10);
	buf[n++] = (char)('0' + rest % 10);
	buf[n] = '\0';
	return n;
}

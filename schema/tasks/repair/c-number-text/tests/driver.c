#define _POSIX_C_SOURCE 200809L
#include "number.h"

#include <stdio.h>
#include <string.h>

static FILE *out;
static char area[NUMBER_TEXT + 8];

static void show(size_t length)
{
	size_t guards = 0;

	for (size_t i = 0; i < 8; i++)
		guards += area[i < 4 ? i : NUMBER_TEXT + i] == '#';
	area[NUMBER_TEXT + 4] = '\0';
	fprintf(out, "%s %zu %zu\n", area + 4, length, guards);
	memset(area, '#', sizeof area);
}

int main(void)
{
	static const int64_t values[] = {
		0, 1, -1, 9, 10, 99, -99, 100, -100, 999, 1000, -999, -1000, 12345, -123456, 1234567, 100000000, -100000000,
		INT64_MAX, INT64_MIN, INT64_MIN + 1, 5, -5, 50, -50, 105, -105, 100000, -100000,
	};
	static const int bases[] = { 2, 3, 8, 16, 36 };

	out = fdopen(3, "w");
	if (!out)
		return 1;
	memset(area, '#', sizeof area);
	for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
		show(number_text(area + 4, values[i], 10));
		show(number_grouped(area + 4, values[i]));
		show(number_hundredths(area + 4, values[i]));
	}
	for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
		show(number_text(area + 4, 0, bases[i]));
		show(number_text(area + 4, -35, bases[i]));
		show(number_text(area + 4, INT64_MAX, bases[i]));
		show(number_text(area + 4, INT64_MIN, bases[i]));
	}
	return fclose(out) != 0;
}

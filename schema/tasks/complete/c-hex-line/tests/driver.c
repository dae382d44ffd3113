#define _POSIX_C_SOURCE 200809L
#include "hexline.h"

#include <stdio.h>
#include <string.h>

static const uint8_t bytes[] = "Hi, \"there\x7f\x80\xff\x1f ~{|}";

static void show(FILE *out, size_t size, uint32_t offset, const uint8_t *data, size_t n)
{
	char area[160];
	size_t length;

	memset(area, '#', sizeof area);
	length = hex_line(size ? area + 8 : NULL, size, offset, data, n);
	fprintf(out, "%zu ", length);
	for (size_t i = 0; i < 104; i++)
		fprintf(out, "%c", area[i] ? area[i] : '$');
	fprintf(out, "\n");
}

int main(void)
{
	FILE *out = fdopen(3, "w");

	if (!out)
		return 1;
	show(out, 140, 0x1f0, bytes, 10);
	show(out, 140, 0, bytes, 16);
	show(out, 140, 0xffffffff, bytes + 4, 16);
	show(out, 140, 16, bytes, 17);
	show(out, 140, 16, bytes, 1000);
	show(out, 140, 0xDEADBEEF, NULL, 0);
	show(out, 140, 32, bytes, 1);
	show(out, 140, 32, bytes, 7);
	show(out, 140, 32, bytes, 8);
	show(out, 140, 32, bytes, 9);
	show(out, 140, 32, bytes + 10, 4);
	show(out, 0, 1, bytes, 16);
	show(out, 1, 1, bytes, 16);
	show(out, 2, 1, bytes, 16);
	show(out, 12, 1, bytes, 16);
	show(out, 70, 1, bytes, 10);
	show(out, 78, 1, bytes, 16);
	show(out, 79, 1, bytes, 16);
	show(out, 60, 1, bytes, 3);
	return fclose(out) != 0;
}

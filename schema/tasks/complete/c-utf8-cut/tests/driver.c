#define _POSIX_C_SOURCE 200809L
#include "cut.h"

#include <stdio.h>
#include <string.h>

static FILE *out;

static void cut(size_t size, unsigned width, const char *text, size_t n)
{
	char area[64];
	unsigned wide = 99;
	size_t taken;

	memset(area, '#', sizeof area);
	taken = utf8_cut(area + 1, size, width, text, n, &wide);
	fprintf(out, "%zu of %zu, %u of %u:", taken, n, wide, width);
	for (size_t i = 0; i < 40; i++) {
		if (area[i] >= 0x20 && area[i] < 0x7f)
			fprintf(out, "%c", area[i]);
		else
			fprintf(out, "<%02x>", (unsigned char)area[i]);
	}
	fprintf(out, "\n");
}

#define CUT(size, width, text) cut(size, width, text, sizeof text - 1)

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	CUT(30, 20, "plain");
	CUT(6, 20, "plain");
	CUT(5, 20, "plain");
	CUT(30, 3, "plain");
	CUT(30, 5, "plain");
	CUT(1, 20, "plain");
	CUT(0, 20, "plain");
	CUT(30, 0, "plain");
	CUT(30, 0, "");
	CUT(30, 9, "gr\xc3\xbc\xc3\x9f");
	CUT(6, 9, "gr\xc3\xbc\xc3\x9f");
	CUT(4, 9, "gr\xc3\xbc\xc3\x9f");
	CUT(30, 3, "gr\xc3\xbc\xc3\x9f");
	cut(30, 9, "gr\xc3\xbc\xc3\x9f", 3);
	cut(30, 9, "gr\xc3\xbc\xc3\x9f", 5);
	CUT(30, 4, "a\xe4\xb8\xad\xe6\x96\x87");
	CUT(30, 3, "a\xe4\xb8\xad\xe6\x96\x87");
	CUT(30, 1, "e\xcc\x81\xcc\x80x");
	CUT(4, 1, "e\xcc\x81\xcc\x80x");
	CUT(30, 0, "\xcc\x81\xcd\xaf\xcd\xb0");
	CUT(30, 9, "\xf0\x9f\x8c\x80\xf0\x9f\xab\xbf\xf0\x9f\xac\x80");
	CUT(30, 3, "\xf0\x9f\x8c\x80\xf0\x9f\xab\xbf\xf0\x9f\xac\x80");
	CUT(30, 20, "a\0b\tc\x1b\x7f\xc2\x85\xc2\xa0");
	CUT(30, 20, "\xc0\x80|\xe0\x9f\xbf|\xf0\x8f\xbf\xbf");
	CUT(40, 20, "\xed\xa0\x80|\xed\x9f\xbf|\xee\x80\x80");
	CUT(40, 20, "\xf4\x8f\xbf\xbf|\xf4\x90\x80\x80|");
	CUT(40, 20, "\xf5\x80\xff|\xfe");
	CUT(40, 20, "\x80|\xc3|\xe4\xb8|\xe4\xb8");
	CUT(40, 20, "\xe4\xb8\xc3\xbc|\xf0\x9f\x8c");
	CUT(7, 20, "a\xff\xff");
	CUT(8, 20, "a\xff\xff");
	CUT(30, 2, "a\xff\xff");
	CUT(40, 30, "\xe1\x84\x80\xe1\x85\x9f\xe1\x85\xa0\xe2\xba\x80\xea\x93\x8f\xea\x93\x90");
	CUT(40, 30, "\xea\xb0\x80\xed\x9e\xa3\xed\x9e\xa4\xef\xa4\x80\xef\xb8\xb0\xef\xbd\xa0\xef\xbd\xa1");
	return fclose(out) != 0;
}

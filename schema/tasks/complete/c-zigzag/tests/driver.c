#define _POSIX_C_SOURCE 200809L
#include "zigzag.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static FILE *out;

static void put(size_t size, int64_t value)
{
	uint8_t area[16];
	size_t n;
	int64_t back = 4711;

	memset(area, 0xee, sizeof area);
	n = zigzag_put(area + 2, size, value);
	fprintf(out, "%" PRId64 " in %zu: %zu ", value, size, n);
	for (size_t i = 0; i < sizeof area; i++)
		fprintf(out, "%02x", area[i]);
	if (n) {
		int taken = zigzag_get(area + 2, n, &back);

		fprintf(out, " %d %" PRId64, taken, back);
	}
	fprintf(out, "\n");
}

static void get(const char *bytes, size_t n)
{
	int64_t value = 4711;
	int taken = zigzag_get((const uint8_t *)bytes, n, &value);

	fprintf(out, "get");
	for (size_t i = 0; i < n; i++)
		fprintf(out, " %02x", (unsigned char)bytes[i]);
	fprintf(out, ": %d %" PRId64 "\n", taken, value);
}

int main(void)
{
	static const int64_t values[] = {
		0, -1, 1, -2, 2, 63, -64, 64, -65, 8191, -8192, 8192, -8193, 1000000, -1000000, INT32_MAX, INT32_MIN,
		INT64_MAX, INT64_MIN, INT64_MIN + 1, INT64_C(1) << 61, INT64_C(1) << 62, -(INT64_C(1) << 62),
		-(INT64_C(1) << 62) - 1,
	};

	out = fdopen(3, "w");
	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		put(12, values[i]);
	put(0, 0);
	put(1, 63);
	put(1, 64);
	put(2, 64);
	put(9, INT64_MAX);
	put(10, INT64_MAX);
	put(9, (INT64_C(1) << 62) - 1);
	get("", 0);
	get("\x01", 1);
	get("\x01\x02", 2);
	get("\x81", 1);
	get("\x81\x00", 2);
	get("\x80", 1);
	get("\x80\x01", 2);
	get("\x80\x80\x01", 3);
	get("\x81\x80\x01", 3);
	get("\x81\x80\x01", 2);
	get("\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 9);
	get("\xff\xff\xff\xff\xff\xff\xff\xff\xff", 9);
	get("\xff\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 10);
	get("\x81\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 10);
	get("\x81\xff\xff\xff\xff\xff\xff\xff\xff\x7e", 10);
	get("\x81\xff\xff\xff\xff\xff\xff\xff\xff", 9);
	get("\x82\x80\x80\x80\x80\x80\x80\x80\x80\x00", 10);
	get("\x82\x80\x80\x80\x80\x80\x80\x80\x80", 9);
	get("\x82\x80\x80\x80\x80\x80\x80\x80", 8);
	get("\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80\x00", 11);
	get("\x81\x80\x80\x80\x80\x80\x80\x80\x80\x80", 10);
	get("\x81\x80\x80\x80\x80\x80\x80\x80\x80\x00\x00", 11);
	return fclose(out) != 0;
}

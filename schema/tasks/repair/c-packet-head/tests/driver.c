#define _POSIX_C_SOURCE 200809L
#include "packet.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static FILE *out;
static uint8_t area[80];

static void hex(const uint8_t *bytes, size_t n)
{
	for (size_t i = 0; i < n; i++)
		fprintf(out, "%02x", bytes[i]);
}

static void read_at(const uint8_t *bytes, size_t n)
{
	struct packet p = { 77, 78, 79, NULL, 80 };
	bool good = packet_read(bytes, n, &p);

	fprintf(out, "read %zu: %d %u %016" PRIx64 " %d %zu %td ", n, good, p.flags, p.sequence, p.temperature, p.length,
		p.data ? p.data - bytes : -1);
	if (p.data && p.length < 60)
		hex(p.data, p.length);
	fprintf(out, "\n");
}

/* Returns what was written, which begins at an odd address. */
static uint8_t *write_to(size_t size, unsigned flags, uint64_t sequence, int temperature, const char *data, size_t length)
{
	struct packet p = { flags, sequence, temperature, (const uint8_t *)data, length };
	size_t n;

	memset(area, 0xee, sizeof area);
	n = packet_write(area + 5, size, &p);
	fprintf(out, "write %zu in %zu: %zu ", length, size, n);
	hex(area + 4, 44);
	fprintf(out, "\n");
	return area + 5;
}

int main(void)
{
	static uint8_t large[300000 + PACKET_HEAD];
	struct packet p;
	uint8_t *bytes;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	bytes = write_to(60, 5, 0x0102030405060708, -200, "abc", 3);
	read_at(bytes, 19);
	read_at(bytes, 18);
	read_at(bytes, 16);
	read_at(bytes, 15);
	read_at(bytes, 0);
	read_at(bytes, 40);
	bytes[19] = 0;
	read_at(bytes, 20);
	bytes[18] = 'd';
	read_at(bytes, 19);
	bytes = write_to(60, 0, 0, 0, NULL, 0);
	read_at(bytes, 16);
	bytes[0] = 0x30;
	bytes[14] -= 0x10;
	read_at(bytes, 16);
	bytes = write_to(60, 15, UINT64_MAX, -1, "\xff\xff\xff\xff", 4);
	read_at(bytes, 20);
	bytes = write_to(60, 8, 0x8000000000000001, 32767, "\xff", 1);
	read_at(bytes, 17);
	bytes = write_to(60, 1, 1, -32768, "xy", 2);
	read_at(bytes, 18);
	bytes[3] = 1;
	read_at(bytes, 18);
	bytes[1] = 0xff;
	read_at(bytes, 18);
	write_to(60, 16, 1, 1, "xy", 2);
	write_to(60, 1, 1, 32768, "xy", 2);
	write_to(60, 1, 1, -32769, "xy", 2);
	write_to(18, 1, 1, 1, "xy", 2);
	write_to(17, 1, 1, 1, "xy", 2);
	write_to(15, 1, 1, 1, "", 0);
	write_to(0, 1, 1, 1, "", 0);
	write_to(SIZE_MAX, 1, 1, 1, "", PACKET_DATA_MAX + 1);
	write_to(60, 1, 1, 1, "", SIZE_MAX - 10);

	/* many carries, and data that is in its place already */
	memset(large, 0xff, sizeof large);
	p = (struct packet){ 3, 99, 12, large + PACKET_HEAD, 300000 };
	fprintf(out, "%zu ", packet_write(large, sizeof large, &p));
	hex(large, 20);
	fprintf(out, "\n");
	read_at(large, sizeof large);
	for (size_t i = 0; i < 70001; i++)
		large[PACKET_HEAD + i] = (uint8_t)(i * i >> 3);
	p.length = 70001;
	fprintf(out, "%zu ", packet_write(large, sizeof large, &p));
	hex(large, 20);
	fprintf(out, "\n");
	read_at(large, sizeof large);
	return fclose(out) != 0;
}

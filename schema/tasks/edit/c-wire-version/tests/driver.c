#define _POSIX_C_SOURCE 200809L
#include "log.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static FILE *out;

static void decode(const char *bytes, size_t n)
{
	struct message m;
	uint8_t area[80];
	char text[120], cut[24];
	int result, length;

	/* behind the bytes there would be one tag after another */
	for (size_t i = 0; i < sizeof area; i++)
		area[i] = (uint8_t)(i % 3 == n % 3 ? 2 : 1);
	memcpy(area, bytes, n);
	memset(&m, 0x55, sizeof m);
	result = (int)wire_decode(area, n, &m);
	fprintf(out, "%zu: %d v%d %" PRIu32 " %" PRId32 " %.11s %d %" PRIu64 " %zu", n, result, m.version, m.device, m.value,
		m.name, result ? -1 : m.has_time, m.time, m.tags_count);
	for (int i = 0; i < WIRE_TAGS; i++)
		fprintf(out, " %d", m.tags[i]);
	length = log_line(area, n, text, sizeof text);
	log_line(area, n, cut, sizeof cut);
	fprintf(out, " [%s] %d [%s]\n", text, length, cut);
}

static void encode(struct message m, size_t size)
{
	uint8_t area[60];
	size_t n = 99;
	int result;

	memset(area, 0xee, sizeof area);
	result = (int)wire_encode(&m, area, size, &n);
	fprintf(out, "%d %zu ", result, n);
	for (size_t i = 0; i < 46; i++)
		fprintf(out, "%02x", area[i]);
	fprintf(out, "\n");
}

#define DECODE(s) decode(s, sizeof s - 1)
#define V2 "\x02\x00\x01\x02\x03\xff\xff\xff\xfe\x02hi"

int main(void)
{
	struct message m = { .version = 2, .device = 0x12345678, .value = -2, .name = "pump" };

	out = fdopen(3, "w");
	if (!out)
		return 1;
	DECODE("\x01\x34\x12\xfe\xff\xff\xff\x04pump");
	DECODE("\x01\x34\x12\x01\x00\x00\x80\x00");
	DECODE("\x01\x34\x12\x01\x00\x00\x00\x02hi\x02\x01\x05");
	DECODE("\x01\x34\x12\x01\x00\x00\x00\x0chi");
	DECODE("\x01\x34\x12\x01\x00\x00\x00\x03hi");
	DECODE("\x01\x34\x12\x01\x00\x00\x00");
	DECODE("");
	DECODE("\x03");
	DECODE("\x00\x00\x00\x00");
	DECODE(V2);
	DECODE("\x02\xff\xff\xff\xff\x80\x00\x00\x00\x00");
	DECODE("\x02\xff\xff\xff\xff\x80\x00\x00\x00");
	DECODE("\x02");
	DECODE("\x02\x00\x00\x00\x01\x00\x00\x00\x01\x0b" "12345678901");
	DECODE("\x02\x00\x00\x00\x01\x00\x00\x00\x01\x0c" "123456789012");
	DECODE("\x02\x00\x00\x00\x01\x00\x00\x00\x01\x03hi");
	DECODE("\x02\x00\x00\x00\x01\x00\x00\x00\x01\x03h\0i");
	DECODE(V2 "\x01\x08\x80\x00\x00\x00\x00\x00\x00\x07");
	DECODE(V2 "\x01\x08\x00\x00\x00\x00\x00\x00\x00\x00");
	DECODE(V2 "\x01\x08\x80\x00\x00\x00\x00\x00\x00");
	DECODE(V2 "\x01\x07\x80\x00\x00\x00\x00\x00\x00");
	DECODE(V2 "\x01\x08\x00\x00\x00\x00\x00\x00\x00\x01\x01\x08\x00\x00\x00\x00\x00\x00\x00\x02");
	DECODE(V2 "\x02\x01\x05");
	DECODE(V2 "\x02\x01\xff\x02\x01\x00\x01\x08\x00\x00\x00\x00\x00\x00\x01\x00\x02\x01\x07");
	DECODE(V2 "\x02\x01\x01\x02\x01\x02\x02\x01\x03\x02\x01\x04");
	DECODE(V2 "\x02\x01\x01\x02\x01\x02\x02\x01\x03\x02\x01\x04\x02\x01\x05");
	DECODE(V2 "\x02\x00");
	DECODE(V2 "\x02\x02\x01\x01");
	DECODE(V2 "\x02\x01");
	DECODE(V2 "\x02");
	DECODE(V2 "\x03\x00\x02\x01\x09");
	DECODE(V2 "\x7f\x03" "abc\x02\x01\x09");
	DECODE(V2 "\x7f\x03" "ab");
	DECODE(V2 "\x00\x00");
	DECODE(V2 "\x80\x00");
	DECODE(V2 "\xff\x02\x01\x01\x02\x01\x09");
	DECODE(V2 "\x02\x01\x09\x90\x01\x01");
	DECODE(V2 "\x02\x02\x09\x09\x90\x01\x01");
	DECODE(V2 "\x90\x01\x01\x02\x02\x09\x09");

	encode(m, 60);
	m.has_time = true;
	m.time = 0x0102030405060708;
	m.tags_count = 2;
	m.tags[0] = 200;
	m.tags[1] = 7;
	encode(m, 60);
	encode(m, 30);
	encode(m, 29);
	m.tags_count = 4;
	encode(m, 36);
	m.tags_count = 5;
	encode(m, 60);
	m.tags_count = 0;
	encode(m, 24);
	encode(m, 23);
	m.has_time = false;
	encode(m, 14);
	m.version = 1;
	encode(m, 60);
	m.device = 0xfffe;
	encode(m, 60);
	encode(m, 12);
	encode(m, 11);
	m.tags_count = 1;
	encode(m, 60);
	m.tags_count = 0;
	m.has_time = true;
	encode(m, 60);
	m.has_time = false;
	m.version = 0;
	encode(m, 60);
	m.version = 3;
	encode(m, 60);
	return fclose(out) != 0;
}

#define _POSIX_C_SOURCE 200809L
#include "frames.h"

#include <stdio.h>
#include <string.h>

static FILE *out;

static void frame(const uint8_t *payload, size_t n, void *context)
{
	fprintf(out, "%s(", (const char *)context);
	for (size_t i = 0; i < n && i < 40; i++)
		fprintf(out, "%02x", payload[i]);
	fprintf(out, ") ");
}

static void error(enum frame_error why, void *context)
{
	fprintf(out, "%sE%d ", (const char *)context, (int)why);
}

static size_t encode(uint8_t area[80], size_t size, const char *payload, size_t n)
{
	memset(area, 0xaa, 80);
	return frame_encode(area + 4, size, (const uint8_t *)payload, n);
}

static void show(size_t size, const char *payload, size_t n)
{
	uint8_t area[80];
	size_t length = encode(area, size, payload, n);

	fprintf(out, "encode %zu in %zu: %zu ", n, size, length);
	for (size_t i = 0; i < 36; i++)
		fprintf(out, "%02x", area[i]);
	fprintf(out, "\n");
}

static uint8_t wire[600];
static size_t wired;

static void raw(const char *bytes, size_t n)
{
	memcpy(wire + wired, bytes, n);
	wired += n;
}

/* A frame, without so many bytes at its beginning and end. */
static void send(const char *payload, size_t n, size_t before, size_t after)
{
	uint8_t area[80];
	size_t length = encode(area, 76, payload, n);

	if (length >= before + after)
		raw((char *)area + 4 + before, length - before - after);
}

static void receive(const char *what)
{
	static const size_t sizes[] = { 600, 1, 2, 5 };
	static char name[2] = "";

	for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
		struct frames f = { .frame = frame, .error = error, .context = name };

		fprintf(out, "%s/%zu: ", what, sizes[s]);
		for (size_t at = 0; at < wired; at += sizes[s]) {
			uint8_t piece[600];
			size_t n = wired - at < sizes[s] ? wired - at : sizes[s];

			memcpy(piece, wire + at, n);
			frames_feed(&f, piece, n);
			memset(piece, 0x7e, sizeof piece);
			frames_feed(&f, piece, 0);
		}
		fprintf(out, "\n");
	}
	wired = 0;
}

#define RAW(s) raw(s, sizeof s - 1)
#define SEND(s) send(s, sizeof s - 1, 0, 0)

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	show(40, "123456789", 9);
	show(40, "", 0);
	show(40, "~}^]", 4);
	show(40, "\x00\xff\x7d\x5e\x7e\x5d\x20\x11\x13\x80", 10);
	show(40, "12345678901", 11);
	show(13, "123456789", 9);
	show(12, "123456789", 9);
	show(4, "", 0);
	show(3, "", 0);
	show(0, "", 0);
	show(10, "~~", 2);
	show(8, "~~", 2);
	show(7, "~~", 2);
	for (char c = 0; c < 126; c++) { /* checksums with bytes to escape in them */
		uint8_t area[80];
		size_t length = encode(area, 40, &c, 1);

		if (length > 5)
			show(40, &c, 1);
	}

	SEND("hello"), SEND(""), SEND("~}");
	receive("three");
	send("one", 3, 0, 1), send("two", 3, 0, 0);
	receive("shared flag");
	RAW("noise\x7d"), SEND("a"), RAW("noise"), SEND("b");
	receive("noise");
	RAW("~~~~"), SEND("a"), RAW("~~");
	receive("flags");
	SEND("0123456789"), SEND("~~~~~~~~~~"), SEND("}}}}}}}}}}");
	receive("full");
	RAW("~0123456789ab~"), SEND("c");
	receive("check");
	RAW("~0123456789abc"), RAW("def~"), SEND("c"), RAW("~0123456789ab\x7d\x5e" "cd"), RAW("~"), SEND("d");
	receive("long");
	RAW("~0123456789ab\x7d" "cde~"), SEND("c"), RAW("~0123456789ab\x7d"), SEND("d");
	receive("long escape");
	RAW("~a~b~~"), RAW("~\x7d\x5e~"), SEND("c");
	receive("short");
	RAW("~ab\x7d" "cdef\x7d\x7d~"), SEND("c"), RAW("~\x7d\x20"), SEND("d");
	receive("escape");
	RAW("~ab\x7d"), SEND("c"), RAW("~\x7d~"), send("d", 1, 1, 0);
	receive("aborted");
	RAW("~ab\x7dx\x7d~"), send("c", 1, 1, 0);
	receive("escape, then a flag");
	RAW("~hello\x00\x00~"), SEND("c");
	receive("wrong check");
	send("cut off", 7, 0, 2);
	receive("no end");
	SEND("\x7d\x5e"), SEND("^]~}"), SEND("\x00\x00");
	receive("look alike");
	return fclose(out) != 0;
}

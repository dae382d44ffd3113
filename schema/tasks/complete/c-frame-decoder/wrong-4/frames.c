#include "frames.h"

enum { FLAG = 0x7e, ESCAPE = 0x7d, FLIP = 0x20 };

enum state {
	IGNORING, /* before the first flag, or after an error */
	INSIDE,
	ESCAPED, /* behind an ESCAPE */
};

static uint16_t checksum(const uint8_t *bytes, size_t n)
{
	uint16_t crc = 0xffff;

	for (size_t i = 0; i < n; i++) {
		crc ^= bytes[i];
		for (int bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc & 1 ? crc >> 1 ^ 0x8408 : crc >> 1);
	}
	return crc ^ 0xffff;
}

static void fail(struct frames *f, enum frame_error why)
{
	f->state = IGNORING;
	f->error(why, f->context);
}

static void flag(struct frames *f)
{
	if (f->state == ESCAPED) {
		fail(f, FRAME_ABORTED);
	} else if (f->state == INSIDE && f->length) {
		size_t n = f->length - 2;

		if (f->length < 2)
			fail(f, FRAME_SHORT);
		else if (checksum(f->body, n) != (f->body[n] | f->body[n + 1] << 8))
			fail(f, FRAME_CHECK);
		else
			f->frame(f->body, n, f->context);
	}
	f->state = INSIDE;
	f->length = 0;
}

static void take(struct frames *f, uint8_t byte)
{
	if (byte == FLAG) {
		flag(f);
		return;
	}
	if (f->state == IGNORING)
		return;
	if (f->state == INSIDE && byte == ESCAPE) {
		f->state = ESCAPED;
		return;
	}
	if (f->state == ESCAPED) {
		byte ^= FLIP;
		if (byte != FLAG && byte != ESCAPE) {
			fail(f, FRAME_ESCAPE);
			return;
		}
		f->state = INSIDE;
	}
	if (f->length == FRAME_PAYLOAD) {
		fail(f, FRAME_LONG);
		return;
	}
	f->body[f->length++] = byte;
}

void frames_feed(struct frames *f, const uint8_t *piece, size_t n)
{
	for (size_t i = 0; i < n; i++)
		take(f, piece[i]);
}

static size_t put(uint8_t *buf, size_t at, uint8_t byte)
{
	if (byte == FLAG || byte == ESCAPE) {
		if (buf) {
			buf[at] = ESCAPE;
			buf[at + 1] = byte ^ FLIP;
		}
		return at + 2;
	}
	if (buf)
		buf[at] = byte;
	return at + 1;
}

/* With `buf` NULL it only counts. */
static size_t encode(uint8_t *buf, const uint8_t *payload, size_t n)
{
	uint16_t crc = checksum(payload, n);
	size_t at = 1;

	for (size_t i = 0; i < n; i++)
		at = put(buf, at, payload[i]);
	at = put(buf, at, (uint8_t)(crc & 0xff));
	at = put(buf, at, (uint8_t)(crc >> 8));
	if (buf)
		buf[0] = buf[at] = FLAG;
	return at + 1;
}

size_t frame_encode(uint8_t *buf, size_t size, const uint8_t *payload, size_t n)
{
	if (n > FRAME_PAYLOAD || encode(NULL, payload, n) > size)
		return 0;
	return encode(buf, payload, n);
}

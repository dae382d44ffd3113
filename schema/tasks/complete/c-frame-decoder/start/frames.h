#ifndef FRAMES_H
#define FRAMES_H

#include <stddef.h>
#include <stdint.h>

enum { FRAME_PAYLOAD = 10 };

enum frame_error { FRAME_SHORT, FRAME_CHECK, FRAME_ESCAPE, FRAME_ABORTED, FRAME_LONG };

struct frames {
	void (*frame)(const uint8_t *payload, size_t n, void *context);
	void (*error)(enum frame_error why, void *context);
	void *context;
	/* ---- yours */
	uint8_t body[FRAME_PAYLOAD + 2];
	size_t length;
	int state;
};

void frames_feed(struct frames *f, const uint8_t *piece, size_t n);
size_t frame_encode(uint8_t *buf, size_t size, const uint8_t *payload, size_t n);

#endif

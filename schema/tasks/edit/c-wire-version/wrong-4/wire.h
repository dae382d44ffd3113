#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_NAME = 12, WIRE_TAGS = 4 };

/*
 * Version 1, little-endian:
 *   1 byte   1
 *   2 bytes  device
 *   4 bytes  value, two's complement
 *   1 byte   length of the name, at most WIRE_NAME - 1
 *   n bytes  name, without NULs
 *
 * Version 2: the byte 2, 4 bytes device, 4 bytes value, big-endian; the name as above; then extensions of one byte
 * kind, one byte length and so many bytes. Kind 1: time, 8 bytes big-endian. Kind 2: a tag of 1 byte.
 */
struct message {
	uint8_t version;
	uint32_t device;
	int32_t value;
	char name[WIRE_NAME]; /* with a NUL */
	bool has_time;
	uint64_t time;
	uint8_t tags[WIRE_TAGS];
	size_t tags_count;
};

enum wire_result { WIRE_OK, WIRE_SHORT, WIRE_MALFORMED, WIRE_UNKNOWN };

/* Reads a message that is exactly `n` bytes long. */
enum wire_result wire_decode(const uint8_t *bytes, size_t n, struct message *ret);

/* Writes it to `buf`, its length to *ret_n; WIRE_SHORT: it does not fit. */
enum wire_result wire_encode(const struct message *m, uint8_t *buf, size_t size, size_t *ret_n);

#endif

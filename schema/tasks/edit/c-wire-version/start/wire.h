#ifndef WIRE_H
#define WIRE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { WIRE_NAME = 12 };

/*
 * Version 1, little-endian:
 *   1 byte   1
 *   2 bytes  device
 *   4 bytes  value, two's complement
 *   1 byte   length of the name, at most WIRE_NAME - 1
 *   n bytes  name, without NULs
 */
struct message {
	uint32_t device;
	int32_t value;
	char name[WIRE_NAME]; /* with a NUL */
};

enum wire_result { WIRE_OK, WIRE_SHORT, WIRE_MALFORMED };

/* Reads a message that is exactly `n` bytes long. */
enum wire_result wire_decode(const uint8_t *bytes, size_t n, struct message *ret);

/* Writes it to `buf`, its length to *ret_n; WIRE_SHORT: it does not fit. */
enum wire_result wire_encode(const struct message *m, uint8_t *buf, size_t size, size_t *ret_n);

#endif

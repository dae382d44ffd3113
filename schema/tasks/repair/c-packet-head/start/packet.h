#ifndef PACKET_H
#define PACKET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * offset  bytes
 *      0  1      version in the upper 4 bits (always 2), flags in the lower 4
 *      1  3      length of the data behind the head, big-endian
 *      4  8      sequence number, big-endian
 *     12  2      temperature in 1/100 degrees, signed, big-endian
 *     14  2      checksum, big-endian
 *     16         data
 *
 * Checksum: the sum of head and data as big-endian 16-bit numbers, with the checksum's own two bytes taken as 0, and one byte
 * 0 thought behind data of odd length. Carries out of the lower 16 bits are added at the bottom again until there is none. The
 * checksum is the complement of that sum.
 */
enum { PACKET_HEAD = 16, PACKET_DATA_MAX = 0xffffff };

struct packet {
	unsigned flags; /* 0 to 15 */
	uint64_t sequence;
	int temperature; /* -32768 to 32767 */
	const uint8_t *data;
	size_t length;
};

/* Reads the packet that begins at `bytes`; `ret->data` points into them. Bytes behind the packet do not matter.
 * False, *ret untouched, if it is not whole, or version or checksum are wrong. */
bool packet_read(const uint8_t *bytes, size_t n, struct packet *ret);

/* Writes head and data to `buf` of `size` bytes and returns how many, or 0, with nothing written, if they do
 * not fit or a member is out of its range. `data` may lie where it belongs in `buf` already. */
size_t packet_write(uint8_t *buf, size_t size, const struct packet *p);

#endif

#ifndef JOURNAL_H
#define JOURNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A journal is records one after another:
 *   1 byte   length of the key, 1 to 32; 0: here the journal ends (as it does at the end of the block)
 *   1 byte   length of the value, 0 to 200; 255: the key is removed, and no value follows
 *   n bytes  key
 *   m bytes  value
 *   2 bytes  checksum, little-endian: the sum of all bytes before it in this record, each multiplied by its
 *            place in the record (from 1), modulo 65521
 * Behind the last record, if there is room, stands a byte 0.
 */
enum { JOURNAL_KEY = 32, JOURNAL_VALUE = 200, JOURNAL_REMOVED = 255 };

struct record {
	const uint8_t *key, *value;
	size_t key_length, value_length; /* value_length 0 if it is removed */
	bool removed;
	size_t size; /* of the whole record */
};

/* The record at the beginning of `n` bytes; false: none, or it is not whole, or it is damaged. */
bool journal_read(const uint8_t *bytes, size_t n, struct record *ret);

/* Writes the record of a key and value (value NULL: it is removed) and the 0 behind it, if there is room for that. Returns the record's size, or 0 if the record
 * does not fit in `n` bytes or a length is out of its range. The first byte is written last of all, so that a power failure leaves either
 * the end of the journal or the whole record. `value` may not lie in `bytes`. */
size_t journal_write(uint8_t *bytes, size_t n, const char *key, const uint8_t *value, size_t value_length);

#endif

#ifndef RECORDS_H
#define RECORDS_H

#include <stddef.h>
#include <stdint.h>

/*
 * A buffer is records one after another:
 *
 *   1 byte   type
 *   2 bytes  length of the value, big-endian
 *   n bytes  value
 *
 * A record of type 0xFF is a group: its value is records again, groups within groups
 * up to RECORDS_DEPTH (a group at the top has depth 1). A record of type 0 is padding; its value is
 * skipped.
 */
enum { RECORDS_DEPTH = 3 };

enum records_result {
	RECORDS_OK,
	RECORDS_SHORT, /* a record's head or value reaches past the end of what it is in */
	RECORDS_DEEP,  /* a group deeper than RECORDS_DEPTH */
};

/* Calls `record` for each record that is neither group nor padding, in their order, with the depth of the
 * groups around it (0 at the top). The records before an error are reported, the broken one is not. No byte outside of
 * the buffer is read, and nothing in a group outside of the group's value. `data` need not be aligned. */
enum records_result records_walk(const uint8_t *data, size_t n,
				 void (*record)(uint8_t type, const uint8_t *value, size_t n, int depth, void *context),
				 void *context);

/* The sum of all values that are exactly 4 bytes long, as signed big-endian numbers; values of other lengths do not count.
 * Broken buffers: the sum up to the error. */
int64_t records_sum(const uint8_t *data, size_t n);

#endif

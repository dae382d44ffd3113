/* SPDX-License-Identifier: Apache-2.0 */
/*
 * X.690, 8.3, 8.9 and 10.1; all lengths here are below 128 and so one byte:
 *
 *   0x30 length   0x02 length r   0x02 length s
 *
 * Each number stands in as few bytes as it takes, at least one, and is positive: a
 * zero byte in front where its first bit would be 1.
 */
#include "core/windows/signature.h"

#include <string.h>

enum {
	TAG_INTEGER = 0x02,
	TAG_SEQUENCE = 0x30,
	INTEGER_MAX = SIGNATURE_NUMBER_SIZE + 1, /* with the zero in front */
	SEQUENCE_MAX = 2 * (2 + INTEGER_MAX),
};

static size_t put_integer(const unsigned char number[static SIGNATURE_NUMBER_SIZE],
			  unsigned char *ret)
{
	size_t zeros = 0, size = 0;
	while (zeros < SIGNATURE_NUMBER_SIZE - 1 && number[zeros] == 0)
		zeros++;
	bool negative = number[zeros] & 0x80;
	ret[size++] = TAG_INTEGER;
	ret[size++] = (unsigned char)(SIGNATURE_NUMBER_SIZE - zeros + negative);
	if (negative)
		ret[size++] = 0;
	memcpy(ret + size, number + zeros, SIGNATURE_NUMBER_SIZE - zeros);
	return size + SIGNATURE_NUMBER_SIZE - zeros;
}

size_t signature_to_der(const unsigned char pair[static SIGNATURE_PAIR_SIZE],
			unsigned char ret[static KEY_SIGNATURE_MAX])
{
	size_t size = put_integer(pair, ret + 2);
	size += put_integer(pair + SIGNATURE_NUMBER_SIZE, ret + 2 + size);
	ret[0] = TAG_SEQUENCE;
	ret[1] = (unsigned char)size;
	return size + 2;
}

static bool take_integer(struct cursor *c, unsigned char ret[static SIGNATURE_NUMBER_SIZE])
{
	if (cursor_u8(c) != TAG_INTEGER)
		return false;
	struct slice bytes = cursor_take(c, cursor_u8(c));
	if (bytes.size == 0 || bytes.size > INTEGER_MAX || bytes.at[0] & 0x80)
		return false;
	if (bytes.size > 1 && bytes.at[0] == 0) {
		if (!(bytes.at[1] & 0x80)) /* a zero that need not stand there */
			return false;
		bytes = slice_part(bytes, 1, bytes.size);
	}
	if (bytes.size > SIGNATURE_NUMBER_SIZE)
		return false;
	memset(ret, 0, SIGNATURE_NUMBER_SIZE);
	memcpy(ret + SIGNATURE_NUMBER_SIZE - bytes.size, bytes.at, bytes.size);
	return true;
}

bool signature_from_der(struct slice der, unsigned char ret_pair[static SIGNATURE_PAIR_SIZE])
{
	struct cursor c = cursor_over(der);
	unsigned char tag = cursor_u8(&c), length = cursor_u8(&c);
	return tag == TAG_SEQUENCE && length <= SEQUENCE_MAX && length == cursor_left(&c) &&
	       take_integer(&c, ret_pair) && take_integer(&c, ret_pair + SIGNATURE_NUMBER_SIZE) &&
	       cursor_left(&c) == 0;
}

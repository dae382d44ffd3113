#include "journal.h"

#include <string.h>

static unsigned checksum(const uint8_t *bytes, size_t n)
{
	uint32_t sum = 0; /* of at most 234 bytes: 255 * 234 * 235 / 2 fits */

	for (size_t i = 0; i < n; i++)
		sum += (uint32_t)(bytes[i] * (i + 1));
	return sum % 65521;
}

bool journal_read(const uint8_t *bytes, size_t n, struct record *ret)
{
	struct record r;

	if (n < 2 || bytes[0] == 0 || bytes[0] > JOURNAL_KEY)
		return false;
	r.removed = bytes[1] == JOURNAL_REMOVED;
	if (!r.removed && bytes[1] > JOURNAL_VALUE)
		return false;
	r.key_length = bytes[0];
	r.value_length = r.removed ? 0 : bytes[1];
	r.key = bytes + 2;
	r.value = r.key + r.key_length;
	r.size = 2 + r.key_length + r.value_length + 2;
	if (r.size > n)
		return false;
	if (checksum(bytes, r.size - 2) != (unsigned)(bytes[r.size - 2] | bytes[r.size - 1] << 8))
		return false;
	*ret = r;
	return true;
}

size_t journal_write(uint8_t *bytes, size_t n, const char *key, const uint8_t *value, size_t value_length)
{
	size_t key_length = strlen(key), size;
	uint8_t record[2 + JOURNAL_KEY + JOURNAL_VALUE + 2];
	unsigned sum;

	if (!value)
		value_length = 0;
	if (key_length < 1 || key_length > JOURNAL_KEY || value_length > JOURNAL_VALUE)
		return 0;
	size = 2 + key_length + value_length + 2;
	if (size > n)
		return 0;
	record[0] = (uint8_t)key_length;
	record[1] = value ? (uint8_t)value_length : JOURNAL_REMOVED;
	memcpy(record + 2, key, key_length);
	if (value_length)
		memcpy(record + 2 + key_length, value, value_length);
	sum = checksum(record, size - 2);
	record[size - 2] = sum & 0xff;
	record[size - 1] = (uint8_t)(sum >> 8);
	if (size < n)
		bytes[size] = 0;
	memcpy(bytes + 1, record + 1, size - 1);
	bytes[0] = record[0];
	return size;
}

#include "journal.h"

#include <string.h>

static uint16_t checksum(const uint8_t *bytes, size_t n)
{
	uint16_t sum = 0;

	for (size_t i = 0; i < n; i++)
		sum += bytes[i] * (i + 1);
	return sum % 65521;
}

bool journal_read(const uint8_t *bytes, size_t n, struct record *ret)
{
	struct record r;

	if (n < 2 || bytes[0] == 0)
		return false;
	r.key_length = bytes[0];
	r.value_length = bytes[1];
	r.removed = bytes[1] == JOURNAL_REMOVED;
	r.key = bytes + 2;
	r.value = r.key + r.key_length;
	r.size = 2 + r.key_length + r.value_length + 2;
	if (r.size > n)
		return false;
	*ret = r;
	return true;
}

size_t journal_write(uint8_t *bytes, size_t n, const char *key, const uint8_t *value, size_t value_length)
{
	size_t key_length = strlen(key), size = 2 + key_length + value_length + 2;
	uint16_t sum;

	if (key_length > JOURNAL_KEY || value_length > JOURNAL_VALUE || size > n)
		return 0;
	bytes[0] = (uint8_t)key_length;
	bytes[1] = value ? (uint8_t)value_length : JOURNAL_REMOVED;
	memcpy(bytes + 2, key, key_length);
	if (value)
		memcpy(bytes + 2 + key_length, value, value_length);
	sum = checksum(bytes, size - 2);
	bytes[size - 2] = sum & 0xff;
	bytes[size - 1] = sum >> 8;
	bytes[size] = 0;
	return size;
}

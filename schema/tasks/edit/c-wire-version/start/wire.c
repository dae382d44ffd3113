#include "wire.h"

#include <string.h>

enum { HEAD = 8 };

static uint32_t little(const uint8_t *bytes, int n)
{
	uint32_t value = 0;

	while (n-- > 0)
		value = value << 8 | bytes[n];
	return value;
}

enum wire_result wire_decode(const uint8_t *bytes, size_t n, struct message *ret)
{
	struct message m = { .device = 0 };
	size_t length;

	if (n < 1)
		return WIRE_SHORT;
	if (bytes[0] != 1)
		return WIRE_MALFORMED;
	if (n < HEAD)
		return WIRE_SHORT;
	m.device = little(bytes + 1, 2);
	m.value = (int32_t)little(bytes + 3, 4);
	length = bytes[7];
	if (length >= WIRE_NAME)
		return WIRE_MALFORMED;
	if (n < HEAD + length)
		return WIRE_SHORT;
	if (n > HEAD + length || memchr(bytes + HEAD, 0, length))
		return WIRE_MALFORMED;
	memcpy(m.name, bytes + HEAD, length);
	*ret = m;
	return WIRE_OK;
}

enum wire_result wire_encode(const struct message *m, uint8_t *buf, size_t size, size_t *ret_n)
{
	size_t length = strlen(m->name);

	if (m->device > 0xffff)
		return WIRE_MALFORMED;
	if (HEAD + length > size)
		return WIRE_SHORT;
	buf[0] = 1;
	buf[1] = m->device & 0xff;
	buf[2] = m->device >> 8 & 0xff;
	for (int i = 0; i < 4; i++)
		buf[3 + i] = (uint32_t)m->value >> 8 * i & 0xff;
	buf[7] = (uint8_t)length;
	memcpy(buf + HEAD, m->name, length);
	*ret_n = HEAD + length;
	return WIRE_OK;
}

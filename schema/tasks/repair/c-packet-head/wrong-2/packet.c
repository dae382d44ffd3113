#include "packet.h"

#include <string.h>

enum { VERSION = 2, SUM_AT = 14 };

static uint64_t read_big(const uint8_t *bytes, int n)
{
	uint64_t value = 0;

	for (int i = 0; i < n; i++)
		value = value << 8 | bytes[i];
	return value;
}

static void write_big(uint8_t *bytes, int n, uint64_t value)
{
	for (int i = n; i-- > 0; value >>= 8)
		bytes[i] = (uint8_t)value;
}

static uint16_t checksum(const uint8_t *bytes, size_t n)
{
	uint64_t sum = 0;

	for (size_t i = 0; i < n; i++) {
		if (i == SUM_AT || i == SUM_AT + 1)
			continue;
		sum += i % 2 ? (uint64_t)bytes[i] : (uint64_t)bytes[i] << 8;
	}
	return (uint16_t)~sum;
}

bool packet_read(const uint8_t *bytes, size_t n, struct packet *ret)
{
	size_t length;
	int temperature;

	if (n < PACKET_HEAD || bytes[0] >> 4 != VERSION)
		return false;
	length = (size_t)read_big(bytes + 1, 3);
	if (length > n - PACKET_HEAD)
		return false;
	if (checksum(bytes, PACKET_HEAD + length) != read_big(bytes + SUM_AT, 2))
		return false;
	temperature = (int)read_big(bytes + 12, 2);
	*ret = (struct packet){
		.flags = bytes[0] & 15,
		.sequence = read_big(bytes + 4, 8),
		.temperature = temperature > 32767 ? temperature - 65536 : temperature,
		.data = bytes + PACKET_HEAD,
		.length = length,
	};
	return true;
}

size_t packet_write(uint8_t *buf, size_t size, const struct packet *p)
{
	if (p->flags > 15 || p->temperature < -32768 || p->temperature > 32767 || p->length > PACKET_DATA_MAX)
		return 0;
	if (size < PACKET_HEAD || p->length > size - PACKET_HEAD)
		return 0;
	if (p->length)
		memmove(buf + PACKET_HEAD, p->data, p->length);
	buf[0] = (uint8_t)(VERSION << 4 | p->flags);
	write_big(buf + 1, 3, p->length);
	write_big(buf + 4, 8, p->sequence);
	write_big(buf + 12, 2, (uint64_t)p->temperature);
	write_big(buf + SUM_AT, 2, checksum(buf, PACKET_HEAD + p->length));
	return PACKET_HEAD + p->length;
}

#include "packet.h"

#include <string.h>

enum { VERSION = 2 };

struct head {
	uint8_t version : 4;
	uint8_t flags : 4;
	uint32_t length : 24;
	uint64_t sequence;
	int16_t temperature;
	uint16_t checksum;
};

static uint16_t checksum(const uint8_t *bytes, size_t n)
{
	uint16_t sum = 0;

	for (size_t i = 0; i < n; i += 2)
		sum += bytes[i] << 8 | bytes[i + 1];
	return ~sum;
}

bool packet_read(const uint8_t *bytes, size_t n, struct packet *ret)
{
	const struct head *h = (const struct head *)bytes;

	if (n < PACKET_HEAD + h->length || h->version != VERSION)
		return false;
	if (checksum(bytes, n) != h->checksum)
		return false;
	ret->flags = h->flags;
	ret->sequence = h->sequence;
	ret->temperature = h->temperature;
	ret->data = bytes + PACKET_HEAD;
	ret->length = h->length;
	return true;
}

size_t packet_write(uint8_t *buf, size_t size, const struct packet *p)
{
	struct head *h = (struct head *)buf;

	if (PACKET_HEAD + p->length > size)
		return 0;
	h->version = VERSION;
	h->flags = p->flags;
	h->length = p->length;
	h->sequence = p->sequence;
	h->temperature = p->temperature;
	h->checksum = 0;
	memcpy(buf + PACKET_HEAD, p->data, p->length);
	h->checksum = checksum(buf, PACKET_HEAD + p->length);
	return PACKET_HEAD + p->length;
}

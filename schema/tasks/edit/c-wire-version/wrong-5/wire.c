#include "wire.h"

#include <string.h>

enum { HEAD_1 = 8, HEAD_2 = 10, TIME = 1, TAG = 2, MUST_KNOW = 128 };

static uint32_t little(const uint8_t *bytes, int n)
{
	uint32_t value = 0;

	while (n-- > 0)
		value = value << 8 | bytes[n];
	return value;
}

static uint64_t big(const uint8_t *bytes, int n)
{
	uint64_t value = 0;

	for (int i = 0; i < n; i++)
		value = value << 8 | bytes[i];
	return value;
}

static enum wire_result extension(struct message *m, uint8_t kind, const uint8_t *bytes, size_t n)
{
	switch (kind) {
	case TIME:
		if (n != 8)
			return WIRE_MALFORMED;
		m->has_time = true;
		m->time = big(bytes, 8);
		return WIRE_OK;
	case TAG:
		if (n != 1 || m->tags_count == WIRE_TAGS)
			return WIRE_MALFORMED;
		m->tags[m->tags_count++] = bytes[0];
		return WIRE_OK;
	default:
		return kind < MUST_KNOW ? WIRE_OK : WIRE_UNKNOWN;
	}
}

static enum wire_result extensions(struct message *m, const uint8_t *bytes, size_t n)
{
	while (n > 0) {
		uint8_t kind = bytes[0];
		bool known = kind == TIME || kind == TAG;
		enum wire_result result;
		size_t length;

		/* what is wrong with the kind stands before the length, and what is wrong with that before the bytes */
		if (!known && kind >= MUST_KNOW)
			return WIRE_UNKNOWN;
		if (kind == TAG && m->tags_count == WIRE_TAGS)
			return WIRE_MALFORMED;
		if (n < 2)
			return WIRE_SHORT;
		length = bytes[1];
		if (known && length != (kind == TIME ? 8 : 1))
			return WIRE_MALFORMED;
		if (n - 2 < length)
			return WIRE_SHORT;
		result = extension(m, kind, bytes + 2, length);
		if (result)
			return result;
		bytes += 2 + length;
		n -= 2 + length;
	}
	return WIRE_OK;
}

enum wire_result wire_decode(const uint8_t *bytes, size_t n, struct message *ret)
{
	struct message m = { .version = 0 };
	enum wire_result result;
	size_t head, length;

	if (n < 1)
		return WIRE_SHORT;
	m.version = bytes[0];
	if (m.version != 1 && m.version != 2)
		return WIRE_MALFORMED;
	head = m.version == 1 ? HEAD_1 : HEAD_2;
	if (n < head)
		return WIRE_SHORT;
	if (m.version == 1) {
		m.device = little(bytes + 1, 2);
		m.value = (int32_t)little(bytes + 3, 4);
	} else {
		m.device = (uint32_t)big(bytes + 1, 4);
		m.value = (int32_t)big(bytes + 5, 4);
	}
	length = bytes[head - 1];
	if (length >= WIRE_NAME)
		return WIRE_MALFORMED;
	if (n < head + length)
		return WIRE_SHORT;
	if (memchr(bytes + head, 0, length) || (m.version == 1 && n > head + length))
		return WIRE_MALFORMED;
	memcpy(m.name, bytes + head, length);
	result = extensions(&m, bytes + head + length, n - head - length);
	if (result)
		return result;
	*ret = m;
	return WIRE_OK;
}

static void put_big(uint8_t *buf, int n, uint64_t value)
{
	while (n-- > 0) {
		buf[n] = value & 0xff;
		value >>= 8;
	}
}

enum wire_result wire_encode(const struct message *m, uint8_t *buf, size_t size, size_t *ret_n)
{
	size_t length = strlen(m->name), n;

	if ((m->version != 1 && m->version != 2) || m->tags_count > WIRE_TAGS)
		return WIRE_MALFORMED;
	if (m->version == 1 && (m->device > 0xffff || m->has_time || m->tags_count > 0))
		return WIRE_MALFORMED;
	n = (m->version == 1 ? HEAD_1 : HEAD_2) + length;
	if (n + (m->has_time ? 10 : 0) + 3 * m->tags_count > size)
		return WIRE_SHORT;
	buf[0] = m->version;
	if (m->version == 1) {
		buf[1] = m->device & 0xff;
		buf[2] = m->device >> 8 & 0xff;
		for (int i = 0; i < 4; i++)
			buf[3 + i] = (uint32_t)m->value >> 8 * i & 0xff;
	} else {
		put_big(buf + 1, 4, m->device);
		put_big(buf + 5, 4, (uint32_t)m->value);
	}
	buf[n - length - 1] = (uint8_t)length;
	memcpy(buf + n - length, m->name, length);
	if (m->has_time) {
		buf[n++] = TIME;
		buf[n++] = 8;
		put_big(buf + n, 8, m->time);
		n += 8;
	}
	for (size_t i = 0; i < m->tags_count; i++) {
		buf[n++] = TAG;
		buf[n++] = 1;
		buf[n++] = m->tags[i];
	}
	*ret_n = n;
	return WIRE_OK;
}

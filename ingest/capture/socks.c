/* SPDX-License-Identifier: Apache-2.0 */
/*
 * SOCKS 5 (RFC 1928, sections 3 and 4; RFC 1929, section 2):
 *
 *   greeting  version:8 = 5  methods size:8
 *   password  version:8 = 1  user size:8  password size:8
 *   request   version:8 = 5  command:8 (1–3)  0:8  kind:8  address  port:16
 *             kind 1: 4 bytes, 3: size:8 name, 4: 16 bytes
 *
 * SOCKS 4 and 4a (as published by their authors):
 *
 *   version:8 = 4  command:8 (1–2)  port:16  address:32  user 0
 *   4a: the address is 0.0.0.x, x not 0, and a name 0 stands behind the user
 */
#include "ingest/capture/socks.h"

enum {
	METHODS_MAX = 16,
	USER_MAX = 255,
	KIND_V4 = 1,
	KIND_NAME = 3,
	KIND_V6 = 4,
};

static bool is_host(struct slice name)
{
	for (size_t i = 0; i < name.size; i++)
		if (name.at[i] <= ' ' || name.at[i] >= 0x7f)
			return false;
	return name.size > 0 && name.size < SOCKS_HOST_MAX;
}

static enum socks_result read_4(struct slice stream, struct socks_request *ret)
{
	struct cursor c = cursor_over(stream);
	struct slice user;
	cursor_skip(&c, 1);
	unsigned command = cursor_u8(&c);
	ret->version = 4;
	ret->port = cursor_be16(&c);
	struct slice address = cursor_take(&c, 4);
	if (c.short_read)
		return SOCKS_MORE;
	if (command < 1 || command > 2 || ret->port == 0)
		return SOCKS_NOT;
	if (!cursor_until(&c, 0, USER_MAX, &user))
		return cursor_left(&c) < USER_MAX ? SOCKS_MORE : SOCKS_NOT;
	if (address.at[0] == 0 && address.at[1] == 0 && address.at[2] == 0 && address.at[3] != 0) {
		if (!cursor_until(&c, 0, SOCKS_HOST_MAX, &ret->host))
			return cursor_left(&c) < SOCKS_HOST_MAX ? SOCKS_MORE : SOCKS_NOT;
		if (!is_host(ret->host))
			return SOCKS_NOT;
	} else {
		ret->address = address_v4(address.at);
	}
	for (size_t i = 0; i < user.size; i++)
		if (user.at[i] < ' ' || user.at[i] >= 0x7f)
			return SOCKS_NOT;
	ret->size = stream.size - cursor_left(&c);
	return SOCKS_REQUEST;
}

enum socks_result socks_first(struct slice stream, struct socks_request *ret)
{
	struct cursor c = cursor_over(stream);
	unsigned version = cursor_u8(&c), count = cursor_u8(&c);
	*ret = (struct socks_request){.version = 5};
	if (version == 4)
		return read_4(stream, ret);
	if (version != 5 || c.short_read || count == 0 || count > METHODS_MAX)
		return SOCKS_NOT;
	struct slice methods = cursor_take(&c, count);
	/* whoever speaks this waits for an answer now */
	if (c.short_read || cursor_left(&c) > 0)
		return SOCKS_NOT;
	for (size_t i = 0; i < methods.size; i++)
		if (methods.at[i] > 9 && methods.at[i] < 0x80)
			return SOCKS_NOT;
	ret->size = stream.size;
	return SOCKS_GREETING;
}

static bool read_address(struct cursor *c, struct socks_request *ret)
{
	struct slice bytes;
	switch (cursor_u8(c)) {
	case KIND_V4:
		bytes = cursor_take(c, 4);
		if (!c->short_read)
			ret->address = address_v4(bytes.at);
		return true;
	case KIND_NAME:
		ret->host = cursor_take(c, cursor_u8(c));
		return c->short_read || is_host(ret->host);
	case KIND_V6:
		bytes = cursor_take(c, 16);
		if (!c->short_read)
			ret->address = address_v6(bytes.at);
		return true;
	default:
		return c->short_read;
	}
}

enum socks_result socks_next(struct slice stream, struct socks_request *ret)
{
	struct cursor c = cursor_over(stream);
	unsigned version = cursor_u8(&c), second = cursor_u8(&c);
	*ret = (struct socks_request){.version = 5};
	if (version == 1) {
		cursor_skip(&c, second);
		cursor_skip(&c, cursor_u8(&c));
		ret->size = stream.size - cursor_left(&c);
		return c.short_read ? SOCKS_MORE : SOCKS_GREETING;
	}
	if (version != 5 || second > 3 || cursor_u8(&c) != 0)
		return SOCKS_NOT;
	if (!read_address(&c, ret))
		return SOCKS_NOT;
	ret->port = cursor_be16(&c);
	if (c.short_read)
		return SOCKS_MORE;
	ret->size = stream.size - cursor_left(&c);
	return second > 0 ? SOCKS_REQUEST : SOCKS_NOT;
}

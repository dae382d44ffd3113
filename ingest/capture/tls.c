/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 8446, sections 5.1, 4, 4.1.2, 4.2; RFC 6066, section 3; RFC 7301, section 3.1:
 *
 *   record     type:8 = 22  version:16  size:16  bytes (at most 2^14)
 *   handshake  type:8 = 1   size:24     ClientHello
 *   ClientHello version:16 random:256
 *     session size:8, (DTLS: cookie size:8,) ciphers size:16, compressions size:8,
 *     extensions size:16
 *   extension  type:16 size:16 data
 *     server_name (0)            list size:16, then kind:8 = 0 size:16 name
 *     signature_algorithms (13)  list size:16, then 16 bits each
 *     ALPN (16)                  list size:16, then size:8 name …
 *     supported_versions (43)    list size:8, then version:16 …
 *     encrypted_client_hello     only that it is there (fe0d; drafts: fe08 to fe0c)
 *     encrypted_server_name      likewise (ffce)
 */
#include "ingest/capture/tls.h"

#include "ingest/capture/ja4.h"

#include <string.h>

enum {
	RECORD_HANDSHAKE = 22,
	RECORD_MAX = (1 << 14) + 256,
	RECORDS_MAX = 1024, /* a hello in pieces of some bytes each is an evasion: still read */
	MESSAGE_CLIENT_HELLO = 1,
	EXTENSIONS_MAX = 256,
	EXTENSION_NAME = 0,
	EXTENSION_SIGNATURES = 13,
	EXTENSION_ALPN = 16,
	EXTENSION_VERSIONS = 43,
	EXTENSION_ENCRYPTED_FIRST = 0xfe08,
	EXTENSION_ENCRYPTED = 0xfe0d,
	EXTENSION_ENCRYPTED_NAME = 0xffce,
	ALPN_SHOWN_MAX = 8,
	ALPN_NAME_MAX = 32,
	DTLS_FIRST = 0xfe00,
};

bool tls_is_grease(uint16_t value)
{
	return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
}

static void read_name(struct cursor c, struct tls_hello *ret)
{
	struct cursor list = cursor_child(&c, cursor_be16(&c));
	ret->has_name = true;
	if (cursor_u8(&list) != 0)
		return;
	ret->name = cursor_take(&list, cursor_be16(&list));
}

/* The numbers of DTLS run backwards. */
static bool is_higher(uint16_t version, uint16_t than)
{
	if (version >= DTLS_FIRST && than >= DTLS_FIRST)
		return version < than;
	return version >> 8 == 3 && version > than;
}

static void read_versions(struct cursor c, struct tls_hello *ret)
{
	struct cursor list = cursor_child(&c, cursor_u8(&c));
	while (cursor_left(&list) >= 2) {
		uint16_t version = cursor_be16(&list);
		bool draft = version >> 8 == 0x7f; /* of TLS 1.3 */
		if (draft || is_higher(version, ret->version))
			ret->version = draft ? 0x0304 : version;
	}
}

/* False where the extensions do not end where they should. */
static bool read_extensions(struct cursor c, struct tls_hello *ret)
{
	for (int i = 0; cursor_left(&c) > 0; i++) {
		uint16_t type = cursor_be16(&c);
		struct cursor data = cursor_child(&c, cursor_be16(&c));
		if (c.short_read || i == EXTENSIONS_MAX)
			return false;
		if (type == EXTENSION_NAME)
			read_name(data, ret);
		else if (type == EXTENSION_VERSIONS)
			read_versions(data, ret);
		else if (type == EXTENSION_ALPN)
			ret->alpn = cursor_take(&data, cursor_be16(&data));
		else if (type == EXTENSION_SIGNATURES)
			ret->signatures = cursor_take(&data, cursor_be16(&data));
		else if (type >= EXTENSION_ENCRYPTED_FIRST && type <= EXTENSION_ENCRYPTED)
			ret->encrypted = true;
		else if (type == EXTENSION_ENCRYPTED_NAME)
			ret->encrypted_name = true;
	}
	return true;
}

static bool read_body(struct cursor c, bool datagram, struct tls_hello *ret)
{
	*ret = (struct tls_hello){.version = cursor_be16(&c)};
	cursor_skip(&c, 32);
	cursor_skip(&c, cursor_u8(&c));
	if (datagram)
		cursor_skip(&c, cursor_u8(&c));
	ret->ciphers = cursor_take(&c, cursor_be16(&c));
	cursor_skip(&c, cursor_u8(&c));
	if (c.short_read)
		return false;
	if (cursor_left(&c) == 0) /* older clients send no extensions at all */
		return true;
	size_t size = cursor_be16(&c);
	ret->extensions = slice_part(cursor_rest(&c), 0, size);
	return read_extensions(cursor_over(ret->extensions), ret) && ret->extensions.size == size;
}

enum tls_result tls_hello_message(struct slice message, struct tls_hello *ret)
{
	struct cursor c = cursor_over(message);
	*ret = (struct tls_hello){.version = 0};
	if (cursor_u8(&c) != MESSAGE_CLIENT_HELLO)
		return message.size == 0 ? TLS_MORE : TLS_NOT;
	uint32_t size = cursor_be24(&c);
	if (c.short_read)
		return TLS_MORE;
	if (size + 4 > TLS_HELLO_MAX)
		return TLS_BROKEN;
	struct slice body = slice_part(cursor_rest(&c), 0, size);
	bool good = read_body(cursor_over(body), false, ret);
	if (body.size < size)
		return TLS_MORE;
	ret->whole = good;
	return good ? TLS_HELLO : TLS_BROKEN;
}

enum tls_result tls_datagram_hello(struct slice body, struct tls_hello *ret)
{
	bool good = read_body(cursor_over(body), true, ret);
	ret->whole = good;
	return good ? TLS_HELLO : TLS_BROKEN;
}

/* Does what is there so far look like the start of a ClientHello? */
static enum tls_result look(struct slice stream)
{
	struct cursor c = cursor_over(stream);
	unsigned type = cursor_u8(&c), major = cursor_u8(&c);
	cursor_skip(&c, 1);
	unsigned size = cursor_be16(&c), message = cursor_u8(&c);
	if (stream.size == 0 || type != RECORD_HANDSHAKE || (stream.size > 1 && major != 3))
		return TLS_NOT;
	if (c.short_read)
		return TLS_MORE;
	return size == 0 || size > RECORD_MAX || message != MESSAGE_CLIENT_HELLO ? TLS_NOT
										 : TLS_HELLO;
}

/* The bytes that the message in `start` takes; 4 while that is not known. */
static size_t message_size(struct slice start)
{
	struct cursor c = cursor_over(start);
	cursor_skip(&c, 1);
	size_t size = cursor_be24(&c);
	return c.short_read ? 4 : size + 4;
}

enum tls_result tls_client_hello(struct slice stream, unsigned char *buffer, struct tls_hello *ret)
{
	enum tls_result result = look(stream);
	*ret = (struct tls_hello){.version = 0};
	if (result != TLS_HELLO)
		return result;
	struct cursor c = cursor_over(stream);
	size_t used = 0;
	for (int i = 0; cursor_left(&c) > 0 && used < message_size(slice_of(buffer, used)); i++) {
		unsigned type = cursor_u8(&c), major = cursor_u8(&c);
		cursor_skip(&c, 1);
		size_t size = cursor_be16(&c);
		if (c.short_read)
			break;
		struct slice part = slice_part(cursor_rest(&c), 0, size);
		if (type != RECORD_HANDSHAKE || major != 3 || size > RECORD_MAX ||
		    i == RECORDS_MAX || part.size > TLS_HELLO_MAX - used)
			return TLS_BROKEN;
		/* mostly all of it stands in the first record: no copy */
		if (i == 0 && part.size >= message_size(part))
			return tls_hello_message(part, ret);
		cursor_skip(&c, part.size);
		if (part.size)
			memcpy(buffer + used, part.at, part.size);
		used += part.size;
	}
	return tls_hello_message(slice_of(buffer, used), ret);
}

bool tls_offers(const struct tls_hello *h, const char *alpn)
{
	struct cursor c = cursor_over(h->alpn);
	while (cursor_left(&c) > 0)
		if (slice_is(cursor_take(&c, cursor_u8(&c)), alpn) && !c.short_read)
			return true;
	return false;
}

static void add_version(uint16_t version, struct text *out)
{
	if (version == TLS_DTLS_DRAFT)
		text_add_string(out, "DTLS 1.0 draft");
	else if (version >= DTLS_FIRST)
		text_addf(out, "DTLS 1.%u", 0xffu - (version & 0xff));
	else if (version >> 8 == 3 && (version & 0xff) > 0)
		text_addf(out, "TLS 1.%u", (unsigned)(version & 0xff) - 1);
	else
		text_add_string(out, version == 0x0300 ? "SSL 3.0" : "SSL 2.0");
}

void tls_detail(const struct tls_hello *h, char transport, struct text *out)
{
	char ja4[JA4_TEXT_MAX];
	add_version(h->version, out);
	struct cursor c = cursor_over(h->alpn);
	for (int i = 0; i < ALPN_SHOWN_MAX && cursor_left(&c) > 0; i++) {
		struct slice name = cursor_take(&c, cursor_u8(&c));
		if (c.short_read)
			break;
		text_add_string(out, i == 0 ? ", alpn " : " ");
		text_add_printable(out, name, ALPN_NAME_MAX);
	}
	if (h->encrypted)
		text_add_string(out, ", encrypted client hello");
	if (h->encrypted_name)
		text_add_string(out, ", encrypted name");
	if (ja4_of(h, transport, ja4))
		text_addf(out, ", ja4 %s", ja4);
}

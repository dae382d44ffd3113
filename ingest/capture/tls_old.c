/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The hello of SSL 2.0 that offers a later version (RFC 5246, appendix E.2):
 *
 *   1:1 size:15  type:8 = 1  version:16
 *   ciphers size:16  session size:16  challenge size:16  then these three
 *   cipher     24 bits; 00 in front: the 16 bits of a cipher of TLS
 *
 * and the records of DTLS (RFC 6347, sections 4.1 and 4.2.2):
 *
 *   record     type:8 = 22  version:16  epoch:16 sequence:48 size:16
 *   handshake  type:8 = 1   size:24  sequence:16  offset:24 part size:24
 */
#include "ingest/capture/tls.h"

enum {
	OLD_HEAD = 9,
	OLD_CIPHER = 3,
	OLD_CHALLENGE_MIN = 16,
	OLD_CHALLENGE_MAX = 32,
	OLD_SIZE_MAX = 4096,
	RECORD_HANDSHAKE = 22,
	MESSAGE_CLIENT_HELLO = 1,
	BODY_MIN = 38,
};

enum tls_result tls_old_hello(struct slice stream, struct tls_hello *ret)
{
	struct cursor c = cursor_over(stream);
	unsigned size = cursor_be16(&c), type = cursor_u8(&c), version = cursor_be16(&c);
	unsigned ciphers = cursor_be16(&c), session = cursor_be16(&c), challenge = cursor_be16(&c);
	if (c.short_read || size < 0x8000 || size - 0x8000 > OLD_SIZE_MAX || type != 1 ||
	    (version >> 8 != 3 && version != 2))
		return TLS_NOT;
	if (ciphers == 0 || ciphers % OLD_CIPHER != 0 || (session != 0 && session != 16) ||
	    challenge < OLD_CHALLENGE_MIN || challenge > OLD_CHALLENGE_MAX ||
	    size - 0x8000 != OLD_HEAD + ciphers + session + challenge)
		return TLS_NOT;
	*ret = (struct tls_hello){.version = (uint16_t)version};
	return TLS_HELLO;
}

bool tls_datagram(struct cursor *datagram, struct tls_piece *ret)
{
	unsigned type = cursor_u8(datagram), version = cursor_be16(datagram);
	cursor_skip(datagram, 8);
	struct cursor c = cursor_child(datagram, cursor_be16(datagram));
	if (datagram->short_read || type != RECORD_HANDSHAKE ||
	    ((version < 0xfefc || version > 0xfeff) && version != TLS_DTLS_DRAFT))
		return false;
	type = cursor_u8(&c);
	ret->size = cursor_be24(&c);
	cursor_skip(&c, 2);
	ret->offset = cursor_be24(&c);
	size_t size = cursor_be24(&c);
	ret->bytes = cursor_take(&c, size);
	return !c.short_read && type == MESSAGE_CLIENT_HELLO && ret->size >= BODY_MIN &&
	       ret->size <= TLS_HELLO_MAX && size > 0 && ret->offset <= ret->size &&
	       size <= ret->size - ret->offset;
}

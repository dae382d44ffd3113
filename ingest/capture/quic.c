/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9000, sections 17.2 and 19; RFC 9369, section 3.2; RFC 8999:
 *
 *   long     1 1 type:2 …:4  version:32  destination size:8  source size:8
 *            type 0 Initial, 1 0-RTT, 2 Handshake, 3 Retry; in version 2 one more,
 *            modulo 4; version 0: version negotiation
 *   Initial  token size:v  length:v  packet number …   (others without the token)
 *   v        2 bits tell the size (1, 2, 4, 8 bytes), the rest is the number
 *   frames   0 PADDING  1 PING  2, 3 ACK  6 CRYPTO offset:v size:v bytes
 *            1c CONNECTION_CLOSE
 *
 * Google's versions before the standard (Q043, Q046) are recognised by their own
 * headers; their first message is in the clear.
 */
#include "ingest/capture/quic.h"

#include "core/error.h"

enum {
	VERSION_1 = 1,
	VERSION_2 = 0x6b3343cf,
	VERSION_2_DRAFT = 0x709a50c4,
	RANGES_MAX = 256, /* of an ACK */
	FRAME_PADDING = 0,
	FRAME_PING = 1,
	FRAME_ACK = 2,
	FRAME_ACK_ECN = 3,
	FRAME_CRYPTO = 6,
	FRAME_CLOSE = 0x1c,
	GOOGLE_CONNECTION = 8,
	GOOGLE_FLAG_VERSION = 1,
	GOOGLE_FLAG_ID = 8,
	PACKET_MIN = 20,
};

static uint64_t read_number(struct cursor *c)
{
	unsigned first = cursor_u8(c);
	uint64_t value = first & 63;
	for (unsigned left = (1u << (first >> 6)) - 1; left > 0; left--)
		value = value << 8 | cursor_u8(c);
	return value;
}

static enum quic_how how_of(uint32_t version)
{
	if (version == VERSION_1 || version == VERSION_2 || version == VERSION_2_DRAFT)
		return QUIC_TLS;
	if (version >= 0xff000016 && version <= 0xff000022) /* drafts 22 to 34 */
		return QUIC_TLS;
	if (quic_is_reserved(version))
		return QUIC_TLS;
	switch (version) {
	case 0xfaceb001: /* Facebook's, after drafts 22 and 27 */
	case 0xfaceb002:
	case 0x54303530: /* T050, T051 */
	case 0x54303531:
		return QUIC_TLS;
	case 0x51303530: /* Q050 */
		return QUIC_CHLO;
	default:
		return QUIC_UNKNOWN;
	}
}

static bool is_google_plain(uint32_t version)
{
	return version >= 0x51303234 && version <= 0x51303438 && (version & 0xff) >= '0' &&
	       (version & 0xff) <= '9'; /* Q024 to Q048 */
}

/* Until Q043: flags:8 connection:64 version:32 …; the flags tell what is there. */
static bool google_old(struct cursor *datagram, struct quic_packet *ret)
{
	struct cursor c = *datagram;
	unsigned flags = cursor_u8(&c);
	if (!(flags & GOOGLE_FLAG_VERSION) || !(flags & GOOGLE_FLAG_ID) || flags >= 0x80)
		return false;
	ret->destination = cursor_take(&c, GOOGLE_CONNECTION);
	ret->version = cursor_be32(&c);
	if (c.short_read || !is_google_plain(ret->version))
		return false;
	ret->how = QUIC_PLAIN;
	ret->type = QUIC_INITIAL;
	ret->bytes = cursor_take(datagram, cursor_left(datagram));
	return true;
}

static enum quic_type type_of(unsigned first, uint32_t version)
{
	unsigned type = first >> 4 & 3;
	if (version == 0)
		return QUIC_NEGOTIATION;
	if (version == VERSION_2 || version == VERSION_2_DRAFT)
		type = (type + 3) % 4;
	return (enum quic_type)type;
}

bool quic_packet(struct cursor *datagram, struct quic_packet *ret)
{
	struct cursor c = *datagram;
	struct slice all = cursor_rest(datagram);
	unsigned first = cursor_u8(&c);
	*ret = (struct quic_packet){.version = cursor_be32(&c)};
	if (all.size < PACKET_MIN)
		return false;
	if (first < 0x80)
		return google_old(datagram, ret);
	ret->how = how_of(ret->version);
	ret->type = type_of(first, ret->version);
	if (is_google_plain(ret->version)) { /* Q046: the sizes share a byte */
		ret->how = QUIC_PLAIN;
		ret->type = QUIC_INITIAL;
		ret->bytes = cursor_take(datagram, all.size);
		return true;
	}
	size_t size = cursor_u8(&c);
	ret->destination = cursor_take(&c, size);
	size_t source = cursor_u8(&c);
	ret->source = cursor_take(&c, source);
	if (c.short_read || size > QUIC_ID_MAX || source > QUIC_ID_MAX ||
	    (first < 0xc0 && ret->version != 0))
		return false;
	if (ret->how == QUIC_UNKNOWN || ret->type == QUIC_RETRY || ret->type == QUIC_NEGOTIATION) {
		ret->bytes = cursor_take(datagram, all.size);
		return true;
	}
	if (ret->type == QUIC_INITIAL) {
		uint64_t token = read_number(&c);
		cursor_skip(&c, token < all.size ? (size_t)token : all.size + 1);
	}
	uint64_t length = read_number(&c);
	if (c.short_read)
		return false;
	ret->number_at = all.size - cursor_left(&c);
	ret->cut = length > cursor_left(&c);
	size_t left = ret->cut ? cursor_left(&c) : (size_t)length;
	ret->bytes = cursor_take(datagram, ret->number_at + left);
	return true;
}

static void skip_ack(struct cursor *c, bool ecn)
{
	(void)read_number(c);
	(void)read_number(c);
	uint64_t ranges = read_number(c);
	(void)read_number(c);
	if (ranges > RANGES_MAX)
		c->short_read = true;
	for (uint64_t i = 0; i < 2 * ranges && !c->short_read; i++)
		(void)read_number(c);
	for (int i = 0; ecn && i < 3; i++)
		(void)read_number(c);
}

static void skip_close(struct cursor *c)
{
	(void)read_number(c);
	(void)read_number(c);
	uint64_t size = read_number(c);
	cursor_skip(c, size < cursor_left(c) ? (size_t)size : cursor_left(c));
}

bool quic_crypto(struct cursor *payload, struct quic_crypto *ret, const char **ret_problem)
{
	*ret_problem = NULL;
	while (cursor_left(payload) > 0 && !payload->short_read) {
		uint64_t size;
		switch (cursor_u8(payload)) {
		case FRAME_PADDING:
		case FRAME_PING:
			break;
		case FRAME_ACK:
			skip_ack(payload, false);
			break;
		case FRAME_ACK_ECN:
			skip_ack(payload, true);
			break;
		case FRAME_CLOSE:
			skip_close(payload);
			break;
		case FRAME_CRYPTO:
			ret->offset = read_number(payload);
			size = read_number(payload);
			if (size > cursor_left(payload) || payload->short_read)
				payload->short_read = true;
			else {
				ret->bytes = cursor_take(payload, (size_t)size);
				return true;
			}
			break;
		default:
			payload->short_read = true;
		}
	}
	if (payload->short_read)
		*ret_problem = "a QUIC Initial with frames that cannot be read";
	return false;
}

bool quic_google_name(struct slice payload, struct slice *ret)
{
	enum { TAGS_MAX = 128, TAG_SNI = 0x534e4900 };
	struct cursor c = cursor_over(payload);
	uint32_t from = 0, begin = 0, end = 0;
	cursor_skip(&c, slice_search(payload, SLICE("CHLO")));
	cursor_skip(&c, 4);
	unsigned tags = cursor_le16(&c);
	cursor_skip(&c, 2);
	*ret = slice_of(NULL, 0);
	if (c.short_read || tags == 0 || tags > TAGS_MAX)
		return false;
	for (unsigned i = 0; i < tags; i++) {
		uint32_t tag = cursor_be32(&c), to = cursor_le32(&c);
		if (tag == TAG_SNI && to >= from) {
			begin = from;
			end = to;
		}
		from = to;
	}
	struct slice values = cursor_rest(&c);
	if (c.short_read)
		return false;
	if (end <= values.size)
		*ret = slice_part(values, begin, end - begin);
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 9001, sections 5.2 to 5.4; RFC 9369, section 3.3; RFC 5869; RFC 8446, 7.1:
 *
 *   secret = HMAC(salt of the version, destination of the first Initial)
 *   client = expand(secret, "client in"), from it "quic key" (16), "quic iv" (12),
 *            "quic hp" (16); in version 2 "quicv2 …"
 *   expand(secret, label, size) = HMAC(secret, size:16 n:8 "tls13 " label 0 1)
 *
 *   header protection: AES-ECB(hp, 16 bytes from 4 behind the start of the packet
 *   number); its first byte masks the lower 4 bits of the first byte, the next ones
 *   the packet number, whose size stands in the lowest 2 bits
 *   payload: AES-128-GCM, nonce = iv xor packet number, the header is authenticated
 *
 * Keys are derived once a connection. Everything OpenSSL needs is allocated once.
 */
#include "ingest/capture/quic.h"

#include "core/error.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <stdlib.h>
#include <string.h>

enum {
	CONNECTIONS = 1024, /* by flow; one that is forgotten costs a derivation */
	SECRET = 32,
	KEY = 16,
	IV = 12,
	TAG = 16,
	SAMPLE_AT = 4,
	SALT = 20,
	LABEL_MAX = 32,
	OPENED_MAX = 1 << 16,
	HEADER_MAX = 1 << 12, /* a token may be long */
};

struct keys {
	int64_t flow; /* 0: none */
	uint32_t version;
	size_t id_size;
	unsigned char id[QUIC_ID_MAX];
	unsigned char key[KEY], iv[IV], mask_key[KEY];
};

struct quic {
	EVP_MAC *mac;
	EVP_MAC_CTX *hmac;
	EVP_CIPHER *ecb, *gcm;
	EVP_CIPHER_CTX *masking, *opening;
	struct keys all[CONNECTIONS];
	unsigned char header[HEADER_MAX], opened[OPENED_MAX];
};

static const struct salt {
	uint32_t from, to; /* versions */
	unsigned char bytes[SALT];
} salts[] = {
	{1,
	 1,
	 {0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
	  0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a}},
	{0x6b3343cf,
	 0x6b3343cf,
	 {0x0d, 0xed, 0xe3, 0xde, 0xf7, 0x00, 0xa6, 0xdb, 0x81, 0x93,
	  0x81, 0xbe, 0x6e, 0x26, 0x9d, 0xcb, 0xf9, 0xbd, 0x2e, 0xd9}},
	{0x709a50c4,
	 0x709a50c4,
	 {0xa7, 0x07, 0xc2, 0x03, 0xa5, 0x9b, 0x47, 0x18, 0x4a, 0x1d,
	  0x62, 0xca, 0x57, 0x04, 0x06, 0xea, 0x7a, 0xe3, 0xe5, 0xd3}},
	{0xff000021, /* drafts 33, 34 */
	 0xff000022,
	 {0x38, 0x76, 0x2c, 0xf7, 0xf5, 0x59, 0x34, 0xb3, 0x4d, 0x17,
	  0x9a, 0xe6, 0xa4, 0xc8, 0x0c, 0xad, 0xcc, 0xbb, 0x7f, 0x0a}},
	{0xff00001d, /* 29 to 32 */
	 0xff000020,
	 {0xaf, 0xbf, 0xec, 0x28, 0x99, 0x93, 0xd2, 0x4c, 0x9e, 0x97,
	  0x86, 0xf1, 0x9c, 0x61, 0x11, 0xe0, 0x43, 0x90, 0xa8, 0x99}},
	{0xff000017, /* 23 to 28 */
	 0xff00001c,
	 {0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7,
	  0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02}},
	{0xfaceb002,
	 0xfaceb002,
	 {0xc3, 0xee, 0xf7, 0x12, 0xc7, 0x2e, 0xbb, 0x5a, 0x11, 0xa7,
	  0xd2, 0x43, 0x2b, 0xb4, 0x63, 0x65, 0xbe, 0xf9, 0xf5, 0x02}},
	{0xff000016, /* 22 */
	 0xff000016,
	 {0x7f, 0xbc, 0xdb, 0x0e, 0x7c, 0x66, 0xbb, 0xe9, 0x19, 0x3a,
	  0x96, 0xcd, 0x21, 0x51, 0x9e, 0xbd, 0x7a, 0x02, 0x64, 0x4a}},
	{0xfaceb001,
	 0xfaceb001,
	 {0x7f, 0xbc, 0xdb, 0x0e, 0x7c, 0x66, 0xbb, 0xe9, 0x19, 0x3a,
	  0x96, 0xcd, 0x21, 0x51, 0x9e, 0xbd, 0x7a, 0x02, 0x64, 0x4a}},
	{0x51303530, /* Q050 */
	 0x51303530,
	 {0x50, 0x45, 0x74, 0xef, 0xd0, 0x66, 0xfe, 0x2f, 0x9d, 0x94,
	  0x5c, 0xfc, 0xdb, 0xd3, 0xa7, 0xf0, 0xd3, 0xb5, 0x6b, 0x45}},
	{0x54303530, /* T050 */
	 0x54303530,
	 {0x7f, 0xf5, 0x79, 0xe5, 0xac, 0xd0, 0x72, 0x91, 0x55, 0x80,
	  0x30, 0x4c, 0x43, 0xa2, 0x36, 0x7c, 0x60, 0x48, 0x83, 0x10}},
	{0x54303531, /* T051 */
	 0x54303531,
	 {0x7a, 0x4e, 0xde, 0xf4, 0xe7, 0xcc, 0xee, 0x5f, 0xa4, 0x50,
	  0x6c, 0x19, 0x12, 0x4f, 0xc8, 0xcc, 0xda, 0x6e, 0x03, 0x3d}},
};

struct quic *quic_new(void)
{
	struct quic *q = must_alloc(1, sizeof *q);
	char digest[] = "SHA256";
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_end(),
	};
	q->mac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	q->hmac = q->mac ? EVP_MAC_CTX_new(q->mac) : NULL;
	q->ecb = EVP_CIPHER_fetch(NULL, "AES-128-ECB", NULL);
	q->gcm = EVP_CIPHER_fetch(NULL, "AES-128-GCM", NULL);
	q->masking = EVP_CIPHER_CTX_new();
	q->opening = EVP_CIPHER_CTX_new();
	if (!q->hmac || !q->ecb || !q->gcm || !q->masking || !q->opening ||
	    EVP_MAC_CTX_set_params(q->hmac, params) != 1)
		die("OpenSSL has no AES-128 or no HMAC here");
	return q;
}

void quic_free(struct quic *q)
{
	if (!q)
		return;
	EVP_CIPHER_CTX_free(q->opening);
	EVP_CIPHER_CTX_free(q->masking);
	EVP_CIPHER_free(q->gcm);
	EVP_CIPHER_free(q->ecb);
	EVP_MAC_CTX_free(q->hmac);
	EVP_MAC_free(q->mac);
	free(q);
}

static bool hmac(struct quic *q, struct slice key, struct slice message,
		 unsigned char ret[static SECRET])
{
	size_t size = 0;
	return EVP_MAC_init(q->hmac, key.at, key.size, NULL) == 1 &&
	       EVP_MAC_update(q->hmac, message.at, message.size) == 1 &&
	       EVP_MAC_final(q->hmac, ret, &size, SECRET) == 1 && size == SECRET;
}

/* At most SECRET bytes: one round is enough. */
static bool expand(struct quic *q, const unsigned char secret[static SECRET], const char *label,
		   size_t size, unsigned char *ret)
{
	static const char before[] = "tls13 ";
	unsigned char info[LABEL_MAX] = {0, (unsigned char)size}, out[SECRET];
	size_t length = strlen(label), at = 3;
	info[2] = (unsigned char)(sizeof before - 1 + length);
	memcpy(info + at, before, sizeof before - 1);
	at += sizeof before - 1;
	memcpy(info + at, label, length);
	at += length;
	info[at++] = 0;
	info[at++] = 1;
	if (!hmac(q, slice_of(secret, SECRET), slice_of(info, at), out))
		return false;
	memcpy(ret, out, size);
	return true;
}

static bool derive(struct quic *q, const struct quic_packet *p, struct keys *ret)
{
	unsigned char secret[SECRET], client[SECRET];
	bool second = p->version == 0x6b3343cf || p->version == 0x709a50c4;
	const struct salt *salt = NULL;
	for (size_t i = 0; i < LENGTH(salts) && !salt; i++)
		if ((p->version >= salts[i].from && p->version <= salts[i].to) ||
		    (quic_is_reserved(p->version) && salts[i].from == 1))
			salt = &salts[i];
	if (!salt || p->destination.size > QUIC_ID_MAX)
		return false;
	ret->version = p->version;
	ret->id_size = p->destination.size;
	if (ret->id_size)
		memcpy(ret->id, p->destination.at, ret->id_size);
	return hmac(q, slice_of(salt->bytes, SALT), p->destination, secret) &&
	       expand(q, secret, "client in", SECRET, client) &&
	       expand(q, client, second ? "quicv2 key" : "quic key", KEY, ret->key) &&
	       expand(q, client, second ? "quicv2 iv" : "quic iv", IV, ret->iv) &&
	       expand(q, client, second ? "quicv2 hp" : "quic hp", KEY, ret->mask_key);
}

/* Takes the protection off the header; false where the packet is too short. */
static bool unmask(struct quic *q, const struct keys *k, const struct quic_packet *p,
		   size_t *ret_header, uint32_t *ret_number)
{
	struct slice sample = slice_part(p->bytes, p->number_at + SAMPLE_AT, TAG);
	unsigned char mask[2 * TAG];
	int size = 0;
	if (sample.size < TAG || p->number_at + 4 > HEADER_MAX)
		return false;
	if (EVP_EncryptInit_ex2(q->masking, q->ecb, k->mask_key, NULL, NULL) != 1 ||
	    EVP_CIPHER_CTX_set_padding(q->masking, 0) != 1 ||
	    EVP_EncryptUpdate(q->masking, mask, &size, sample.at, TAG) != 1)
		return false;
	memcpy(q->header, p->bytes.at, p->number_at + 4);
	q->header[0] ^= mask[0] & 15;
	size_t length = (q->header[0] & 3u) + 1;
	uint32_t number = 0;
	for (size_t i = 0; i < length; i++) {
		q->header[p->number_at + i] ^= mask[1 + i];
		number = number << 8 | q->header[p->number_at + i];
	}
	*ret_header = p->number_at + length;
	*ret_number = number;
	return true;
}

static bool open_with(struct quic *q, const struct keys *k, const struct quic_packet *p,
		      struct slice *ret)
{
	size_t header;
	uint32_t number;
	unsigned char nonce[IV], tag[TAG];
	int size = 0, rest = 0;
	if (!unmask(q, k, p, &header, &number))
		return false;
	struct slice sealed = slice_part(p->bytes, header, p->bytes.size);
	if (sealed.size <= TAG || sealed.size > OPENED_MAX)
		return false;
	sealed.size -= TAG;
	memcpy(tag, sealed.at + sealed.size, TAG);
	memcpy(nonce, k->iv, IV);
	for (size_t i = 0; i < 4; i++)
		nonce[IV - 1 - i] ^= (unsigned char)(number >> (8 * i));
	if (EVP_DecryptInit_ex2(q->opening, q->gcm, k->key, nonce, NULL) != 1 ||
	    EVP_DecryptUpdate(q->opening, NULL, &size, q->header, (int)header) != 1 ||
	    EVP_DecryptUpdate(q->opening, q->opened, &size, sealed.at, (int)sealed.size) != 1 ||
	    EVP_CIPHER_CTX_ctrl(q->opening, EVP_CTRL_AEAD_SET_TAG, TAG, tag) != 1 ||
	    EVP_DecryptFinal_ex(q->opening, q->opened + size, &rest) != 1)
		return false;
	*ret = slice_of(q->opened, (size_t)size);
	return true;
}

bool quic_knows(const struct quic *q, int64_t flow, struct slice destination)
{
	const struct keys *k = &q->all[(uint64_t)flow % CONNECTIONS];
	return k->flow == flow && slice_equal(slice_of(k->id, k->id_size), destination);
}

bool quic_open(struct quic *q, int64_t flow, const struct quic_packet *p, struct slice *ret)
{
	struct keys *known = &q->all[(uint64_t)flow % CONNECTIONS];
	struct keys fresh = {.flow = flow};
	/* the server chooses another identifier; the keys stay those of the first one */
	if (known->flow == flow && known->version == p->version && open_with(q, known, p, ret))
		return true;
	if (quic_knows(q, flow, p->destination) || !derive(q, p, &fresh) ||
	    !open_with(q, &fresh, p, ret))
		return false;
	*known = fresh;
	return true;
}

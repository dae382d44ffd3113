/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Initials sealed here with OpenSSL's own HKDF (RFC 9001, 5), so that reader and test
 * share neither the derivation nor the protection.
 */
#include "tests/unit/capture_build.h"
#include "tests/unit/capture_hello.h"

#include "ingest/capture/quic.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

static const struct ends ASK = {"192.0.2.1", "198.51.100.7", 40000, 443, OUT};

#define NAMES "SELECT name, how, substr(detail, 1, 7) FROM name ORDER BY id"

struct version {
	uint32_t number;
	const char *salt; /* hexadecimal */
	unsigned initial; /* first byte, unprotected */
	const char *prefix;
};

static const struct version V1 = {1, "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", 0xc0, "quic"};

static void hkdf(int mode, struct slice key, struct slice extra, unsigned char *ret, size_t size)
{
	EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
	EVP_KDF_CTX *c = EVP_KDF_CTX_new(kdf);
	char digest[] = "SHA256";
	const char *name = mode == EVP_KDF_HKDF_MODE_EXTRACT_ONLY ? OSSL_KDF_PARAM_SALT
								  : OSSL_KDF_PARAM_INFO;
	unsigned char key_copy[64], extra_copy[64];
	memcpy(key_copy, key.at, key.size);
	memcpy(extra_copy, extra.at, extra.size);
	const OSSL_PARAM params[] = {
		OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
		OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest, 0),
		OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key_copy, key.size),
		OSSL_PARAM_construct_octet_string(name, extra_copy, extra.size),
		OSSL_PARAM_construct_end(),
	};
	assert_int_equal(EVP_KDF_derive(c, ret, size, params), 1);
	EVP_KDF_CTX_free(c);
	EVP_KDF_free(kdf);
}

static void expand(const unsigned char secret[32], const char *prefix, const char *label,
		   unsigned char *ret, size_t size)
{
	char info[64];
	size_t length = strlen(prefix) + strlen(label);
	int used = snprintf(info, sizeof info, "%c%c%ctls13 %s%s%c", 0, (int)size,
			    (int)length + 6, prefix, label, 0);
	hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, slice_of(secret, 32), slice_of(info, (size_t)used), ret,
	     size);
}

struct secrets {
	unsigned char key[16], iv[12], mask[16];
};

static struct secrets secrets_of(const struct version *v, struct slice id)
{
	unsigned char salt[20], secret[32], client[32];
	struct secrets s;
	assert_true(slice_hex_bytes(slice_of_string(v->salt), sizeof salt, salt));
	hkdf(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, id, slice_of(salt, sizeof salt), secret, 32);
	expand(secret, "", "client in", client, 32);
	char label[16];
	snprintf(label, sizeof label, "%s ", v->prefix);
	expand(client, label, "key", s.key, 16);
	expand(client, label, "iv", s.iv, 12);
	expand(client, label, "hp", s.mask, 16);
	return s;
}

static void encrypt(const EVP_CIPHER *cipher, const unsigned char *key, const unsigned char *iv,
		    struct slice header, struct slice in, unsigned char *out, unsigned char *tag)
{
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	int size;
	assert_int_equal(EVP_EncryptInit_ex(c, cipher, NULL, key, iv), 1);
	EVP_CIPHER_CTX_set_padding(c, 0);
	if (tag)
		assert_int_equal(
			EVP_EncryptUpdate(c, NULL, &size, header.at, (int)header.size), 1);
	assert_int_equal(EVP_EncryptUpdate(c, out, &size, in.at, (int)in.size), 1);
	if (tag) {
		assert_int_equal(EVP_EncryptFinal_ex(c, out + size, &size), 1);
		EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_AEAD_GET_TAG, 16, tag);
	}
	EVP_CIPHER_CTX_free(c);
}

/* A whole Initial with `frames` in it; `keyed` is the identifier the keys come from. */
static void put_initial(struct build *b, const struct version *v, struct slice id,
			struct slice keyed, uint32_t number, struct slice frames)
{
	struct build *h = calloc(1, sizeof *h);
	struct secrets s = secrets_of(v, keyed);
	unsigned char nonce[12], sealed[2000], tag[16], mask[16];
	assert_non_null(h);
	put_be(h, 1, v->initial | 1); /* a packet number of two bytes */
	put_be(h, 4, v->number);
	put_be(h, 1, id.size);
	put(h, id);
	put_be(h, 1, 3);
	put_text(h, "src");
	put_be(h, 1, 2);
	put_text(h, "tk");
	put_be(h, 2, 0x4000 + 2 + frames.size + 16);
	put_be(h, 2, number);
	memcpy(nonce, s.iv, 12);
	nonce[11] ^= (unsigned char)number;
	nonce[10] ^= (unsigned char)(number >> 8);
	encrypt(EVP_aes_128_gcm(), s.key, nonce, built(h), frames, sealed, tag);
	memcpy(sealed + frames.size, tag, 16);
	encrypt(EVP_aes_128_ecb(), s.mask, NULL, slice_of(NULL, 0), slice_of(sealed + 2, 16), mask,
		NULL);
	h->bytes[0] ^= mask[0] & 15;
	h->bytes[h->size - 2] ^= mask[1];
	h->bytes[h->size - 1] ^= mask[2];
	put(b, built(h));
	put(b, slice_of(sealed, frames.size + 16));
	free(h);
}

static void put_crypto(struct build *b, const struct build *m, size_t from, size_t size)
{
	struct slice part = slice_part(built(m), from, size);
	put_be(b, 1, 6);
	put_be(b, 2, 0x4000 + from);
	put_be(b, 2, 0x4000 + part.size);
	put(b, part);
}

static void check(struct capture *c, const char *names, const char *skips)
{
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, NAMES, names);
	check_rows(store, SKIPS, skips);
	check_rows(store, "SELECT DISTINCT app FROM flow", "quic\n");
	store_abandon(&store);
	free(c);
}

static const struct slice ID = {(const unsigned char *)"\1\2\3\4\5\6\7\x08", 8};

static void every_version(void **state)
{
	(void)state;
	static const struct version all[] = {
		{1, "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", 0xc0, "quic"},
		{0x6b3343cf, "0dede3def700a6db819381be6e269dcbf9bd2ed9", 0xd0, "quicv2"},
		{0x1a2a3a4a, "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", 0xc0, "quic"}, /* forces negotiation */
		{0xff000022, "38762cf7f55934b34d179ae6a4c80cadccbb7f0a", 0xc0, "quic"},
		{0xff00001d, "afbfec289993d24c9e9786f19c6111e04390a899", 0xc0, "quic"},
		{0xff00001b, "c3eef712c72ebb5a11a7d2432bb46365bef9f502", 0xc0, "quic"},
		{0xff000016, "7fbcdb0e7c66bbe9193a96cd21519ebd7a02644a", 0xc0, "quic"},
	};
	struct build *m = hello("quic.test", 1), *f = calloc(1, sizeof *f);
	assert_non_null(f);
	put_crypto(f, m, 0, m->size);
	put_be(f, 8, 0);
	for (size_t i = 0; i < LENGTH(all); i++) {
		struct capture *c = capture_begin(276);
		struct build *b = calloc(1, sizeof *b);
		assert_non_null(b);
		put_initial(b, &all[i], ID, ID, 0x1234, built(f));
		capture_udp(c, ASK, built(b));
		check(c, "quic.test quic_sni TLS 1.3\n", "");
		free(b);
	}
	struct build *nobody = hello_of_nobody(), *b = calloc(1, sizeof *b);
	struct capture *c = capture_begin(276);
	assert_non_null(b);
	f->size = 0;
	put_crypto(f, nobody, 0, nobody->size);
	put_be(f, 8, 0);
	put_initial(b, &all[0], ID, ID, 0x1234, built(f));
	capture_udp(c, ASK, built(b));
	check(c, " quic TLS 1.3\n", "");
	free(nobody);
	free(b);
	free(m);
	free(f);
}

/* Four pieces in three packets of two datagrams, the last one first; the client uses
 * the server's identifier from the second datagram on. */
static void pieces_in_any_order(void **state)
{
	(void)state;
	struct build *m = hello("pieces.test", 900), *f = calloc(1, sizeof *f),
		     *b = calloc(1, sizeof *b);
	struct capture *c = capture_begin(276);
	assert_true(f && b);
	size_t size = m->size / 4 + 1;
	put_crypto(f, m, 3 * size, size);
	put_be(f, 1, 1); /* PING */
	put_crypto(f, m, size, size);
	put_initial(b, &V1, ID, ID, 0, built(f));
	f->size = 0;
	put_be(f, 5, 0x0200010000); /* ACK */
	put_crypto(f, m, 2 * size, size);
	put_initial(b, &V1, ID, ID, 1, built(f));
	capture_udp(c, ASK, built(b));
	capture_udp(c, back(ASK), SLICE("\xe0\0\0\0\1\3src\4serv\x40\x10................"));
	f->size = b->size = 0;
	put_crypto(f, m, 0, size);
	put_initial(b, &V1, SLICE("serv"), ID, 2, built(f));
	capture_udp(c, ASK, built(b));
	check(c, "pieces.test quic_sni TLS 1.3\n", "");
	free(m);
	free(f);
	free(b);
}

/* After a Retry the keys come from the identifier that it gave. */
static void after_a_retry(void **state)
{
	(void)state;
	struct build *m = hello("retry.test", 1), *f = calloc(1, sizeof *f),
		     *b = calloc(1, sizeof *b);
	struct capture *c = capture_begin(276);
	assert_true(f && b);
	put_crypto(f, m, 0, 50); /* the first try is not whole */
	put_initial(b, &V1, ID, ID, 0, built(f));
	capture_udp(c, ASK, built(b));
	capture_udp(c, back(ASK), SLICE("\xf0\0\0\0\1\3src\5retry token and a tag......"));
	f->size = b->size = 0;
	put_crypto(f, m, 0, m->size);
	put_initial(b, &V1, SLICE("retry"), SLICE("retry"), 1, built(f));
	capture_udp(c, ASK, built(b));
	check(c, "retry.test quic_sni TLS 1.3\n", "");
	free(m);
	free(f);
	free(b);
}

static void what_cannot_be_read_is_counted(void **state)
{
	(void)state;
	struct build *m = hello("lost.test", 1), *f = calloc(1, sizeof *f),
		     *b = calloc(1, sizeof *b);
	struct capture *c = capture_begin(276);
	struct ends e = ASK;
	assert_true(f && b);
	put_crypto(f, m, 0, m->size);
	put_initial(b, &V1, ID, ID, 0, built(f));
	capture_udp(c, e, slice_part(built(b), 0, b->size - 20));
	b->bytes[b->size - 1] ^= 1;
	e.sport++;
	capture_udp(c, e, built(b));
	f->size = b->size = 0;
	put_crypto(f, m, 0, 60);
	put_initial(b, &V1, ID, ID, 0, built(f));
	e.sport++;
	capture_udp(c, e, built(b));
	f->size = b->size = 0;
	put_be(f, 8, 0x3fffffffffffffff); /* no frame of an Initial */
	put_initial(b, &V1, ID, ID, 0, built(f));
	e.sport++;
	capture_udp(c, e, built(b));
	e.sport++;
	capture_udp(c, e, SLICE("\xc0\x0f\0\0\1\4abcd\0................"));
	check(c, "",
	      "a ClientHello that is cut off 1\na QUIC Initial that cannot be decrypted 1\n"
	      "a QUIC Initial that is cut off 1\na QUIC Initial with frames that cannot be read 1\n"
	      "a QUIC packet of an unknown version 1\n");
	free(m);
	free(f);
	free(b);
}

#define CHLO "CHLO\3\0\0\0PAD\0\4\0\0\0SNI\0\x0f\0\0\0VER\0\x13\0\0\0....google.testQ043"

static void googles_own(void **state)
{
	(void)state;
	struct slice name;
	struct capture *c = capture_begin(276);
	capture_udp(c, ASK, SLICE("\x0d" "connect1Q043\1............\xa0\1" CHLO));
	struct ends e = ASK;
	e.sport++;
	capture_udp(c, e, SLICE("\xc3Q046\x50" "connect1\0\0\0\1............\xa0\1" CHLO));
	struct store *store = store_in_memory();
	(void)read_into(store, &reader_pcapng, built(&c->file));
	check_rows(store, "SELECT name, how, detail FROM name ORDER BY id",
		   "google.test quic_sni QUIC Q043\ngoogle.test quic_sni QUIC Q046\n");
	store_abandon(&store);
	free(c);
	struct slice whole = SLICE(CHLO);
	for (size_t size = 0; size < 32; size++)
		assert_false(quic_google_name(slice_part(whole, 0, size), &name));
	assert_true(quic_google_name(slice_part(whole, 0, 40), &name)); /* the name is cut */
	assert_int_equal(name.size, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_version),
		cmocka_unit_test(pieces_in_any_order),
		cmocka_unit_test(after_a_retry),
		cmocka_unit_test(what_cannot_be_read_is_counted),
		cmocka_unit_test(googles_own),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

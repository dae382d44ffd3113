/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/secret.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/random.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BLOCK_SIZE = 64 /* of SHA-256 */, INNER_PAD = 0x36, OUTER_PAD = 0x5c };

struct secret {
	unsigned char inner[BLOCK_SIZE], outer[BLOCK_SIZE];
	struct hash *hash; /* for use again and again */
};

struct secret *secret_new(const unsigned char key[static SECRET_SIZE])
{
	struct secret *s = must_alloc(1, sizeof *s);
	s->hash = hash_new();
	for (size_t i = 0; i < BLOCK_SIZE; i++) {
		unsigned char byte = i < SECRET_SIZE ? key[i] : 0;
		s->inner[i] = byte ^ INNER_PAD;
		s->outer[i] = byte ^ OUTER_PAD;
	}
	return s;
}

void secret_free(struct secret *s)
{
	if (!s)
		return;
	hash_free(s->hash);
	explicit_bzero(s, sizeof *s);
	free(s);
}

static enum status make(const char *path, unsigned char ret[static SECRET_SIZE], struct error *err)
{
	AUTO_FD int fd = -1;
	AUTO_TEXT struct text line = text_make(2 * SECRET_SIZE + 1);
	random_bytes(ret, SECRET_SIZE);
	text_add_hex(&line, ret, SECRET_SIZE);
	text_add_char(&line, '\n');
	enum status status = file_create(AT_FDCWD, path, &fd, err);
	if (!status)
		status = file_write_fd(fd, text_slice(&line), path, err);
	if (!status)
		status = file_sync(fd, path, err);
	return status ? status : file_close(&fd, path, err);
}

static enum status read_it(const char *path, unsigned char ret[static SECRET_SIZE], struct error *err)
{
	AUTO_TEXT struct text line = text_make(2 * SECRET_SIZE + 2);
	enum status status = file_read(AT_FDCWD, path, 2 * SECRET_SIZE + 2, &line, err);
	struct slice text = text_slice(&line);
	if (slice_ends(text, "\n"))
		text.size--;
	if (!status && !slice_hex_bytes(text, SECRET_SIZE, ret))
		status = fail(err, ERR_CONFIG, "%s: no key for pseudonyms: those are 64 hexadecimal digits; name a file "
			      "that is not there, and one is made", path);
	return status;
}

enum status secret_open(const char *path, struct secret **ret, bool *ret_made, struct error *err)
{
	unsigned char key[SECRET_SIZE];
	struct stat st;
	*ret_made = lstat(path, &st) != 0;
	if (!*ret_made && (st.st_mode & 077) != 0)
		return fail(err, ERR_PERMISSION, "%s: others may read it; who has this key can undo what it hides (chmod 600)", path);
	enum status status = *ret_made ? make(path, key, err) : read_it(path, key, err);
	if (!status)
		*ret = secret_new(key);
	explicit_bzero(key, sizeof key);
	return status;
}

static void one_block(const struct secret *s, const char *use, uint32_t counter, uint32_t block, struct slice bytes,
		      unsigned char ret[static HASH_SIZE])
{
	const unsigned char numbers[8] = {
		(unsigned char)(counter >> 24), (unsigned char)(counter >> 16), (unsigned char)(counter >> 8), (unsigned char)counter,
		(unsigned char)(block >> 24), (unsigned char)(block >> 16), (unsigned char)(block >> 8), (unsigned char)block,
	};
	hash_reset(s->hash);
	hash_add(s->hash, slice_of(s->inner, BLOCK_SIZE));
	hash_add(s->hash, slice_of(use, strlen(use) + 1));
	hash_add(s->hash, slice_of(numbers, sizeof numbers));
	hash_add(s->hash, bytes);
	hash_peek(s->hash, ret);
	hash_reset(s->hash);
	hash_add(s->hash, slice_of(s->outer, BLOCK_SIZE));
	hash_add(s->hash, slice_of(ret, HASH_SIZE));
	hash_peek(s->hash, ret);
}

void secret_stream(const struct secret *s, const char *use, uint32_t counter, struct slice bytes, unsigned char ret[],
		   size_t size)
{
	unsigned char digest[HASH_SIZE];
	for (size_t at = 0, block = 0; at < size; at += HASH_SIZE, block++) {
		one_block(s, use, counter, (uint32_t)block, bytes, digest);
		memcpy(ret + at, digest, size - at < HASH_SIZE ? size - at : HASH_SIZE);
	}
}

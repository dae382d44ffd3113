/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What is the same whoever computes SHA-256: hash_openssl.c, or what the system brings
 * along (windows/hash_bcrypt.c, macos/hash_commoncrypto.c).
 */
#include "core/hash.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { READ_SIZE = 256 * 1024 };

void hash_text(const unsigned char digest[static HASH_SIZE], char ret[static HASH_TEXT_MAX])
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < HASH_SIZE; i++) {
		ret[2 * i] = digits[digest[i] >> 4];
		ret[2 * i + 1] = digits[digest[i] & 15];
	}
	ret[2 * HASH_SIZE] = 0;
}

enum status hash_fd(int fd, unsigned char ret[static HASH_SIZE], uint64_t *ret_size,
		    struct error *err)
{
	AUTO_HASH struct hash *h = hash_new();
	unsigned char *buffer = must_alloc(READ_SIZE, 1);
	uint64_t total = 0;
	ssize_t got;
	while ((got = read(fd, buffer, READ_SIZE)) != 0) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			break;
		hash_add(h, slice_of(buffer, (size_t)got));
		total += (uint64_t)got;
	}
	int code = errno;
	free(buffer);
	if (got < 0)
		return fail_errno(err, ERR_IO, code, "cannot read");
	hash_peek(h, ret);
	if (ret_size)
		*ret_size = total;
	return OK;
}

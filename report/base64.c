/* SPDX-License-Identifier: Apache-2.0 */
#include "report/base64.h"

#include "core/auto.h"

#include <openssl/evp.h>

void base64_add(struct text *out, struct slice bytes)
{
	if (bytes.size > BASE64_BYTES_MAX) {
		out->overflow = true;
		return;
	}
	AUTO_FREE unsigned char *text = must_alloc(bytes.size / 3 * 4 + 8, 1);
	int size = EVP_EncodeBlock(text, bytes.at, (int)bytes.size);
	text_add(out, slice_of(text, (size_t)size));
}

/* EVP_DecodeBlock() passes over blanks at either end. */
static bool has_form(struct slice base64)
{
	struct cursor c = cursor_over(base64);
	if (base64.size % 4 != 0 || base64.size / 4 * 3 > BASE64_BYTES_MAX)
		return false;
	for (size_t i = 0; i < base64.size; i++) {
		char at = (char)cursor_u8(&c);
		bool letter = (at >= 'a' && at <= 'z') || (at >= 'A' && at <= 'Z') || (at >= '0' && at <= '9') ||
			      at == '+' || at == '/';
		if (!letter && !(at == '=' && i + 2 >= base64.size))
			return false;
	}
	return true;
}

bool base64_read(struct slice base64, struct text *ret)
{
	if (!has_form(base64))
		return false;
	if (base64.size == 0)
		return true;
	size_t padding = slice_ends(base64, "==") ? 2 : slice_ends(base64, "=") ? 1 : 0;
	AUTO_FREE unsigned char *bytes = must_alloc(base64.size / 4 * 3, 1);
	int size = EVP_DecodeBlock(bytes, base64.at, (int)base64.size);
	if (size < 0 || (size_t)size < padding)
		return false;
	text_add(ret, slice_of(bytes, (size_t)size - padding));
	return !ret->overflow;
}

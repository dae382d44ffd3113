/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Foreign text with pseudonyms in it: what is a word of the original in small letters is none
 * of the result, unless it may stay.
 */
#include "core/auto.h"
#include "redact/mask.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	static const unsigned char key[SECRET_SIZE] = "fuzz";
	struct secret *secret = secret_new(key);
	for (enum mask how = MASK_TEXT; how <= MASK_NAME; how++) {
		struct pseudonyms *p = pseudonyms_new(secret);
		AUTO_FREE unsigned char *text = must_alloc(size + 1, 1);
		if (size)
			memcpy(text, data, size);
		mask_text(p, how, text, size);
		for (size_t i = 0; i < size; i++) /* it was only to be noted */
			if (pseudonym_is_part(data[i]) && text[i] != data[i] && !memchr(data, 0, size))
				abort();
		pseudonyms_settle(p);
		mask_text(p, how, text, size);
		for (size_t i = 0; i < size; i++)
			if (!memchr(data, 0, size) && pseudonym_is_part(data[i]) != pseudonym_is_part(text[i]))
				abort();
		pseudonyms_free(p);
	}
	secret_free(secret);
	return 0;
}

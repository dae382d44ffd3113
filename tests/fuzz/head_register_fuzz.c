/* SPDX-License-Identifier: Apache-2.0 */
/* The log of a register, line by line; the register holds what the lines lead to, or not. */
#include "core/head_register.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct cursor c = cursor_over(slice_of(data, size));
	struct head_replay r = {0};
	struct head_register held, again;
	struct slice line;
	uint64_t number = 0;
	while (cursor_line(&c, &line, NULL)) {
		AUTO_TEXT struct text text = text_make(HEAD_LINE_MAX);
		if (!head_register_read(line, &held)) {
			head_register_add(&held, &text);
			if (head_register_read(text_slice(&text), &again) || memcmp(again.value, held.value, HASH_SIZE) != 0)
				abort();
		}
		head_replay_line(&r, line, ++number);
	}
	if (r.begun && (r.from_line == 0 || r.from_line + r.lines > number + 1 || !r.lines))
		abort();
	held = r.from;
	memcpy(held.value, r.value, HASH_SIZE);
	if (head_replay_holds(&r, &held) != r.begun)
		abort();
	return 0;
}

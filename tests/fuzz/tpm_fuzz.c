/* SPDX-License-Identifier: Apache-2.0 */
/* An answer of a TPM: the first byte says to which question, and of which register. */
#include "core/tpm.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct slice answer = slice_part(slice_of(data, size), 1, size);
	unsigned char value[HASH_SIZE] = {0};
	struct tpm_clock clock = {0};
	uint32_t code = 0;
	bool there = true;
	const char *wrong;
	if (!size)
		return 0;
	unsigned number = data[0] / 3u % TPM_REGISTERS, question = data[0] % 3;
	if (question == 0)
		wrong = tpm_take_extended(answer, &code);
	else if (question == 1)
		wrong = tpm_take_value(answer, number, &code, &there, value);
	else
		wrong = tpm_take_clock(answer, &code, &clock);
	if (!wrong && tpm_answer_size(answer) != answer.size)
		abort();
	if (code != TPM_SUCCESS && (clock.resets || (question == 1 && there)))
		abort();
	return 0;
}

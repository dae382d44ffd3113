/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All numbers are big-endian.
 *
 *   command   tag 2, size 4 (all of it), code 4, then what follows by the code
 *   answer    tag 2, size 4 (all of it), response code 4; more only where that is 0
 *
 *   TPM2_PCR_Extend  register 4 | size of the authorization 4: session 4, nonce 2 (its size), attributes 1,
 *                    secret 2 (its size) | how many digests 4: algorithm 2, digest
 *          answer    size of the parameters 4 (none) | nonce 2, attributes 1, acknowledgement 2
 *   TPM2_PCR_Read    how many selections 4: algorithm 2, bytes of the mask 1, mask
 *          answer    counter 4 | the selections that are told of | how many digests 4: size 2, digest
 *   TPM2_ReadClock   nothing
 *          answer    time 8 | clock 8, resets 4, restarts 4, safe 1
 */
#include "core/tpm.h"

enum {
	TAG_PLAIN = 0x8001,    /* TPM_ST_NO_SESSIONS */
	TAG_SESSIONS = 0x8002, /* TPM_ST_SESSIONS */
	EXTEND = 0x182, READ = 0x17e, READ_CLOCK = 0x181,
	PASSWORD = 0x40000009, /* TPM_RS_PW: registers have an empty one */
	PASSWORD_SIZE = 9,
	SHA256 = 0x000b, /* TPM_ALG_SHA256 */
	MASK_SIZE = 3,
	SELECTIONS_MAX = 16, MASK_MAX = 8,
};

struct command {
	unsigned char *at;
	size_t size;
};

static void put(struct command *c, uint64_t value, unsigned bytes)
{
	while (bytes-- > 0)
		c->at[c->size++] = (unsigned char)(value >> 8 * bytes);
}

static struct command begin(unsigned tag, unsigned code, unsigned char *to)
{
	struct command c = {.at = to};
	put(&c, tag, 2);
	put(&c, 0, 4);
	put(&c, code, 4);
	return c;
}

static size_t end(struct command *c)
{
	struct command size = {.at = c->at, .size = 2};
	put(&size, c->size, 4);
	return c->size;
}

size_t tpm_put_extend(unsigned number, const unsigned char digest[static HASH_SIZE], unsigned char ret[static TPM_COMMAND_MAX])
{
	struct command c = begin(TAG_SESSIONS, EXTEND, ret);
	put(&c, number, 4);
	put(&c, PASSWORD_SIZE, 4);
	put(&c, PASSWORD, 4);
	put(&c, 0, PASSWORD_SIZE - 4);
	put(&c, 1, 4);
	put(&c, SHA256, 2);
	memcpy(c.at + c.size, digest, HASH_SIZE);
	c.size += HASH_SIZE;
	return end(&c);
}

size_t tpm_put_read(unsigned number, unsigned char ret[static TPM_COMMAND_MAX])
{
	struct command c = begin(TAG_PLAIN, READ, ret);
	put(&c, 1, 4);
	put(&c, SHA256, 2);
	put(&c, MASK_SIZE, 1);
	for (unsigned i = 0; i < MASK_SIZE; i++)
		put(&c, number / 8 == i ? 1u << number % 8 : 0, 1);
	return end(&c);
}

size_t tpm_put_clock(unsigned char ret[static TPM_COMMAND_MAX])
{
	struct command c = begin(TAG_PLAIN, READ_CLOCK, ret);
	return end(&c);
}

size_t tpm_answer_size(struct slice begin)
{
	struct cursor c = cursor_over(begin);
	if (begin.size < TPM_HEADER_SIZE)
		return 0;
	cursor_skip(&c, 2);
	uint32_t size = cursor_be32(&c);
	return size >= TPM_HEADER_SIZE && size <= TPM_ANSWER_MAX ? size : 0;
}

/* Steps over the header; what follows is the code's. An error carries nothing else. */
static const char *take_header(struct cursor *c, struct slice answer, unsigned tag, uint32_t *ret_code)
{
	*ret_code = TPM_FAILURE;
	*c = cursor_over(answer);
	if (tpm_answer_size(answer) != answer.size || !answer.size)
		return "an answer that is not as long as it says";
	unsigned found = cursor_be16(c);
	cursor_skip(c, 4);
	*ret_code = cursor_be32(c);
	if (*ret_code == TPM_SUCCESS ? found != tag : found != TAG_PLAIN || cursor_left(c) != 0)
		return "an answer of another kind";
	return NULL;
}

static const char *whole(const struct cursor *c)
{
	return c->short_read || cursor_left(c) ? "an answer of another length" : NULL;
}

const char *tpm_take_extended(struct slice answer, uint32_t *ret_code)
{
	struct cursor c;
	const char *wrong = take_header(&c, answer, TAG_SESSIONS, ret_code);
	if (wrong || *ret_code != TPM_SUCCESS)
		return wrong;
	if (cursor_be32(&c) != 0)
		return "parameters where there are none";
	cursor_skip(&c, cursor_be16(&c));
	cursor_skip(&c, 1);
	cursor_skip(&c, cursor_be16(&c));
	return whole(&c);
}

const char *tpm_take_clock(struct slice answer, uint32_t *ret_code, struct tpm_clock *ret)
{
	struct cursor c;
	const char *wrong = take_header(&c, answer, TAG_PLAIN, ret_code);
	if (wrong || *ret_code != TPM_SUCCESS)
		return wrong;
	ret->on_ms = cursor_be64(&c);
	cursor_skip(&c, 8);
	ret->resets = cursor_be32(&c);
	ret->restarts = cursor_be32(&c);
	return cursor_u8(&c) > 1 ? "neither yes nor no" : whole(&c); /* TPMI_YES_NO */
}

/* Is the register among those that are told of? With `ret_others`, is any other? */
static bool take_selections(struct cursor *c, unsigned number, bool *ret_others)
{
	bool there = false;
	uint32_t count = cursor_be32(c);
	*ret_others = count > SELECTIONS_MAX;
	for (uint32_t i = 0; i < count && i < SELECTIONS_MAX; i++) {
		unsigned algorithm = cursor_be16(c), size = cursor_u8(c);
		struct slice mask = cursor_take(c, size);
		*ret_others = *ret_others || size > MASK_MAX;
		for (unsigned n = 0; n < 8 * mask.size; n++) {
			bool ours = n == number && algorithm == SHA256, is_set = mask.at[n / 8] >> n % 8 & 1;
			there = there || (is_set && ours);
			*ret_others = *ret_others || (is_set && !ours);
		}
	}
	return there;
}

const char *tpm_take_value(struct slice answer, unsigned number, uint32_t *ret_code, bool *ret_there,
			   unsigned char ret[static HASH_SIZE])
{
	struct cursor c;
	bool others;
	const char *wrong = take_header(&c, answer, TAG_PLAIN, ret_code);
	*ret_there = false;
	if (wrong || *ret_code != TPM_SUCCESS)
		return wrong;
	cursor_skip(&c, 4);
	*ret_there = take_selections(&c, number, &others);
	if (others || cursor_be32(&c) != *ret_there)
		return "registers that nobody asked for";
	struct slice value = slice_of(NULL, 0);
	if (*ret_there)
		value = cursor_take(&c, cursor_be16(&c));
	if (*ret_there && value.size != HASH_SIZE)
		return "a register of another size";
	if (*ret_there)
		memcpy(ret, value.at, HASH_SIZE);
	return whole(&c);
}

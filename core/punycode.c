/* SPDX-License-Identifier: Apache-2.0 */
/*
 *   [ASCII code points "-"] deltas
 *
 * A delta tells how often the decoder has to step on before it puts in the next code
 * point: over all places of the label, then over the next code point. It is written in
 * digits of base 36 with thresholds that follow the deltas before it (RFC 3492, 3 and 6).
 */
#include "core/punycode.h"

enum {
	BASE = 36,
	T_LEAST = 1,
	T_MOST = 26,
	SKEW = 38,
	DAMP = 700,
	FIRST_BIAS = 72,
	FIRST_CODE = 0x80,
	CODE_MAX = 0x10ffff,
};

/* No delta of a label can pass it: a step for each place and each code point. */
#define DELTA_MAX ((uint64_t)(PUNYCODE_MAX + 1) * (CODE_MAX + 1))

static uint64_t adapt(uint64_t delta, size_t count, bool first)
{
	uint64_t k = 0;
	delta /= first ? DAMP : 2;
	delta += delta / count;
	for (; delta > (BASE - T_LEAST) * T_MOST / 2; k += BASE)
		delta /= BASE - T_LEAST;
	return k + (BASE - T_LEAST + 1) * delta / (delta + SKEW);
}

static uint64_t threshold(uint64_t k, uint64_t bias)
{
	if (k <= bias + T_LEAST)
		return T_LEAST;
	return k >= bias + T_MOST ? T_MOST : k - bias;
}

static bool put(char *ret, size_t *size, unsigned char c)
{
	if (*size == PUNYCODE_MAX)
		return false;
	ret[(*size)++] = (char)c;
	return true;
}

static bool put_digit(char *ret, size_t *size, uint64_t digit)
{
	return put(ret, size, (unsigned char)(digit < 26 ? 'a' + digit : '0' + digit - 26));
}

static bool put_delta(char *ret, size_t *size, uint64_t delta, uint64_t bias)
{
	for (uint64_t k = BASE;; k += BASE) {
		uint64_t t = threshold(k, bias);
		if (delta < t)
			return put_digit(ret, size, delta);
		if (!put_digit(ret, size, t + (delta - t) % (BASE - t)))
			return false;
		delta = (delta - t) / (BASE - t);
	}
}

/* The least code point that is at least `from`. */
static uint32_t least(const uint32_t *codes, size_t count, uint32_t from)
{
	uint32_t found = CODE_MAX + 1;
	for (size_t i = 0; i < count; i++)
		if (codes[i] >= from && codes[i] < found)
			found = codes[i];
	return found;
}

bool punycode_encode(const uint32_t *codes, size_t count, char ret[static PUNYCODE_MAX + 1])
{
	size_t size = 0, basic, done;
	uint64_t delta = 0, bias = FIRST_BIAS;
	if (count > PUNYCODE_MAX)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (codes[i] == 0)
			return false;
		if (codes[i] < FIRST_CODE)
			ret[size++] = (char)codes[i];
	}
	basic = done = size;
	if (basic > 0 && !put(ret, &size, '-'))
		return false;
	for (uint32_t n = FIRST_CODE, next; done < count; n = next + 1, delta++) {
		next = least(codes, count, n);
		if (next > CODE_MAX)
			return false;
		delta += (uint64_t)(next - n) * (done + 1);
		for (size_t i = 0; i < count; i++) {
			delta += codes[i] < next;
			if (codes[i] != next)
				continue;
			if (!put_delta(ret, &size, delta, bias))
				return false;
			bias = adapt(delta, done + 1, done == basic);
			delta = 0;
			done++;
		}
	}
	ret[size] = 0;
	return true;
}

static uint64_t digit_of(unsigned char c)
{
	if (c >= 'a' && c <= 'z')
		return c - 'a';
	if (c >= 'A' && c <= 'Z')
		return c - 'A';
	return c >= '0' && c <= '9' ? c - '0' + 26u : BASE;
}

static bool take_delta(struct cursor *c, uint64_t bias, uint64_t *ret)
{
	uint64_t weight = 1;
	*ret = 0;
	for (uint64_t k = BASE;; k += BASE) {
		uint64_t digit = digit_of(cursor_u8(c)), t = threshold(k, bias);
		if (c->short_read || digit == BASE)
			return false;
		*ret += digit * weight;
		if (*ret > DELTA_MAX)
			return false;
		if (digit < t)
			return true;
		weight *= BASE - t;
		if (weight > DELTA_MAX)
			return false;
	}
}

/* The ASCII in front of the last '-', which is passed over. */
static bool take_basic(struct cursor *c, uint32_t *ret, size_t *count)
{
	struct slice text = cursor_rest(c);
	size_t size = text.size;
	while (size > 0 && text.at[size - 1] != '-')
		size--;
	for (*count = 0; *count + 1 < size; ++*count) {
		ret[*count] = text.at[*count];
		if (ret[*count] == 0 || ret[*count] >= FIRST_CODE)
			return false;
	}
	cursor_skip(c, size);
	return size != 1; /* a '-' with nothing in front of it is no delimiter */
}

bool punycode_decode(struct slice text, uint32_t ret[static PUNYCODE_MAX], size_t *ret_count)
{
	struct cursor c = cursor_over(text);
	uint64_t code = FIRST_CODE, place = 0, bias = FIRST_BIAS, delta;
	size_t count, basic;
	if (text.size > PUNYCODE_MAX || !take_basic(&c, ret, &count))
		return false;
	for (basic = count; cursor_left(&c) > 0; count++) {
		if (count == PUNYCODE_MAX || !take_delta(&c, bias, &delta))
			return false;
		bias = adapt(delta, count + 1, count == basic);
		place += delta;
		code += place / (count + 1);
		place %= count + 1;
		if (code > CODE_MAX || (code >= 0xd800 && code <= 0xdfff))
			return false;
		memmove(ret + place + 1, ret + place, (count - place) * sizeof *ret);
		ret[place++] = (uint32_t)code;
	}
	*ret_count = count;
	return true;
}

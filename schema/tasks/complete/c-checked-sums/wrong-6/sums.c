#include "sums.h"

#include <stdbool.h>

/* The first error of the grammar ends everything; the first of the values is kept, and
 * reading goes on to see whether the grammar holds. */
struct sum {
	const char *text;
	size_t n, at;
	unsigned depth;
	enum sum_result grammar, values;
	size_t grammar_at, values_at;
};

static int64_t expression(struct sum *s);
static int64_t unary(struct sum *s);

static char peek(struct sum *s)
{
	while (s->at < s->n && s->text[s->at] == ' ')
		s->at++;
	/* a NUL in the text is no token either */
	return s->at < s->n ? s->text[s->at] : '\0';
}

static int64_t stop(struct sum *s, enum sum_result why)
{
	if (!s->grammar) {
		s->grammar = why;
		s->grammar_at = s->at;
	}
	return 0;
}

static int64_t wrong(struct sum *s, enum sum_result why, size_t at)
{
	if (!s->values) {
		s->values = why;
		s->values_at = at;
	}
	return 0;
}

static bool multiply(int64_t a, int64_t b, int64_t *ret)
{
	if (a > 0 ? (b > 0 ? a > INT64_MAX / b : b < INT64_MIN / a)
		  : (b > 0 ? a < INT64_MIN / b : a != 0 && b < INT64_MAX / a))
		return false;
	*ret = a * b;
	return true;
}

static bool power_of(int64_t base, int64_t exponent, int64_t *ret)
{
	int64_t result = 1;

	if (base == 0 || base == 1 || base == -1) {
		*ret = exponent == 0 ? 1 : base == -1 && exponent % 2 == 0 ? 1 : base;
		return true;
	}
	for (; exponent > 0; exponent--)
		if (!multiply(result, base, &result)) /* at the latest after 64 of them */
			return false;
	*ret = result;
	return true;
}

static int64_t operate(struct sum *s, char operator, size_t at, int64_t a, int64_t b)
{
	int64_t result = 0;

	if (s->grammar || s->values)
		return 0;
	switch (operator) {
	case '+':
		if (b > 0 ? a > INT64_MAX - b : a < INT64_MIN - b)
			return wrong(s, SUM_RANGE, at);
		return a + b;
	case '-':
		if (b > 0 ? a < INT64_MIN + b : a > INT64_MAX + b)
			return wrong(s, SUM_RANGE, at);
		return a - b;
	case '*':
		return multiply(a, b, &result) ? result : wrong(s, SUM_RANGE, at);
	case '^':
		if (b < 0)
			return wrong(s, SUM_NEGATIVE, at);
		return power_of(a, b, &result) ? result : wrong(s, SUM_RANGE, at);
	default:
		if (b == 0)
			return wrong(s, SUM_DIVIDE, at);
		if (b == -1)
			return operator == '%' ? 0 : a == INT64_MIN ? wrong(s, SUM_RANGE, at) : -a;
		return operator == '/' ? a / b : a % b;
	}
}

/* Opens what must be closed again; false: too deep. */
static bool open(struct sum *s)
{
	if (s->text[s->at] == '(' && s->depth == SUM_DEPTH) {
		stop(s, SUM_DEEP);
		return false;
	}
	s->depth++;
	s->at++;
	return true;
}

static int64_t number(struct sum *s)
{
	size_t first = s->at;
	int64_t value = 0;
	bool fits = true;

	for (; s->at < s->n && s->text[s->at] >= '0' && s->text[s->at] <= '9'; s->at++) {
		int64_t digit = s->text[s->at] - '0';

		if (value > (INT64_MAX - digit) / 10)
			fits = false;
		else
			value = value * 10 + digit;
	}
	return fits ? value : wrong(s, SUM_RANGE, first);
}

static int64_t primary(struct sum *s)
{
	char c = peek(s);
	int64_t value;

	if (s->at < s->n && c >= '0' && c <= '9')
		return number(s);
	if (c != '(')
		return stop(s, SUM_SYNTAX);
	if (!open(s))
		return 0;
	value = expression(s);
	if (s->grammar)
		return 0;
	if (peek(s) != ')')
		return stop(s, SUM_SYNTAX);
	s->at++;
	s->depth--;
	return value;
}

static int64_t power(struct sum *s)
{
	int64_t base = primary(s), exponent;
	size_t at;

	if (s->grammar || peek(s) != '^')
		return base;
	at = s->at;
	if (!open(s))
		return 0;
	exponent = unary(s);
	s->depth--;
	return operate(s, '^', at, base, exponent);
}

static int64_t unary(struct sum *s)
{
	int64_t value;
	size_t at;

	if (peek(s) != '-')
		return power(s);
	at = s->at;
	if (!open(s))
		return 0;
	value = unary(s);
	s->depth--;
	return operate(s, '-', at, 0, value);
}

static int64_t term(struct sum *s)
{
	int64_t value = unary(s);

	for (;;) {
		char c = s->grammar ? '\0' : peek(s);
		size_t at = s->at;

		if (c != '*' && c != '/' && c != '%')
			return value;
		s->at++;
		value = operate(s, c, at, value, unary(s));
	}
}

static int64_t expression(struct sum *s)
{
	int64_t value = term(s);

	for (;;) {
		char c = s->grammar ? '\0' : peek(s);
		size_t at = s->at;

		if (c != '+' && c != '-')
			return value;
		s->at++;
		value = operate(s, c, at, value, term(s));
	}
}

enum sum_result sum_value(const char *text, size_t n, int64_t *ret, size_t *ret_at)
{
	struct sum s = { .text = text, .n = n };
	int64_t value = expression(&s);

	if (!s.grammar) {
		peek(&s);
		if (s.at < s.n)
			stop(&s, SUM_SYNTAX);
	}
	if (s.grammar) {
		*ret_at = s.grammar_at;
		return s.grammar;
	}
	if (s.values) {
		*ret_at = s.values_at;
		return s.values;
	}
	*ret = value;
	return SUM_OK;
}

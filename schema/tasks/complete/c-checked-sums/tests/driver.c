#define _POSIX_C_SOURCE 200809L
#include "sums.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static FILE *out;

static void value(const char *text, size_t n)
{
	int64_t value = 4711;
	size_t at = 4711;
	int result = (int)sum_value(text, n, &value, &at);

	if (n < 60)
		fwrite(text, 1, strnlen(text, n), out);
	else
		fprintf(out, "%zu bytes", n);
	fprintf(out, " = %d %" PRId64 " %zu\n", result, value, at);
}

static const char *const texts[] = {
	"1", "1+2*3", "(1+2)*3", " 7 - 2 - 1 ", "100/10/5", "100/(10/5)", "7%4*2", "-7/2", "-7%4", "7%-4", "2^3^2", "-2^2",
	"(-2)^2", "(-2)^3", "2^-1", "2*-3", "2--3", "- - -3", "2^(1+2)", "0^0", "0^5", "0^-1", "007", "1 2", "12", "1 +2 ",
	"9223372036854775807", "9223372036854775808", "-9223372036854775808", "-9223372036854775807-1",
	"-9223372036854775807-2", "9223372036854775807+1", "5-(-9223372036854775807-1)", "-1-(-9223372036854775807-1)",
	"-(-9223372036854775807-1)", "(-9223372036854775807-1)/-1", "(-9223372036854775807-1)%-1",
	"(-9223372036854775807-1)*-1", "-1*(-9223372036854775807-1)", "4611686018427387904*-2", "4611686018427387904*2",
	"-4611686018427387904*2", "-4611686018427387905*2", "3037000500*3037000500", "3037000499*3037000499",
	"4294967296*4294967296", "2^62", "2^63", "(-2)^63", "(-2)^64", "-2^63", "3^39", "3^40", "(-3)^39",
	"1^9223372036854775807", "(-1)^9223372036854775807", "(-1)^9223372036854775806", "0^9223372036854775807",
	"2^9223372036854775807", "10^18", "10^19", "2097151^3", "2097152^3", "(-2097152)^3", "1/0", "1%0", "0/0", "1/(2-2)+",
	"1/0+2^-1", "2^-1+1/0", "(1/0)*9223372036854775808", "99999999999999999999999+1/0", "1/0)", "1/0 x",
	"", " ", "+1", "1+", "1+*2", "()", "(1", "(1+", "1)", "((1)", "(1))", "1 + 2 3", "1+2;", "2**3", "x", "1.5", "2^", "2^^3",
	"2^ - ", "-", "1\t+2", "0x10", "( ( 2 ) ) ^ ( 3 )", "9223372036854775808 9", "1/0/0", "(2^-1)/0", "1/0*(5%0)", "2*(3+4",
};

int main(void)
{
	char deep[400];
	size_t n;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		value(texts[i], strlen(texts[i]));
	for (n = 0; n < 10; n++)
		value("12+3*4^2/7", n);
	value("1\0" "2", 3);
	for (int parts = 49; parts <= 51; parts++) {
		memset(deep, '(', (size_t)parts);
		deep[parts] = '8';
		memset(deep + parts + 1, ')', (size_t)parts);
		value(deep, 2 * (size_t)parts + 1);
		memset(deep, '-', (size_t)parts);
		value(deep, (size_t)parts + 1);
		for (int i = 0; i <= parts; i++)
			memcpy(deep + 2 * i, "1^", 2);
		value(deep, 2 * (size_t)parts + 1);
		value(deep, 2 * (size_t)parts + 2);
	}
	/* not deep: each is closed before the next */
	for (n = 0; n < 60; n++)
		memcpy(deep + 6 * n, "(-1^2)", 6);
	value(deep, 12);
	for (n = 0; n < 60; n++)
		memcpy(deep + 6 * n, "+-1^-0", 6);
	deep[0] = ' ';
	value(deep, 360);
	memset(deep, '(', sizeof deep);
	value(deep, 50);
	value(deep, 400);
	memcpy(deep, "1/0+x", 5);
	value(deep, 400);
	return fclose(out) != 0;
}

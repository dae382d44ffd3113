#include "number.h"

#include <stdio.h>
#include <string.h>

static int failed;

static void check(const char *got, size_t length, const char *wanted)
{
	if (strcmp(got, wanted) || length != strlen(wanted)) {
		printf("got \"%s\" (%zu), wanted \"%s\"\n", got, length, wanted);
		failed = 1;
	}
}

int main(void)
{
	char buf[NUMBER_TEXT];
	size_t length;

	length = number_text(buf, 255, 16);
	check(buf, length, "ff");
	length = number_text(buf, 0, 10);
	check(buf, length, "0");
	length = number_text(buf, INT64_MIN, 10);
	check(buf, length, "-9223372036854775808");
	length = number_grouped(buf, -123456);
	check(buf, length, "-123'456");
	length = number_hundredths(buf, -5);
	check(buf, length, "-0.05");
	return failed;
}

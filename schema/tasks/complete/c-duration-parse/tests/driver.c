#define _POSIX_C_SOURCE 200809L
#include "duration.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static const char *const texts[] = {
	"1s", "90m", "1h30m", "250ms", "2d3h4m5s6ms", "0s", "1.5s", "0.25h", "1.001s", "0.001d", "1.5h0.5m",
	"007m", "00000000000000000000000000000000000000000000000000000012s",
	"", "s", "12", "1h30", "1.s", ".5s", "1.0001s", "1.5ms", "1.0ms", "1H", "1h 30m", " 1h", "1h ", "-1s", "+1s",
	"30m1h", "1h1h", "1ms1s", "1m1ms", "1m1s1ms", "1.5.5s", "1hm", "1x", "1msx", "1mss", "1d1ms", "1,5s",
	"18446744073709551615ms", "18446744073709551616ms", "18446744073709551.615s", "18446744073709551.616s",
	"18446744073709551.616x", "99999999999999999999999999999999d", "18446744073709551s615ms", "18446744073709551s616ms",
	"213503982334d", "213503982335d", "213503982334d14h25m51s615ms", "213503982334d14h25m51s616ms",
	"213503982334.601d", "213503982334.602d",
	"99999999999999999999s1", "99999999999999999999s1h", "18446744073709551617ms", "36893488147419103232s", "5124095576031h",
};

int main(void)
{
	FILE *out = fdopen(3, "w");
	uint64_t ms;
	enum duration_result result;

	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		ms = 4711;
		result = duration_parse(texts[i], strlen(texts[i]), &ms);
		fprintf(out, "%s: %d %" PRIu64 "\n", texts[i], (int)result, ms);
	}
	/* the bytes end before the text does */
	for (size_t n = 0; n <= 9; n++) {
		ms = 4711;
		result = duration_parse("12m5.25s3", n, &ms);
		fprintf(out, "%zu: %d %" PRIu64 "\n", n, (int)result, ms);
	}
	ms = 4711;
	result = duration_parse("1s\0", 3, &ms);
	fprintf(out, "NUL: %d %" PRIu64 "\n", (int)result, ms);
	ms = 4711;
	result = duration_parse("1ms", 2, &ms);
	fprintf(out, "1m: %d %" PRIu64 "\n", (int)result, ms);
	return fclose(out) != 0;
}

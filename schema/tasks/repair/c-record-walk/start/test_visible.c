#include "records.h"

#include <stdio.h>
#include <string.h>

static int count, failed;

static void record(uint8_t type, const uint8_t *value, size_t n, int depth, void *context)
{
	(void)type;
	(void)value;
	(void)n;
	(void)depth;
	(void)context;
	count++;
}

static void check(const char *what, const char *bytes, size_t n, int result, int records)
{
	int got;

	count = 0;
	got = (int)records_walk((const uint8_t *)bytes, n, record, NULL);
	if (got != result || count != records) {
		printf("%s: result %d with %d records, wanted %d with %d\n", what, got, count, result, records);
		failed = 1;
	}
}

int main(void)
{
	check("two", "\x01\x00\x02hi\x02\x00\x00", 8, RECORDS_OK, 2);
	check("value too long", "\x01\x00\x05hi\0\0\0", 5, RECORDS_SHORT, 0);
	check("half a head", "\x01\x00\x00\x02\x00\0\0", 5, RECORDS_SHORT, 1);
	check("group", "\xff\x00\x04\x01\x00\x01x", 7, RECORDS_OK, 1);
	if (records_sum((const uint8_t *)"\x01\x00\x04\xff\xff\xff\xfe", 7) != -2) {
		printf("the sum of -2 is %lld\n", (long long)records_sum((const uint8_t *)"\x01\x00\x04\xff\xff\xff\xfe", 7));
		failed = 1;
	}
	return failed;
}

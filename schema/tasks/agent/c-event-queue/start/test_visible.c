#include "events.h"
#include "machine.h"

#include <stdio.h>

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d: %s\n", __LINE__, #condition); \
			failed = 1; \
		} \
	} while (0)

int main(void)
{
	static const uint64_t delays[] = { 50, 20, 70, 20, 10, 60, 20 };
	static const int order[] = { 4, 1, 3, 6, 0, 5, 2 };
	struct events e = { .count = 0 };
	struct event next;
	struct machine m = { .work = 10, .breaks = 35, .repair = 20 };
	int failed = 0;

	for (int i = 0; i < 7; i++)
		CHECK(events_add(&e, delays[i], i, NULL));
	for (int i = 0; i < 7; i++)
		CHECK(events_next(&e, &next) && next.what == order[i]);
	CHECK(e.now == 70);
	CHECK(machine_run(&m, 1, 100));
	CHECK(m.pieces == 7);
	return failed;
}

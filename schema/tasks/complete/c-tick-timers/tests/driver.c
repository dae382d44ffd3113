#define _POSIX_C_SOURCE 200809L
#include "timers.h"

#include <inttypes.h>
#include <stdio.h>

static FILE *out;
static struct timer timers[5];

static void fire(size_t index, void *context)
{
	const struct timer *t = &timers[index];

	fprintf(out, " fire%zu(%" PRIu32 ",%d)", index, t->due, t->armed);
	if (context && index == 1) {
		timers[0] = (struct timer){ *(uint32_t *)context, 0, true };
		timers[3] = (struct timer){ *(uint32_t *)context, 0, true };
		timers[2].armed = false;
	}
}

static void run(uint32_t now, void *context)
{
	size_t count;

	fprintf(out, "%" PRIu32 ":", now);
	count = timers_run(timers, 5, now, fire, context);
	fprintf(out, " = %zu |", count);
	for (size_t i = 0; i < 5; i++)
		fprintf(out, " %" PRIu32 "%s", timers[i].due, timers[i].armed ? "" : "-");
	fprintf(out, " wait %" PRIu32 "\n", timers_wait(timers, 5, now));
}

int main(void)
{
	static const uint32_t times[][2] = {
		{ 0, 0 }, { 1, 0 }, { 0, 1 }, { 5, 4294967290u }, { 4294967290u, 5 }, { 2147483647, 0 },
		{ 0, 2147483649u }, { 0, 2147483647 }, { 3000000000u, 2999999999u }, { 2147483648u, 2147483647 },
		{ 2147483647, 2147483648u },
	};
	uint32_t now = 2000;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof times / sizeof *times; i++)
		fprintf(out, "%d\n", tick_reached(times[i][0], times[i][1]));

	fprintf(out, "wait %" PRIu32 "\n", timers_wait(timers, 5, 17));
	timers[0] = (struct timer){ 100, 0, true };
	timers[1] = (struct timer){ 100, 10, true };
	timers[2] = (struct timer){ 101, 7, true };
	timers[3] = (struct timer){ 50, 5, false };
	timers[4] = (struct timer){ 4294967290u, 16, true };
	run(4294967289u, NULL);
	run(4294967290u, NULL);
	run(99, NULL);
	run(100, NULL);
	run(100, NULL);
	run(110, NULL);
	run(135, NULL);
	run(1000000, NULL);
	run(1000000001, NULL);

	timers[0] = (struct timer){ 0, 0, false };
	timers[1] = (struct timer){ 1990, 1000000000, true };
	timers[2] = (struct timer){ 1990, 1, true };
	timers[3] = (struct timer){ 0, 0, false };
	timers[4] = (struct timer){ 2000, 1, true };
	run(now, &now);
	run(now, NULL);

	timers[0] = (struct timer){ 4294967000u, 300, true };
	timers[1] = (struct timer){ 4294967000u, 296, true };
	timers[2] = (struct timer){ 2500000000u, 1, true };
	timers[3] = (struct timer){ 2500000001u, 1000000000, true };
	timers[4] = (struct timer){ 4294967295u, 1, true };
	run(2, NULL);
	timers[1].armed = timers[2].armed = timers[4].armed = false;
	run(3, NULL);
	timers[0].armed = false;
	run(4, NULL);
	timers[3] = (struct timer){ 2147483651u, 0, true };
	run(4, NULL);
	return fclose(out) != 0;
}

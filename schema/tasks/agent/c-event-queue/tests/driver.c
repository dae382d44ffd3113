#define _POSIX_C_SOURCE 200809L
#include "events.h"
#include "machine.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

static FILE *out;
static struct events e;
static char whom[8];

static void drain(const char *what, int most)
{
	struct event next;

	fprintf(out, "%s:", what);
	for (int i = 0; i < most && events_next(&e, &next); i++)
		fprintf(out, " %" PRIu64 "/%d", next.time, next.what);
	fprintf(out, " now %" PRIu64 ", %zu left\n", e.now, e.count);
}

static void machines(struct machine *m, size_t n, uint64_t until)
{
	bool done = machine_run(m, n, until);

	fprintf(out, "until %" PRIu64 ": %d", until, done);
	for (size_t i = 0; i < n && i < 6; i++)
		fprintf(out, " %u", m[i].pieces);
	fprintf(out, "\n");
}

int main(void)
{
	uint64_t ids[80], id;
	uint32_t seed = 5, sum = 0;
	size_t cancelled;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	drain("empty", 1);
	for (int i = 0; i < 10; i++)
		ids[i] = events_add(&e, (uint64_t)(i * 7 % 5), i, &whom[i % 3]);
	fprintf(out, "ids %" PRIu64 " %" PRIu64 "\n", ids[0], ids[9]);
	drain("some", 4);
	id = events_add(&e, 0, 100, NULL);
	fprintf(out, "id %" PRIu64 "\n", id);
	id = events_add(&e, 1, 101, NULL);
	fprintf(out, "id %" PRIu64 " %d %d %d %d\n", id, events_cancel(&e, ids[0]), events_cancel(&e, 0), events_cancel(&e, 99),
		events_cancel(&e, id));
	drain("rest", 20);
	id = events_add(&e, 3, 1, NULL);
	fprintf(out, "id %" PRIu64 "\n", id);
	drain("one", 20);

	memset(&e, 0, sizeof e);
	for (int i = 0; i < 66; i++)
		ids[i] = events_add(&e, 5, i, &whom[i & 3]);
	fprintf(out, "full %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", ids[63], ids[64], ids[65]);
	cancelled = events_cancel_all(&e, &whom[2]);
	fprintf(out, "cancelled %zu\n", cancelled);
	cancelled = events_cancel_all(&e, &whom[2]);
	fprintf(out, "cancelled %zu, id %" PRIu64 "\n", cancelled, events_add(&e, 4, 70, NULL));
	drain("the same time", 70);
	memset(&e, 0, sizeof e);
	for (int i = 0; i < 64; i++)
		events_add(&e, 100, i, &whom[1]);
	cancelled = events_cancel_all(&e, &whom[1]);
	fprintf(out, "cancelled %zu\n", cancelled);

	memset(&e, 0, sizeof e);
	events_add(&e, UINT64_MAX, 1, NULL);
	events_add(&e, 5000000000, 2, NULL);
	events_add(&e, 705032704, 3, NULL);
	events_add(&e, 3000000000, 4, NULL);
	events_add(&e, 1, 5, NULL);
	drain("far", 4);
	id = events_add(&e, UINT64_MAX, 6, NULL);
	fprintf(out, "id %" PRIu64 "\n", id);
	id = events_add(&e, UINT64_MAX - 5000000000, 7, NULL);
	fprintf(out, "id %" PRIu64 "\n", id);
	drain("far", 4);

	memset(&e, 0, sizeof e);
	for (int i = 0; i < 5000; i++) {
		struct event next;

		seed = seed * 1664525 + 1013904223;
		if (seed >> 30) {
			ids[seed >> 8 & 31] = events_add(&e, seed >> 16 & 63, i, &whom[seed >> 24 & 7]);
		} else if (seed >> 29) {
			sum = sum * 31 + events_cancel(&e, ids[seed >> 8 & 31]);
		}
		if (e.count > 50 || (seed >> 28 & 3) == 0) {
			if (events_next(&e, &next))
				sum = sum * 31 + (uint32_t)next.what + (uint32_t)next.time * 7;
		}
		if (i % 1000 == 999)
			fprintf(out, "sum %08" PRIx32 ", %zu, now %" PRIu64 "\n", sum, e.count, e.now);
	}
	drain("walk", 64);

	{
		struct machine m[] = { { 10, 35, 20, 9 }, { 10, 0, 0, 9 }, { 10, 30, 5, 9 }, { 7, 1, 0, 9 }, { 200, 0, 0, 9 }, { 100, 99, 1, 9 } };
		struct machine many[40];

		machines(m, 6, 100);
		machines(m, 6, 99);
		machines(m, 6, 30);
		machines(m, 6, 29);
		machines(m, 6, 0);
		machines(m, 0, 10);
		machines(m, 6, 1000);
		for (int i = 0; i < 40; i++)
			many[i] = (struct machine){ (uint64_t)i + 1, 50, 3, 0 };
		machines(many, 40, 10);
		machines(many, 32, 100);
		m[0] = (struct machine){ 10, 60, 20, 0 };
		m[1] = (struct machine){ 20, 60, 20, 0 };
		m[2] = (struct machine){ 60, 60, 5, 0 };
		m[3] = (struct machine){ 61, 60, 1, 0 };
		machines(m, 4, 60);
		machines(m, 4, 122);
	}
	return fclose(out) != 0;
}

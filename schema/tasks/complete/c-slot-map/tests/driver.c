#define _POSIX_C_SOURCE 200809L
#include "slots.h"

#include <inttypes.h>
#include <stdio.h>

static FILE *out;
static struct slots *s;

static uint32_t add(int64_t value)
{
	uint32_t handle = slots_add(s, value);

	fprintf(out, "add %" PRId64 ": %06" PRIx32 ".%" PRIu32 "\n", value, handle >> 8, handle & 255);
	return handle;
}

static void get(uint32_t handle)
{
	const int64_t *value = slots_get(s, handle);

	if (value)
		fprintf(out, "get %" PRIx32 ": %" PRId64 "\n", handle, *value);
	else
		fprintf(out, "get %" PRIx32 ": none\n", handle);
}

static void take(uint32_t handle)
{
	bool removed = slots_remove(s, handle);

	fprintf(out, "remove %" PRIx32 ": %d, count %zu\n", handle, removed, slots_count(s));
}

int main(void)
{
	uint32_t a, b, c, d, handle = 0;
	int64_t *kept;
	long worn = 0;

	out = fdopen(3, "w");
	s = slots_make();
	if (!out || !s)
		return 1;
	fprintf(out, "count %zu\n", slots_count(s));
	get(0);
	get(1);
	get(1 << 8);
	take(1 << 8);
	take(1 << 8 | 5);
	a = add(10);
	b = add(-20);
	c = add(INT64_MIN);
	get(a);
	get(b);
	get(c);
	get(a + 256);
	get(a & 255);
	get(1 << 8 | 200);
	get(1 << 8 | 255);
	get(1 << 8 | 3);
	get(UINT32_MAX);
	take(UINT32_MAX);
	kept = slots_get(s, c);
	take(b);
	take(b);
	get(b);
	get(b + 256);
	take(b + 256);
	take(a);
	d = add(30);
	get(a);
	get(d);
	d = add(40);
	get(b);
	get(d);
	add(50);
	*kept = 33;
	get(c);
	fprintf(out, "count %zu\n", slots_count(s));
	for (int i = 4; i < 200; i++)
		handle = slots_add(s, 1000 + i);
	get(handle);
	fprintf(out, "count %zu\n", slots_count(s));
	add(1);
	take(handle);
	take(c);
	fprintf(out, "%d\n", handle != add(61));
	add(62);
	add(63);
	fprintf(out, "count %zu\n", slots_count(s));

	/* a slot that is used until it is worn out, beside one that is free all the time */
	take(d);
	handle = add(70);
	while (worn < 16777300 && slots_remove(s, handle)) {
		worn++;
		handle = slots_add(s, worn);
		if (!handle)
			break;
	}
	fprintf(out, "worn after %ld, %06" PRIx32 "\n", worn, handle);
	get(0xffffff00u | (d & 255));
	get(0x100 | (d & 255));
	get(d & 255);
	take(0xffffff00u | (d & 255));
	add(80);
	fprintf(out, "count %zu\n", slots_count(s));
	take(c + 256);
	d = add(90);
	get(d);
	add(91);
	slots_free(s);
	slots_free(NULL);
	return fclose(out) != 0;
}

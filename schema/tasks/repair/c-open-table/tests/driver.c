#define _POSIX_C_SOURCE 200809L
#include "table.h"

#include <inttypes.h>
#include <stdio.h>

static FILE *out;

static uint32_t same(uint32_t key)
{
	(void)key;
	return 0xfffffffe;
}

static uint32_t itself(uint32_t key)
{
	return key;
}

static uint32_t few(uint32_t key)
{
	return key % 3 * 1000003;
}

static void get(const struct table *t, uint32_t key)
{
	int value = 4711;
	bool there = table_get(t, key, &value);

	fprintf(out, " %" PRIu32 ":%d/%d", key, there, value);
}

static unsigned asked;

static bool odd(uint32_t key, int value, void *context)
{
	(void)value;
	asked++;
	return key % 2 == *(uint32_t *)context;
}

static void basics(uint32_t (*hash)(uint32_t key))
{
	struct table t = { .hash = hash };
	uint32_t parity = 1;
	unsigned set = 0;
	size_t dropped;

	get(&t, 0);
	fprintf(out, " %d", table_remove(&t, 0));
	table_set(&t, 0, -5);
	table_set(&t, UINT32_MAX, 6);
	get(&t, 0), get(&t, UINT32_MAX), get(&t, 16);
	table_set(&t, 0, 7);
	get(&t, 0);
	fprintf(out, " count %zu\n", t.count);
	for (uint32_t key = 1; key <= 20; key++)
		set += table_set(&t, key, (int)key * 10);
	fprintf(out, "set %u, count %zu", set, t.count);
	fprintf(out, " %d %d", table_set(&t, 14, 141), table_set(&t, 15, 151));
	get(&t, 14), get(&t, 15), get(&t, 99);
	fprintf(out, "\nremove %d", table_remove(&t, 3));
	fprintf(out, " %d", table_remove(&t, 3));
	for (uint32_t key = 1; key <= 15; key++)
		get(&t, key);
	table_set(&t, 14, 142);
	fprintf(out, " count %zu", t.count);
	table_remove(&t, 14);
	get(&t, 14);
	fprintf(out, " count %zu\n", t.count);
	asked = 0;
	dropped = table_filter(&t, odd, &parity);
	fprintf(out, "dropped %zu of %u, count %zu:", dropped, asked, t.count);
	for (uint32_t key = 0; key <= 15; key++)
		get(&t, key);
	get(&t, UINT32_MAX);
	asked = 0;
	dropped = table_filter(&t, odd, &parity);
	fprintf(out, " dropped %zu of %u", dropped, asked);
	parity = 0;
	asked = 0;
	dropped = table_filter(&t, odd, &parity);
	fprintf(out, " dropped %zu of %u, count %zu", dropped, asked, t.count);
	get(&t, 2);
	fprintf(out, "\n");
}

/* Beside a plain array. */
static void walk(uint32_t (*hash)(uint32_t key))
{
	struct table t = { .hash = hash };
	struct { bool there; int value; } plain[24] = { { false, 0 } };
	size_t count = 0;
	uint32_t seed = 99;
	unsigned differences = 0, refused = 0;

	for (int i = 0; i < 20000; i++) {
		uint32_t key;
		int value = 4711;

		seed = seed * 1664525 + 1013904223;
		key = (seed >> 16) % 24;
		if (seed >> 25 & 3) {
			bool done = table_set(&t, key, i), wanted = plain[key].there || count < TABLE_SLOTS;

			differences += done != wanted;
			refused += !done;
			if (wanted) {
				count += !plain[key].there;
				plain[key].there = true;
				plain[key].value = i;
			}
		} else {
			differences += table_remove(&t, key) != plain[key].there;
			count -= plain[key].there;
			plain[key].there = false;
		}
		key = (seed >> 8) % 24;
		differences += table_get(&t, key, &value) != plain[key].there;
		differences += value != (plain[key].there ? plain[key].value : 4711);
		differences += t.count != count;
	}
	fprintf(out, "differences %u, refused %u, count %zu\n", differences, refused, t.count);
}

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	basics(same);
	basics(itself);
	basics(few);
	walk(same);
	walk(itself);
	walk(few);
	return fclose(out) != 0;
}

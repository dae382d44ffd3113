#define _POSIX_C_SOURCE 200809L
#include "store.h"

#include <stdio.h>
#include <string.h>

enum { GUARD = 16, MOST = 600 };

static FILE *out;
static uint8_t area[MOST + 2 * GUARD];
static uint8_t *const block = area + GUARD;
static struct store s;

static void each(const uint8_t *key, size_t key_length, const uint8_t *value, size_t length, void *context)
{
	fprintf(out, "%s%.*s=%.*s", (const char *)context, (int)key_length, (const char *)key, length < 12 ? (int)length : 12,
		(const char *)value);
	if (length > 12)
		fprintf(out, "~%zu", length);
}

static void show(const char *what, int result)
{
	static char space[] = " ";
	size_t guards = 0;

	for (size_t i = 0; i < GUARD; i++)
		guards += area[i] == 0xcc && block[s.room + i] == 0xcc;
	fprintf(out, "%s %d: used %zu of %zu, guards %zu:", what, result, s.used, s.room, guards);
	store_each(&s, each, space);
	if (s.used < s.room)
		fprintf(out, " end %d", block[s.used]);
	fprintf(out, "\n");
}

static void begin(size_t room)
{
	memset(area, 0xcc, sizeof area);
	memset(block, 0, room);
	store_open(&s, block, room);
	show("begin", 0);
}

static void set(const char *key, const char *value)
{
	bool done = store_set(&s, key, (const uint8_t *)value, strlen(value));

	show(key, done);
}

static void take(const char *key)
{
	bool done = store_remove(&s, key);

	show(key, done);
}

static void again(void)
{
	store_open(&s, block, s.room);
	show("again", 0);
}

static void get(const char *key)
{
	size_t n = 4711;
	const uint8_t *value = store_get(&s, key, &n);

	fprintf(out, "get %s: %.*s %zu\n", key, value ? (int)n : 4, value ? (const char *)value : "none", n);
}

int main(void)
{
	char text[240];
	size_t won;
	const uint8_t *value;
	bool done;

	out = fdopen(3, "w");
	if (!out)
		return 1;
	begin(100);
	set("mode", "auto");
	set("mo", "x");
	set("mode", "manual");
	set("mode", "manual");
	set("m", "");
	set("m", "");
	get("mode"), get("mo"), get("m"), get("mod"), get("modes"), get("");
	take("mo");
	take("mo");
	take("nothing");
	get("mo");
	again();
	set("mo", "back");
	won = store_compact(&s);
	show("compact", (int)won);
	won = store_compact(&s);
	show("compact", (int)won);
	again();
	set("", "x");
	set("12345678901234567890123456789012", "key");
	set("123456789012345678901234567890123", "key");
	take("12345678901234567890123456789012");
	again();

	/* the bytes as they should be */
	begin(40);
	set("k", "ab");
	take("k");
	set("k", "c");
	for (size_t i = 0; i < 24; i++)
		fprintf(out, "%02x", block[i]);
	fprintf(out, "\n");

	/* just full */
	begin(21);
	set("a", "12");
	set("b", "12");
	set("c", "12");
	set("d", "12");
	set("a", "12");
	set("a", "34");
	set("a", "3");
	set("a", "345");
	take("b");
	again();
	set("a", "345");
	take("c");
	set("e", "1");
	take("a");
	again();
	begin(14);
	set("a", "12");
	set("b", "12");
	take("a");
	again();
	begin(12);
	set("a", "1234");
	set("a", "12345");
	set("a", "4321");
	take("a");
	set("a", "12345678");
	set("a", "1234567");
	again();

	/* values out of the store itself */
	begin(40);
	set("first", "12345");
	set("other", "abc");
	set("first", "54321");
	value = store_get(&s, "other", &won);
	done = value && store_set(&s, "copy", value, won);
	show("copy", done);
	value = store_get(&s, "first", &won);
	done = value && store_set(&s, "co", value, won);
	show("copy", done);
	begin(MOST);
	memset(text, 'v', sizeof text);
	text[200] = '\0';
	set("long", text);
	fprintf(out, "checksum %02x%02x\n", block[206], block[207]);
	text[200] = 'v';
	text[201] = '\0';
	set("longer", text);
	memset(text, 'z', 200);
	text[200] = '\0';
	set("12345678901234567890123456789012", text);
	again();
	get("no");

	/* power failures: what was written last is cut at each place */
	for (size_t cut = 0; cut < 13; cut++) {
		begin(60);
		store_set(&s, "one", (const uint8_t *)"1", 1);
		store_set(&s, "two", (const uint8_t *)"22", 2);
		memset(block + 8 + cut, 0, 60 - 8 - cut);
		again();
	}
	/* a damaged byte anywhere */
	for (size_t i = 0; i < 18; i++) {
		begin(60);
		store_set(&s, "one", (const uint8_t *)"1", 1);
		store_set(&s, "two", (const uint8_t *)"22", 2);
		block[i] ^= 0x10;
		store_open(&s, block, 60);
		fprintf(out, "%zu: used %zu\n", i, s.used);
	}
	/* what is left behind the end must not come back */
	begin(60);
	set("a", "1");
	set("b", "2");
	set("c", "3");
	block[6] ^= 1;
	again();
	set("d", "4");
	again();
	take("a");
	won = store_compact(&s);
	again();
	return fclose(out) != 0;
}

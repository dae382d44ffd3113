#include "tag.h"

#include <stdio.h>
#include <string.h>

#define CHECK(condition) \
	do { \
		if (!(condition)) { \
			printf("line %d: %s\n", __LINE__, #condition); \
			failed = 1; \
		} \
	} while (0)

int main(void)
{
	struct tag t, same;
	char buf[32];
	int failed = 0;

	memset(&t, 'x', sizeof t);
	CHECK(tag_set(&t, "pump", "north"));
	CHECK(!strcmp(t.name, "pump"));
	CHECK(!tag_set(&t, "compressor", "north"));
	CHECK(!memcmp(t.name, "compres", 8));
	CHECK(tag_add_note(&t, " wing"));
	CHECK(!memcmp(t.note, "north wing\0", 12));
	memset(&same, 'y', sizeof same);
	tag_set(&same, "compres", "north wing");
	CHECK(!memcmp(&t, &same, sizeof t));
	CHECK(tag_text(&t, buf, sizeof buf) == 19);
	CHECK(!strcmp(buf, "compres: north wing"));
	return failed;
}

#define _POSIX_C_SOURCE 200809L
#include "command.h"
#include "status.h"

#include <stdio.h>

int main(void)
{
	static const char *const lines[] = {
		"get a", "remove a", "set a 1", "get a", "set b 2", "set c 3", "set d 4", "set a 5", "get a", "set a 12345678901", "get a",
		"set a 123456789012", "get a", "set 1234567 x", "set 12345678 x", "get 12345678", "remove 12345678", "set 12345678 123456789012", "get 1234567",
		"remove b", "remove b", "set 1234567 x", "get 1234567", "set 12345678 x", "", "get", "get ", "get  a", "get a ", "get a b", "set a", "set a ", "set  a",
		"set a b c", "put a b", "put a", "GET a", "remove a b", "set a  b", "get 1234567890123456789012345678901234567890123456789012345678901234",
		"set a 1234567890123456789012345678901234567890123456789012345678901234", "get c",
	};
	FILE *out = fdopen(3, "w");
	struct store s = { .entries = { { "", "" } } };
	enum status status;

	if (!out)
		return 1;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		const char *value = "untouched";

		status = command_run(&s, lines[i], &value);
		fprintf(out, "%s: %d %s %s\n", lines[i], (int)status, status_text(status), value);
	}
	status = store_set(&s, "c", NULL);
	fprintf(out, "%s\n", status_text(status));
	status = store_set(&s, "c", NULL);
	fprintf(out, "%s\n", status_text(status));
	status = store_set(&s, "12345678", NULL);
	fprintf(out, "%s\n", status_text(status));
	for (int i = 0; i < STORE_ENTRIES; i++)
		fprintf(out, "[%s] [%s]\n", s.entries[i].key, s.entries[i].value);
	for (int i = 0; i < 7; i++)
		fprintf(out, "%s\n", status_text((enum status)i));
	return fclose(out) != 0;
}

#include "command.h"

#include <string.h>

enum { WORD = 64 };

/* Copies a word and returns what is behind it; NULL if it is empty or too long. */
static const char *word(const char *line, char ret[WORD])
{
	size_t length = strcspn(line, " ");

	if (length == 0 || length >= WORD)
		return NULL;
	memcpy(ret, line, length);
	ret[length] = '\0';
	return line + length;
}

enum status command_run(struct store *s, const char *line, const char **ret_value)
{
	char verb[WORD], key[WORD], value[WORD];

	line = word(line, verb);
	if (!line || *line++ != ' ')
		return STATUS_MALFORMED;
	line = word(line, key);
	if (!line)
		return STATUS_MALFORMED;
	if (!strcmp(verb, "set")) {
		if (*line++ != ' ')
			return STATUS_MALFORMED;
		line = word(line, value);
		if (!line || *line)
			return STATUS_MALFORMED;
		return store_set(s, key, value);
	}
	if (*line)
		return STATUS_MALFORMED;
	if (!strcmp(verb, "get"))
		return store_get(s, key, ret_value);
	if (!strcmp(verb, "remove"))
		return store_remove(s, key);
	return STATUS_MALFORMED;
}

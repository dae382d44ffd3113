#include "values.h"

#include <string.h>

static struct value *find(const struct values *v, const char *name, size_t n)
{
	for (size_t i = 0; i < v->count; i++)
		if (strlen(v->at[i].name) == n && !memcmp(v->at[i].name, name, n))
			return (struct value *)&v->at[i];
	return NULL;
}

const char *values_get(const struct values *v, const char *name, size_t n)
{
	const struct value *value = find(v, name, n);

	return value ? value->text : NULL;
}

bool values_set(struct values *v, const char *name, const char *text)
{
	struct value *value;

	if (!*name || strlen(name) >= VALUE_NAME || strlen(text) >= VALUE_TEXT)
		return false;
	value = find(v, name, strlen(name));
	if (!value) {
		if (v->count == VALUES_MAX)
			return false;
		value = &v->at[v->count++];
		strcpy(value->name, name);
	}
	strcpy(value->text, text);
	return true;
}

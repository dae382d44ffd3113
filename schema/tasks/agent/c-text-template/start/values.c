#include "values.h"

#include <string.h>

const char *values_get(const struct values *v, const char *name, size_t n)
{
	for (size_t i = 0; i < v->count; i++)
		if (!strncmp(v->at[i].name, name, n))
			return v->at[i].text;
	return NULL;
}

bool values_set(struct values *v, const char *name, const char *text)
{
	struct value *value = &v->at[v->count];

	if (strlen(name) > VALUE_NAME || strlen(text) > VALUE_TEXT || v->count == VALUES_MAX)
		return false;
	strncpy(value->name, name, VALUE_NAME - 1);
	strncpy(value->text, text, VALUE_TEXT - 1);
	v->count++;
	return true;
}

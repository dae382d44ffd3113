#include "store.h"

#include <string.h>

static const struct entry *find(const struct store *s, const char *key)
{
	for (size_t i = 0; i < STORE_ENTRIES; i++)
		if (!strcmp(s->entries[i].key, key))
			return &s->entries[i];
	return NULL;
}

int store_set(struct store *s, const char *key, const char *value)
{
	struct entry *e;

	if (strlen(key) >= STORE_KEY || strlen(value) >= STORE_VALUE)
		return -1;
	e = (struct entry *)find(s, key);
	if (!e)
		e = (struct entry *)find(s, "");
	if (!e)
		return -1;
	strcpy(e->key, key);
	strcpy(e->value, value);
	return 0;
}

int store_get(const struct store *s, const char *key, const char **ret_value)
{
	const struct entry *e = find(s, key);

	if (!e)
		return -1;
	*ret_value = e->value;
	return 0;
}

int store_remove(struct store *s, const char *key)
{
	struct entry *e = (struct entry *)find(s, key);

	if (!e)
		return -1;
	memset(e, 0, sizeof *e);
	return 0;
}

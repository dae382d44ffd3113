#include "store.h"

#include <string.h>

static const struct entry *find(const struct store *s, const char *key)
{
	for (size_t i = 0; i < STORE_ENTRIES; i++)
		if (!strcmp(s->entries[i].key, key))
			return &s->entries[i];
	return NULL;
}

enum status store_set(struct store *s, const char *key, const char *value)
{
	struct entry *e;

	if (!value)
		return store_remove(s, key);
	if (strlen(key) >= STORE_KEY || strlen(value) >= STORE_VALUE)
		return STATUS_TOO_LONG;
	e = (struct entry *)find(s, key);
	if (!e)
		e = (struct entry *)find(s, "");
	if (!e)
		return STATUS_FULL;
	strcpy(e->key, key);
	strcpy(e->value, value);
	return STATUS_OK;
}

enum status store_get(const struct store *s, const char *key, const char **ret_value)
{
	const struct entry *e;

	if (strlen(key) >= STORE_KEY)
		return STATUS_TOO_LONG;
	e = find(s, key);
	if (!e)
		return STATUS_MISSING;
	*ret_value = e->value;
	return STATUS_OK;
}

enum status store_remove(struct store *s, const char *key)
{
	struct entry *e;

	if (strlen(key) >= STORE_KEY)
		return STATUS_TOO_LONG;
	e = (struct entry *)find(s, key);
	if (!e)
		return STATUS_MISSING;
	memset(e, 0, sizeof *e);
	return STATUS_OK;
}

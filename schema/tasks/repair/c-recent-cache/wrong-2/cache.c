#include "cache.h"

void cache_begin(struct cache *c, unsigned cost_max, void (*drop)(int key, void *value, void *context), void *context)
{
	c->cost_max = cost_max;
	c->drop = drop;
	c->context = context;
	c->cost = 0;
	c->newest = c->oldest = CACHE_NONE;
	for (int i = 0; i < CACHE_ROOM; i++)
		c->at[i].older = i + 1 < CACHE_ROOM ? i + 1 : CACHE_NONE;
	c->unused = 0;
}

static int find(const struct cache *c, int key)
{
	int i = c->newest;

	while (i != CACHE_NONE && c->at[i].key != key)
		i = c->at[i].older;
	return i;
}

static void take_out(struct cache *c, int i)
{
	int newer = c->at[i].newer, older = c->at[i].older;

	if (newer == CACHE_NONE)
		c->newest = older;
	else
		c->at[newer].older = older;
	if (older == CACHE_NONE)
		c->oldest = newer;
	else
		c->at[older].newer = newer;
}

static void make_newest(struct cache *c, int i)
{
	c->at[i].newer = CACHE_NONE;
	c->at[i].older = c->newest;
	if (c->newest == CACHE_NONE)
		c->oldest = i;
	else
		c->at[c->newest].newer = i;
	c->newest = i;
}

static void drop(struct cache *c, int i)
{
	take_out(c, i);
	c->cost -= c->at[i].cost;
	c->at[i].older = c->unused;
	c->unused = i;
	c->drop(c->at[i].key, c->at[i].value, c->context);
}

bool cache_put(struct cache *c, int key, void *value, unsigned cost)
{
	int i = find(c, key);

	if (i != CACHE_NONE)
		drop(c, i);
	if (cost > c->cost_max) {
		c->drop(key, value, c->context);
		return false;
	}
	while (c->unused == CACHE_NONE || cost > c->cost_max - c->cost)
		drop(c, c->oldest);
	i = c->unused;
	c->unused = c->at[i].older;
	c->at[i].key = key;
	c->at[i].value = value;
	c->at[i].cost = cost;
	c->cost += cost;
	make_newest(c, i);
	return true;
}

void *cache_get(struct cache *c, int key)
{
	int i = find(c, key);

	return i == CACHE_NONE ? NULL : c->at[i].value;
}

bool cache_remove(struct cache *c, int key)
{
	int i = find(c, key);

	if (i == CACHE_NONE)
		return false;
	drop(c, i);
	return true;
}

void cache_clear(struct cache *c)
{
	while (c->oldest != CACHE_NONE)
		drop(c, c->oldest);
}

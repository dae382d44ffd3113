/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/inventory/found.h"

#include "core/random.h"
#include "ingest/inventory/hostname.h"

#include <stdlib.h>
#include <string.h>

/* A host and its places take some hundred bytes. */
#define MEMORY_MAX (UINT64_C(2) << 30)

enum { FIRST_ROOM = 1 << 12 };

struct found *found_new(void)
{
	struct found *f = must_alloc(1, sizeof *f);
	f->arena = arena_new(MEMORY_MAX);
	f->room = FIRST_ROOM;
	f->slots = must_alloc(f->room, sizeof *f->slots);
	f->file = f->member = "";
	random_bytes(&f->seed, sizeof f->seed);
	return f;
}

void found_free(struct found *f)
{
	if (!f)
		return;
	arena_free(f->arena);
	free(f->slots);
	free(f->hosts);
	free(f);
}

static const char *keep(struct found *f, struct slice text)
{
	const char *copy = arena_string(f->arena, text);
	return copy ? copy : "";
}

void found_note(struct found *f, const char *reason, const char *place, uint64_t count)
{
	size_t i = 0;
	while (i < f->note_count && strcmp(f->notes[i].reason, reason) != 0)
		i++;
	if (i == FOUND_NOTES_MAX)
		return; /* there are not so many reasons */
	if (i == f->note_count)
		f->notes[f->note_count++] = (struct found_note){reason, 0, keep(f, slice_of_string(place))};
	f->notes[i].count += count;
}

void found_file(struct found *f, const char *path)
{
	f->file = keep(f, slice_of_string(path));
	f->member = "";
}

/* FNV-1a, from a beginning that nobody can foresee: names that collide must be luck. */
static size_t hash(const struct found *f, struct slice name)
{
	uint64_t value = f->seed;
	for (size_t i = 0; i < name.size; i++)
		value = (value ^ name.at[i]) * UINT64_C(1099511628211);
	return (size_t)(value ^ value >> 32);
}

static void grow(struct found *f)
{
	struct found_host **old = f->slots;
	size_t before = f->room;
	f->room *= 2;
	f->slots = must_alloc(f->room, sizeof *f->slots);
	for (size_t i = 0; i < before; i++)
		for (struct found_host *h = old[i], *next; h; h = next) {
			size_t at = hash(f, slice_of_string(h->name)) % f->room;
			next = h->chain;
			h->chain = f->slots[at];
			f->slots[at] = h;
		}
	free(old);
}

struct found_host *found_find(const struct found *f, struct slice name)
{
	struct found_host *h = f->slots[hash(f, name) % f->room];
	while (h && !slice_is(name, h->name))
		h = h->chain;
	return h;
}

static struct found_host *new_host(struct found *f, const struct scan_hit *hit)
{
	if (f->count == FOUND_HOSTS_MAX)
		return NULL;
	if (f->count >= f->room)
		grow(f);
	struct found_host *h = arena_alloc(f->arena, sizeof *h);
	char *name = arena_string(f->arena, hit->host);
	if (!h || !name)
		return NULL;
	/* grow() has made room: NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
	size_t at = hash(f, hit->host) % f->room;
	*h = (struct found_host){.name = name, .example = "", .guessed = true, .documents = true, .how = SCAN_NAME};
	h->chain = f->slots[at];
	f->slots[at] = h;
	f->count++;
	return h;
}

static bool ends_nocase(struct slice text, const char *suffix)
{
	size_t size = strlen(suffix);
	return text.size >= size && slice_is_nocase(slice_part(text, text.size - size, size), suffix);
}

static bool starts_nocase(struct slice text, const char *prefix)
{
	return slice_is_nocase(slice_part(text, 0, strlen(prefix)), prefix);
}

/* Written for people, or maps from a program back to its source: nothing runs them. */
static bool is_document(struct slice path)
{
	static const char *const ends[] = {".md", ".markdown", ".rst", ".txt", ".map", ".d.ts", ".1", ".5", ".8"};
	static const char *const starts[] = {"license", "licence", "notice", "readme", "changelog", "copying",
					     "authors", "contributing", "thirdparty", "third-party", "credits"};
	size_t at = path.size;
	while (at > 0 && path.at[at - 1] != '/' && path.at[at - 1] != '!')
		at--;
	struct slice name = slice_part(path, at, path.size);
	for (size_t i = 0; i < LENGTH(ends); i++)
		if (ends_nocase(name, ends[i]))
			return true;
	for (size_t i = 0; i < LENGTH(starts); i++)
		if (starts_nocase(name, starts[i]))
			return !ends_nocase(name, ".js") && !ends_nocase(name, ".exe") && !ends_nocase(name, ".py");
	return false;
}

static int compare_places(const struct found_place *a, const struct found_place *b)
{
	int order = strcmp(a->file, b->file);
	if (!order)
		order = strcmp(a->member, b->member);
	return order ? order : (a->offset > b->offset) - (a->offset < b->offset);
}

/* The example is that of the first place in their order, so that the same files give the
 * same list wherever the system stored them. */
static void take_example(struct found *f, struct found_host *h, const struct found_place *p,
			 const struct scan_hit *hit)
{
	bool bare = hit->how == SCAN_NAME, bare_before = h->how == SCAN_NAME;
	bool first = !h->first || compare_places(p, h->first) < 0;
	if (h->count == 0 || (bare_before && !bare) || (bare == bare_before && first)) {
		h->example = keep(f, hit->example);
		h->port = hit->port;
		h->how = hit->how;
	}
	h->guessed = h->guessed && hit->guessed;
}

/* The first one stays in front: the rest is sorted at the end. */
static void link_place(struct found_host *h, struct found_place *p)
{
	if (h->first && compare_places(p, h->first) > 0) {
		p->next = h->first->next;
		h->first->next = p;
	} else {
		p->next = h->first;
		h->first = p;
	}
}

void found_add(struct found *f, struct slice member, const struct scan_hit *hit, uint64_t count)
{
	struct found_host *h = found_find(f, hit->host);
	if (!h)
		h = new_host(f, hit);
	if (!h) {
		found_note(f, "hosts past the maximum of this list: not listed", f->file, 1);
		return;
	}
	if (!slice_is(member, f->member))
		f->member = keep(f, member);
	struct found_place place = {f->file, f->member, hit->offset, count, NULL};
	take_example(f, h, &place, hit);
	h->documents = h->documents && is_document(member.size ? member : slice_of_string(f->file));
	h->count += count;
	h->places++;
	h->files += h->last_file != f->file;
	h->last_file = f->file;
	struct found_place *p = f->places < FOUND_PLACES_MAX ? arena_alloc(f->arena, sizeof *p) : NULL;
	if (!p) {
		found_note(f, "places past the maximum of this list: only counted", f->file, 1);
		return;
	}
	f->places++;
	*p = place;
	link_place(h, p);
}

static int by_name(const void *a, const void *b)
{
	struct found_host *const *left = a, *const *right = b;
	return strcmp((*left)->name, (*right)->name);
}

static int by_place(const void *a, const void *b)
{
	struct found_place *const *left = a, *const *right = b;
	return compare_places(*left, *right);
}

static void sort_places(struct found_host *h)
{
	size_t count = 0, i = 0;
	for (struct found_place *p = h->first; p; p = p->next)
		count++;
	if (count < 2)
		return;
	struct found_place **all = must_alloc(count, sizeof *all);
	for (struct found_place *p = h->first; p; p = p->next)
		all[i++] = p;
	qsort(all, count, sizeof *all, by_place);
	h->first = all[0];
	for (i = 0; i < count; i++)
		all[i]->next = i + 1 < count ? all[i + 1] : NULL;
	free(all);
}

static int by_reason(const void *a, const void *b)
{
	const struct found_note *left = a, *right = b;
	return strcmp(left->reason, right->reason);
}

void found_finish(struct found *f)
{
	size_t at = 0;
	free(f->hosts);
	f->hosts = must_alloc(f->count + 1, sizeof *f->hosts);
	for (size_t i = 0; i < f->room; i++)
		for (struct found_host *h = f->slots[i]; h; h = h->chain)
			f->hosts[at++] = h;
	qsort(f->hosts, f->count, sizeof *f->hosts, by_name);
	for (size_t i = 0; i < f->count; i++)
		sort_places(f->hosts[i]);
	qsort(f->notes, f->note_count, sizeof *f->notes, by_reason);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * An open-addressed table of pids; removal leaves a mark that insertion reuses.
 */
#include "collectors/processes.h"

#include <stdlib.h>

enum { SLOTS = 2 * PROCESSES_MAX }; /* a power of two */

static const uint32_t EMPTY = 0, REMOVED = UINT32_MAX;

struct processes {
	size_t count, used; /* used: slots that are not EMPTY */
	uint64_t seen;
	uint32_t slots[SLOTS];
};

struct processes *processes_new(void)
{
	return must_alloc(1, sizeof(struct processes));
}

void processes_free(struct processes *p)
{
	free(p);
}

static size_t first_slot(uint32_t pid)
{
	return (pid * UINT32_C(2654435769)) % SLOTS;
}

/* The slot of `pid`, or the one it would go into. */
static size_t find(const struct processes *p, uint32_t pid)
{
	size_t at = first_slot(pid), free_slot = SLOTS;
	for (size_t steps = 0; steps < SLOTS; steps++, at = (at + 1) % SLOTS) {
		if (p->slots[at] == pid)
			return at;
		if (p->slots[at] == REMOVED && free_slot == SLOTS)
			free_slot = at;
		if (p->slots[at] == EMPTY)
			break;
	}
	return free_slot < SLOTS ? free_slot : at;
}

/* Marks of removed pids would fill the table over a long session. */
static void rebuild(struct processes *p)
{
	uint32_t *living = must_alloc(p->count + 1, sizeof *living);
	size_t count = 0, at = 0;
	for (uint32_t pid = processes_next(p, &at); pid; pid = processes_next(p, &at))
		living[count++] = pid;
	for (size_t i = 0; i < SLOTS; i++)
		p->slots[i] = EMPTY;
	for (size_t i = 0; i < count; i++)
		p->slots[find(p, living[i])] = living[i];
	p->used = count;
	free(living);
}

void processes_add(struct processes *p, uint32_t pid)
{
	if (pid == EMPTY || pid == REMOVED || p->count == PROCESSES_MAX)
		return;
	if (p->used > SLOTS / 4 * 3)
		rebuild(p);
	size_t at = find(p, pid);
	if (p->slots[at] == pid)
		return;
	if (p->slots[at] == EMPTY)
		p->used++;
	p->slots[at] = pid;
	p->count++;
	p->seen++;
}

void processes_remove(struct processes *p, uint32_t pid)
{
	size_t at = find(p, pid);
	if (pid == EMPTY || pid == REMOVED || p->slots[at] != pid)
		return;
	p->slots[at] = REMOVED;
	p->count--;
}

bool processes_has(const struct processes *p, uint32_t pid)
{
	return pid != EMPTY && pid != REMOVED && p->slots[find(p, pid)] == pid;
}

size_t processes_count(const struct processes *p)
{
	return p->count;
}

uint64_t processes_seen(const struct processes *p)
{
	return p->seen;
}

uint32_t processes_next(const struct processes *p, size_t *at)
{
	while (*at < SLOTS) {
		uint32_t pid = p->slots[(*at)++];
		if (pid != EMPTY && pid != REMOVED)
			return pid;
	}
	return 0;
}

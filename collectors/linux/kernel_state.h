/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_KERNEL_STATE_H
#define COLLECTORS_LINUX_KERNEL_STATE_H

/*
 * The kernel programs as they are loaded, for the files that load them (kernel_load.c),
 * read what they write (kernel_drain.c) and look whether somebody meddled with them
 * (kernel_tampered.c).
 */

#include "collectors/linux/kernel_event.h"
#include "collectors/linux/kernel_load.h"

#include <bpf/libbpf.h>

enum { KERNEL_OBJECTS = 10, KERNEL_LINKS_MAX = 32 };

/* Where a program hangs, as the kernel tells it. */
struct kernel_place {
	uint32_t program; /* its id; 0: the kernel did not tell */
	uint64_t cgroup;  /* id of the group; 0: no hook of a group, or taken off it */
};

struct kernel_programs {
	struct bpf_object *objects[KERNEL_OBJECTS];
	struct bpf_link *links[KERNEL_LINKS_MAX];
	struct kernel_place places[KERNEL_LINKS_MAX]; /* as they were attached */
	size_t link_count;
	struct kernel_settings settings;
	struct kernel_part parts[KERNEL_OBJECTS];
	struct ring_buffer *ring;
	int wake; /* epoll of the ring, by edges */
	uint64_t *shared;   /* mapped */
	struct slot *slots; /* mapped */
	int tree; /* map descriptor, owned by its object */
	/* of the drain that is going on */
	kernel_record_fn *record;
	void *context;
	size_t left;
};

/* False where the kernel does not tell: before 5.19 it asks for rights that we gave up. */
bool kernel_place_of(const struct bpf_link *link, struct kernel_place *ret);

/* What libbpf hands each record of the ring to; `context` is the struct kernel_programs. */
int kernel_drain_record(void *context, void *record, size_t size);

#endif

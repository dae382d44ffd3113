/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_KERNEL_LOAD_H
#define COLLECTORS_LINUX_KERNEL_LOAD_H

/*
 * Loading the kernel programs (collectors/linux/kernel) through libbpf and
 * attaching them. libbpf loads a whole object or nothing, so every optional part
 * is an object of its own; all share the maps of the first.
 */

#include "core/error.h"

#include <stdint.h>
#include <sys/types.h>

struct cgroup;
struct enforce; /* enforce.h */
struct kernel_programs; /* opaque */

/* One optional or required part, as it came out. */
struct kernel_part {
	const char *name, *witnesses;
	bool required, on;
	bool unneeded; /* another part does the same here */
	char problem[256]; /* why it is not on */
};

struct kernel_settings {
	uint64_t ring_bytes;
	uint64_t cgroup_id;
	unsigned cgroup_level;
	pid_t suite;
	bool host;
	const struct enforce *enforce; /* NULL: nothing is refused */
};

/* Loads and attaches what it can at the root of `g`. Fails where a required part
 * does not load. The caller frees with kernel_unload(). */
enum status kernel_load(const struct cgroup *g, const struct kernel_settings *settings,
			struct kernel_programs **ret, struct error *err) MUST_CHECK;
void kernel_unload(struct kernel_programs *k); /* NULL-safe; detaches */

/* What became of each part, in the order in which they were loaded. Owned by `k`. */
const struct kernel_part *kernel_parts(const struct kernel_programs *k, size_t *ret_count);

/* Marks a process as the session's first. Needs the rights that loading needs. */
enum status kernel_track(struct kernel_programs *k, pid_t pid, struct error *err) MUST_CHECK;

/* Readable when a program was executed: what runs for a moment only can only for that
 * moment be read, so the ring should be drained now. Owned by `k`. */
int kernel_wake(const struct kernel_programs *k);

/* Hands every record that waits, at most `max`, to `record`; 0, or less where the
 * ring could not be read. */
typedef void kernel_record_fn(void *context, const void *record, size_t size);
int kernel_drain(struct kernel_programs *k, size_t max, kernel_record_fn *record, void *context);

/* Hands on the attempts that have been held in their slots since before `before_ns`
 * (monotonic), as records like any other. Returns how many were lost because they
 * went on at that very moment. */
uint64_t kernel_drain_held(struct kernel_programs *k, uint64_t before_ns, kernel_record_fn *record,
			   void *context);

/* What somebody changed of the programs since they were attached: a hook that was taken
 * off its place, one with another program in it, settings in the shared memory. NULL where
 * all stands as it was, or where the kernel does not tell (before 5.19, without rights).
 * Taking a hook off cannot be undone; another program, or a setting, can be put back
 * before anybody looks. */
const char *kernel_tampered(const struct kernel_programs *k);

/* A counter of kernel_event.h (SHARED_…). */
uint64_t kernel_shared(const struct kernel_programs *k, unsigned which);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/kernel_load.h"

#include "collectors/linux/cgroup.h"
#include "collectors/linux/enforce.h"
#include "collectors/linux/kernel_state.h"
#include "collectors/linux/tracefs.h"
#include "core/auto.h"
#include "core/text.h"

#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#define BTF "/sys/kernel/btf/vmlinux"

#define EMBEDDED(name)                                                                             \
	extern const unsigned char embedded_bpf_##name[];                                          \
	extern const unsigned long embedded_bpf_##name##_size

EMBEDDED(cgroup);
EMBEDDED(process);
EMBEDDED(syscall);
EMBEDDED(syscall_all);
EMBEDDED(tcp);
EMBEDDED(send);
EMBEDDED(option);
EMBEDDED(uring_submit);
EMBEDDED(uring_complete);
EMBEDDED(uring_complete_old);

/* `unless`: left out where that part is on already. The first makes the maps. */
static const struct object {
	const char *name, *witnesses;
	const unsigned char *bytes;
	const unsigned long *size;
	bool required;
	const char *unless;
} objects[] = {
#define OBJECT(part, what, required, unless)                                                       \
	{#part, what, embedded_bpf_##part, &embedded_bpf_##part##_size, required, unless}
	OBJECT(cgroup, "connects, sends, unusual sockets, first packets", true, NULL),
	OBJECT(process, "forks, programs executed, exits", true, NULL),
	OBJECT(syscall, "what connect returned, Unix sockets, packet sockets", false, NULL),
	OBJECT(syscall_all, "the same, from all system calls", false, "syscall"),
	OBJECT(tcp, "TCP connections coming up or failing, bytes carried", false, NULL),
	OBJECT(send, "what sends returned, sockets of others (kernel 6.3 and later)", false, NULL),
	OBJECT(option, "groups of machines that are joined (kernel 6.1 and later)", false, NULL),
	OBJECT(uring_submit, "network requests through io_uring", false, NULL),
	OBJECT(uring_complete, "their results", false, NULL),
	OBJECT(uring_complete_old, "their results (kernels before 6.16)", false, "uring_complete"),
#undef OBJECT
};

_Static_assert(LENGTH(objects) == KERNEL_OBJECTS, "a part for each object");

/* The last words of libbpf before it gave up: the only place where the verifier's
 * reason stands. libbpf has one printing hook for the whole process. */
static char last_words[256];

PRINTF_LIKE(2, 0)
static int keep_words(enum libbpf_print_level level, const char *format, va_list args)
{
	if (level == LIBBPF_WARN)
		vsnprintf(last_words, sizeof last_words, format, args);
	return 0;
}

static enum status fail_libbpf(struct error *err, const char *what, long code)
{
	size_t size = strcspn(last_words, "\n");
	if (code == -EPERM || code == -EACCES)
		return fail(err, ERR_PERMISSION, "%s: no permission", what);
	return fail(err, ERR_UNAVAILABLE, "%s: %s (%.*s)", what, strerror((int)-code), (int)size,
		    last_words);
}

/* The map of that name in an object that is on already. */
static struct bpf_map *find_map(const struct kernel_programs *k, const char *name)
{
	for (size_t i = 0; i < KERNEL_OBJECTS; i++) {
		struct bpf_map *map = k->parts[i].on ? bpf_object__find_map_by_name(k->objects[i], name)
						     : NULL;
		if (map)
			return map;
	}
	return NULL;
}

/* Gives an object the maps of those before it. */
static enum status share_maps(struct kernel_programs *k, struct bpf_object *object,
			      struct error *err)
{
	struct bpf_map *map;
	bpf_object__for_each_map(map, object)
	{
		const char *name = bpf_map__name(map);
		/* ".rodata" and its like are each object's own */
		struct bpf_map *shared = strchr(name, '.') ? NULL : find_map(k, name);
		int code = shared ? bpf_map__reuse_fd(map, bpf_map__fd(shared)) : 0;
		if (code)
			return fail_libbpf(err, "cannot share a map", code);
	}
	return OK;
}

static enum status attach(struct kernel_programs *k, struct bpf_object *object, int cgroup_root,
			  struct error *err)
{
	struct bpf_program *program;
	bpf_object__for_each_program(program, object)
	{
		bool hook = !strncmp(bpf_program__section_name(program), "cgroup", 6);
		struct bpf_link *link = hook ? bpf_program__attach_cgroup(program, cgroup_root)
					     : bpf_program__attach(program);
		long code = libbpf_get_error(link);
		if (code)
			return fail_libbpf(err, bpf_program__name(program), code);
		if (k->link_count == KERNEL_LINKS_MAX)
			return fail(err, ERR_INTERNAL, "more than %d kernel programs", KERNEL_LINKS_MAX);
		if (!kernel_place_of(link, &k->places[k->link_count]))
			k->places[k->link_count] = (struct kernel_place){0};
		k->links[k->link_count++] = link;
	}
	return OK;
}

static enum status open_object(struct kernel_programs *k, size_t i, struct error *err)
{
	struct bpf_object_open_opts options = {.sz = sizeof options, .object_name = objects[i].name};
	last_words[0] = 0;
	struct bpf_object *object = bpf_object__open_mem(objects[i].bytes, *objects[i].size, &options);
	long code = libbpf_get_error(object);
	if (code)
		return fail_libbpf(err, "cannot open", code);
	k->objects[i] = object;
	return OK;
}

/* NULL, and errno, where it cannot be mapped. */
static void *map_memory(struct kernel_programs *k, const char *name, size_t size)
{
	int fd = bpf_map__fd(bpf_object__find_map_by_name(k->objects[0], name));
	void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	return memory == MAP_FAILED ? NULL : memory;
}

static enum status load_maps(struct kernel_programs *k, const struct kernel_settings *settings,
			     struct error *err)
{
	struct bpf_map *events = bpf_object__find_map_by_name(k->objects[0], "events");
	int code = events ? bpf_map__set_max_entries(events, (uint32_t)settings->ring_bytes) : -ENOENT;
	if (!code)
		code = bpf_object__load(k->objects[0]);
	if (code)
		return fail_libbpf(err, "cannot load", code);
	k->tree = bpf_map__fd(bpf_object__find_map_by_name(k->objects[0], "tree"));
	k->shared = map_memory(k, "shared", SHARED_COUNT * sizeof *k->shared);
	k->slots = map_memory(k, "slots", SLOT_COUNT * sizeof *k->slots);
	if (!k->shared || !k->slots)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot map the counters");
	k->settings = *settings;
	k->shared[SHARED_CGROUP] = settings->cgroup_id;
	k->shared[SHARED_LEVEL] = settings->cgroup_level;
	k->shared[SHARED_SUITE] = (uint64_t)settings->suite;
	k->shared[SHARED_HOST] = settings->host;
	if (!settings->enforce)
		return OK;
	k->shared[SHARED_ENFORCE] = settings->enforce->on;
	k->shared[SHARED_FAIL_CLOSED] = settings->enforce->fail_closed;
	return enforce_fill(bpf_map__fd(bpf_object__find_map_by_name(k->objects[0], "allowed")), settings->enforce, err);
}

/* By edges: a ring that merely holds something wakes nobody, a record that was
 * submitted with a wake-up does. */
static enum status watch_ring(struct kernel_programs *k, struct error *err)
{
	struct epoll_event e = {.events = EPOLLIN | EPOLLET};
	int ring = bpf_map__fd(bpf_object__find_map_by_name(k->objects[0], "events"));
	k->wake = epoll_create1(EPOLL_CLOEXEC);
	if (k->wake < 0 || epoll_ctl(k->wake, EPOLL_CTL_ADD, ring, &e) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot watch the ring buffer");
	return OK;
}

static enum status load_first(struct kernel_programs *k, const struct kernel_settings *settings, struct error *err)
{
	enum status status = load_maps(k, settings, err);
	if (status)
		return status;
	int events = bpf_map__fd(bpf_object__find_map_by_name(k->objects[0], "events"));
	k->ring = ring_buffer__new(events, kernel_drain_record, k, NULL);
	if (libbpf_get_error(k->ring)) {
		k->ring = NULL;
		return fail(err, ERR_UNAVAILABLE, "cannot map the ring buffer");
	}
	return watch_ring(k, err);
}

static enum status load_other(struct kernel_programs *k, struct bpf_object *object, struct error *err)
{
	enum status status = share_maps(k, object, err);
	int code = status ? 0 : bpf_object__load(object);
	return code ? fail_libbpf(err, "cannot load", code) : status;
}

static enum status load_part(struct kernel_programs *k, size_t i,
			     const struct kernel_settings *settings, int cgroup_root,
			     struct error *err)
{
	enum status status = open_object(k, i, err);
	if (status)
		return status;
	status = i == 0 ? load_first(k, settings, err) : load_other(k, k->objects[i], err);
	if (status)
		return status;
	return attach(k, k->objects[i], cgroup_root, err);
}

/* Why it is that nothing loads: without the types of the kernel libbpf finds no more words than
 * "no such process". */
static enum status fail_required(struct error *err, const char *name, enum status status, const char *why)
{
	if (access(BTF, F_OK) != 0)
		return fail(err, ERR_UNAVAILABLE, "kernel program %s: this kernel does not tell its types (BTF, %s)", name, BTF);
	return fail(err, status, "kernel program %s: %s", name, why);
}

static bool is_on(const struct kernel_programs *k, const char *name)
{
	for (size_t i = 0; name && i < KERNEL_OBJECTS; i++)
		if (!strcmp(objects[i].name, name))
			return k->parts[i].on;
	return false;
}

enum status kernel_load(const struct cgroup *g, const struct kernel_settings *settings,
			struct kernel_programs **ret, struct error *err)
{
	/* before 5.11 maps count against the limit of locked memory */
	setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){RLIM_INFINITY, RLIM_INFINITY});
	libbpf_set_print(keep_words);
	struct kernel_programs *k = must_alloc(1, sizeof *k);
	k->wake = -1;
	struct tracefs tracefs = tracefs_enter();
	enum status failed = OK;
	for (size_t i = 0; i < KERNEL_OBJECTS && !failed; i++) {
		struct kernel_part *part = &k->parts[i];
		*part = (struct kernel_part){objects[i].name, objects[i].witnesses,
					     objects[i].required, false, false, ""};
		if (is_on(k, objects[i].unless)) {
			part->unneeded = true;
			continue;
		}
		struct error why = {0};
		enum status status = load_part(k, i, settings, g->root, &why);
		part->on = !status;
		if (!status)
			continue;
		snprintf(part->problem, sizeof part->problem, "%s", why.text);
		if (objects[i].required)
			failed = fail_required(err, objects[i].name, status, why.text);
	}
	tracefs_leave(&tracefs);
	if (failed) {
		kernel_unload(k);
		return failed;
	}
	/* only what is sure to be told later may be held back; where a record must be made or
	 * the attempt refused, it is made at once */
	bool may_hold = !k->shared[SHARED_FAIL_CLOSED];
	k->shared[SHARED_HOLD_CONNECT] = may_hold && (is_on(k, "syscall") || is_on(k, "syscall_all"));
	k->shared[SHARED_HOLD_SEND] = may_hold && is_on(k, "send");
	*ret = k;
	return OK;
}

void kernel_unload(struct kernel_programs *k)
{
	if (!k)
		return;
	for (size_t i = 0; i < k->link_count; i++)
		bpf_link__destroy(k->links[i]);
	ring_buffer__free(k->ring);
	auto_close(&k->wake);
	if (k->shared)
		munmap(k->shared, SHARED_COUNT * sizeof *k->shared);
	if (k->slots)
		munmap(k->slots, SLOT_COUNT * sizeof *k->slots);
	for (size_t i = KERNEL_OBJECTS; i > 0; i--)
		bpf_object__close(k->objects[i - 1]);
	free(k);
}

const struct kernel_part *kernel_parts(const struct kernel_programs *k, size_t *ret_count)
{
	*ret_count = KERNEL_OBJECTS;
	return k->parts;
}

enum status kernel_track(struct kernel_programs *k, pid_t pid, struct error *err)
{
	uint32_t key = (uint32_t)pid;
	uint8_t one = 1;
	if (bpf_map_update_elem(k->tree, &key, &one, BPF_ANY) != 0)
		return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot track a process");
	return OK;
}

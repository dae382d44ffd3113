/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/kernel_load.h"

#include "collectors/linux/cgroup.h"
#include "collectors/linux/enforce.h"
#include "collectors/linux/kernel_event.h"
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

enum { OBJECTS = LENGTH(objects), LINKS_MAX = 32 };

/* Where a program hangs, as the kernel tells it. */
struct place {
	uint32_t program; /* its id; 0: the kernel did not tell */
	uint64_t cgroup;  /* id of the group; 0: no hook of a group, or taken off it */
};

struct kernel_programs {
	struct bpf_object *objects[OBJECTS];
	struct bpf_link *links[LINKS_MAX];
	struct place places[LINKS_MAX]; /* as they were attached */
	size_t link_count;
	struct kernel_settings settings;
	struct kernel_part parts[OBJECTS];
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
	for (size_t i = 0; i < OBJECTS; i++) {
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

/* False where the kernel does not tell: before 5.19 it asks for rights that we gave up. */
static bool place_of(const struct bpf_link *link, struct place *ret)
{
	struct bpf_link_info info = {0};
	uint32_t size = sizeof info;
	if (bpf_obj_get_info_by_fd(bpf_link__fd(link), &info, &size) != 0)
		return false;
	*ret = (struct place){info.prog_id, info.type == BPF_LINK_TYPE_CGROUP ? info.cgroup.cgroup_id : 0};
	return true;
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
		if (k->link_count == LINKS_MAX)
			return fail(err, ERR_INTERNAL, "more than %d kernel programs", LINKS_MAX);
		if (!place_of(link, &k->places[k->link_count]))
			k->places[k->link_count] = (struct place){0};
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

static int on_record(void *context, void *record, size_t size);

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

static enum status load_part(struct kernel_programs *k, size_t i,
			     const struct kernel_settings *settings, int cgroup_root,
			     struct error *err)
{
	enum status status = open_object(k, i, err);
	if (status)
		return status;
	if (i == 0) {
		status = load_maps(k, settings, err);
		if (status)
			return status;
		k->ring = ring_buffer__new(
			bpf_map__fd(bpf_object__find_map_by_name(k->objects[0], "events")), on_record,
			k, NULL);
		if (libbpf_get_error(k->ring)) {
			k->ring = NULL;
			return fail(err, ERR_UNAVAILABLE, "cannot map the ring buffer");
		}
		status = watch_ring(k, err);
		if (status)
			return status;
	} else {
		status = share_maps(k, k->objects[i], err);
		int code = status ? 0 : bpf_object__load(k->objects[i]);
		if (code)
			status = fail_libbpf(err, "cannot load", code);
		if (status)
			return status;
	}
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
	for (size_t i = 0; name && i < OBJECTS; i++)
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
	for (size_t i = 0; i < OBJECTS && !failed; i++) {
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
	for (size_t i = OBJECTS; i > 0; i--)
		bpf_object__close(k->objects[i - 1]);
	free(k);
}

const struct kernel_part *kernel_parts(const struct kernel_programs *k, size_t *ret_count)
{
	*ret_count = OBJECTS;
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

static int on_record(void *context, void *record, size_t size)
{
	struct kernel_programs *k = context;
	k->record(k->context, record, size);
	return --k->left == 0 ? -E2BIG : 0;
}

int kernel_wake(const struct kernel_programs *k)
{
	return k->wake;
}

int kernel_drain(struct kernel_programs *k, size_t max, kernel_record_fn *record, void *context)
{
	k->record = record;
	k->context = context;
	k->left = max;
	struct epoll_event e;
	while (epoll_wait(k->wake, &e, 1, 0) > 0)
		; /* taken note of */
	int code = ring_buffer__consume(k->ring);
	return code < 0 && code != -E2BIG ? code : 0;
}

/* Takes the telling over from the kernel side; false: it was quicker. */
static bool take_over(struct slot *slot)
{
	uint32_t held = SLOT_HELD;
	return __atomic_compare_exchange_n(&slot->state, &held, SLOT_TOLD, false, __ATOMIC_SEQ_CST,
					   __ATOMIC_SEQ_CST);
}

uint64_t kernel_drain_held(struct kernel_programs *k, uint64_t before_ns, kernel_record_fn *record,
			   void *context)
{
	uint64_t lost = 0;
	for (size_t i = 0; i < SLOT_COUNT; i++) {
		struct slot *slot = &k->slots[i];
		if (__atomic_load_n(&slot->state, __ATOMIC_ACQUIRE) != SLOT_HELD)
			continue;
		uint64_t owner = __atomic_load_n(&slot->owner, __ATOMIC_ACQUIRE);
		uint64_t since = slot->attempt.head.mono_ns;
		if (since >= before_ns || !take_over(slot))
			continue;
		struct event_attempt copy = slot->attempt;
		/* its thread may have left the call and another one come in meanwhile */
		if (__atomic_load_n(&slot->owner, __ATOMIC_ACQUIRE) != owner ||
		    copy.head.mono_ns != since) {
			lost++;
			continue;
		}
		copy.has |= ATTEMPT_OPEN;
		record(context, &copy, sizeof copy);
	}
	return lost;
}

const char *kernel_tampered(const struct kernel_programs *k)
{
	const struct kernel_settings *s = &k->settings;
	if (kernel_shared(k, SHARED_CGROUP) != s->cgroup_id || kernel_shared(k, SHARED_LEVEL) != s->cgroup_level ||
	    kernel_shared(k, SHARED_SUITE) != (uint64_t)s->suite || kernel_shared(k, SHARED_HOST) != s->host)
		return "somebody changed the settings of the kernel programs";
	for (size_t i = 0; i < k->link_count; i++) {
		const struct place *was = &k->places[i];
		struct place is;
		if (!was->program || !place_of(k->links[i], &is))
			continue;
		if (is.cgroup != was->cgroup)
			return "somebody took a kernel program off its hook";
		if (is.program != was->program)
			return "somebody put another program in the place of a kernel program";
	}
	return NULL;
}

uint64_t kernel_shared(const struct kernel_programs *k, unsigned which)
{
	return __atomic_load_n(&k->shared[which], __ATOMIC_RELAXED);
}

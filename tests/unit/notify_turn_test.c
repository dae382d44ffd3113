/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Threads that answer calls rest where they are not needed, and are there where one is stuck.
 */
#include "tests/unit/cage.h"

#include "core/cursor.h"

#include <dirent.h>
#include <fcntl.h>
#include <linux/userfaultfd.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum { WAITERS = 24, SENT = 300 };

static void *wait_there(void *context)
{
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	(void)context;
	(void)connect(fd, (struct sockaddr *)&full_at, sizeof full_at);
	return NULL;
}

/* First many that wait at once, then one call after the other. */
static bool say_and_wait(void)
{
	char go;
	return write(cage.result[1], "n", 1) == 1 && read(cage.result[1], &go, 1) == 1;
}

static int act_many(void)
{
	pthread_t threads[WAITERS];
	int fd = socket(AF_INET, SOCK_DGRAM, 0);
	for (int i = 0; i < WAITERS; i++)
		if (pthread_create(&threads[i], NULL, wait_there, NULL) != 0)
			return 1;
	for (int i = 0; i < WAITERS; i++)
		pthread_join(threads[i], NULL);
	if (!say_and_wait())
		return 2;
	for (int i = 0; i < SENT; i++)
		if (sendto(fd, "x", 1, 0, (struct sockaddr *)&udp_at, sizeof udp_at) != 1)
			return 3;
	return !say_and_wait();
}

static size_t number_behind(const char *path, const char *name)
{
	char text[4096];
	struct slice line, word;
	uint64_t number = 0;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? read(fd, text, sizeof text) : 0;
	if (fd >= 0)
		close(fd);
	struct cursor c = cursor_over(slice_of(text, size > 0 ? (size_t)size : 0));
	while (cursor_line(&c, &line, NULL)) {
		if (!slice_starts(line, name))
			continue;
		struct cursor rest = cursor_over(slice_part(line, strlen(name), line.size));
		if (cursor_word(&rest, 20, &word))
			slice_u64(word, UINT64_MAX, &number);
	}
	return (size_t)number;
}

/* How often the threads of this process went to sleep so far, and how many they are. */
static size_t rests(size_t *ret_threads)
{
	size_t sum = 0;
	struct dirent *entry;
	DIR *tasks = opendir("/proc/self/task");
	*ret_threads = 0;
	while ((entry = readdir(tasks))) {
		char path[320];
		if (entry->d_name[0] == '.')
			continue;
		snprintf(path, sizeof path, "/proc/self/task/%s/status", entry->d_name);
		sum += number_behind(path, "voluntary_ctxt_switches:");
		++*ret_threads;
	}
	closedir(tasks);
	return sum;
}

/* Takes who waits for the full socket, until the child says that it is through. */
static void until_it_says(void)
{
	char said;
	struct pollfd both[2] = {{.fd = cage.result[0], .events = POLLIN}, {.fd = full, .events = POLLIN}};
	for (int left = PATIENCE_MS / 2; left > 0 && !(both[0].revents & POLLIN); left--) {
		if (poll(both, 2, 2) > 0 && both[1].revents)
			close(accept(full, NULL, NULL));
		turn();
	}
	assert_int_equal(read(cage.result[0], &said, 1), 1);
}

static void who_is_not_needed_rests(void **state)
{
	size_t threads, at_end;
	(void)state;
	hold(act_many);
	let_go();
	for (int left = PATIENCE_MS / 2; left > 0 && number_behind("/proc/self/status", "Threads:") < WAITERS; left--)
		turn();
	until_it_says();
	size_t before = rests(&threads);
	assert_true(threads >= WAITERS);
	let_go();
	until_it_says();
	size_t after = rests(&at_end);
	let_go();
	finish();
	assert_int_equal(cage.status, 0);
	/* the one that answers sleeps once a call and less, the test itself each turn */
	assert_true(after > before);
	assert_int_equal(at_end, threads);
	assert_true(after - before < (size_t)SENT * WAITERS / 4);
}

/* The address lies in memory that nobody has filled yet: who reads it waits for who fills it. */
struct late {
	int fault;
	unsigned char *page;
	long size;
	int value;
};

static void *connect_late(void *context)
{
	struct late *l = context;
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	l->value = (int)syscall(SYS_connect, fd, l->page, sizeof tcp_at);
	return NULL;
}

/* 0 once somebody waits for it; 77: not allowed here. */
static int begin_late(struct late *l, pthread_t *ret_other)
{
	struct uffdio_api api = {.api = UFFD_API};
	struct uffd_msg message;
	l->size = sysconf(_SC_PAGESIZE);
	l->fault = (int)syscall(SYS_userfaultfd, O_CLOEXEC);
	if (l->fault < 0)
		return 77;
	l->page = mmap(NULL, (size_t)l->size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	struct uffdio_register range = {{(uintptr_t)l->page, (size_t)l->size}, UFFDIO_REGISTER_MODE_MISSING, 0};
	if (ioctl(l->fault, UFFDIO_API, &api) != 0 || ioctl(l->fault, UFFDIO_REGISTER, &range) != 0)
		return 77;
	if (pthread_create(ret_other, NULL, connect_late, l) != 0)
		return 1;
	return read(l->fault, &message, sizeof message) == sizeof message ? 0 : 2;
}

static int fill(struct late *l)
{
	unsigned char *filled = aligned_alloc((size_t)l->size, (size_t)l->size);
	memset(filled, 0, (size_t)l->size);
	memcpy(filled, &tcp_at, sizeof tcp_at);
	struct uffdio_copy copy = {(uintptr_t)l->page, (uintptr_t)filled, (size_t)l->size, 0, 0};
	return ioctl(l->fault, UFFDIO_COPY, &copy);
}

static int act_late(void)
{
	struct late l = {.fault = -1};
	pthread_t other;
	int code = begin_late(&l, &other);
	if (code)
		return code;
	if (connect_to(&tcp_at) < 0 || fill(&l) != 0)
		return 3;
	pthread_join(other, NULL);
	return l.value != 0;
}

/* Filled only when the watch has given it up. */
static int act_too_late(void)
{
	struct late l = {.fault = -1};
	pthread_t other;
	int code = begin_late(&l, &other);
	if (!say_and_wait() || code)
		return code;
	if (fill(&l) != 0)
		return 3;
	pthread_join(other, NULL);
	return l.value == 0;
}

static void who_is_stuck_holds_up_nobody(void **state)
{
	(void)state;
	hold(act_late);
	let_go();
	finish();
	if (WIFEXITED(cage.status) && WEXITSTATUS(cage.status) == 77)
		skip(); /* not allowed here (vm.unprivileged_userfaultfd) */
	assert_int_equal(cage.status, 0);
	assert_int_equal(cage.count, 2);
}

static void who_is_stuck_at_the_end_is_given_up(void **state)
{
	(void)state;
	hold(act_too_late);
	let_go();
	until_it_says();
	for (int left = 50; left > 0 && notify_serve_ends(cage.server); left--)
		turn();
	bool stuck = notify_serve_ends(cage.server);
	size_t given_up = stuck ? notify_serve_give_up(cage.server) : 0;
	let_go();
	finish();
	if (WIFEXITED(cage.status) && WEXITSTATUS(cage.status) == 77)
		skip();
	assert_true(stuck);
	assert_int_equal(given_up, 1);
	assert_int_equal(cage.status, 0);
	assert_int_equal(cage.count, 0); /* it was not done */
}

/* After many calls that were over at once, one that is not. */
static int act_seldom(void)
{
	enum { QUICK = 60, OTHERS = 3 /* the queue may have room for one or two */ };
	pthread_t others[OTHERS];
	for (int i = 0; i < QUICK; i++) {
		int fd = connect_to(&tcp_at);
		if (fd < 0)
			return 1;
		close(fd);
	}
	for (int i = 0; i < OTHERS; i++)
		if (pthread_create(&others[i], NULL, wait_there, NULL) != 0 || pthread_detach(others[i]) != 0)
			return 2;
	poll(NULL, 0, 50); /* one waits by now, or will */
	return connect_to(&tcp_at) < 0; /* and the others go with the process */
}

static void who_seldom_waits_holds_up_nobody(void **state)
{
	(void)state;
	run(act_seldom);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_is_not_needed_rests),
		cmocka_unit_test(who_seldom_waits_holds_up_nobody),
		cmocka_unit_test(who_is_stuck_holds_up_nobody),
		cmocka_unit_test(who_is_stuck_at_the_end_is_given_up),
	};
	return cmocka_run_group_tests(tests, cage_setup, cage_teardown);
}

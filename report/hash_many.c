/* SPDX-License-Identifier: Apache-2.0 */
#include "report/hash_many.h"

#include "core/auto.h"
#include "core/file.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 8 };

struct hashing {
	int folder;
	struct manifest_file *files;
	size_t count;
	atomic_size_t next;
	pthread_mutex_t mutex; /* of what follows */
	size_t failed;	       /* the number of the first file that did; `count`: none */
	struct error failure;
};

static enum status hash_one(int folder, struct manifest_file *f, struct error *err)
{
	AUTO_FD int fd = -1;
	enum status status = file_open(folder, f->path, &fd, err);
	if (status)
		return status;
	status = hash_fd(fd, f->digest, &f->size, err);
	return status ? fail_in(err, "%s", f->path) : OK;
}

static void note(struct hashing *h, size_t at, const struct error *why)
{
	pthread_mutex_lock(&h->mutex);
	if (at < h->failed) {
		h->failed = at;
		h->failure = *why;
	}
	pthread_mutex_unlock(&h->mutex);
}

static void *run(void *context)
{
	struct hashing *h = context;
	size_t at;
	while ((at = atomic_fetch_add(&h->next, 1)) < h->count) {
		struct error err = {0};
		if (hash_one(h->folder, &h->files[at], &err))
			note(h, at, &err);
	}
	return NULL;
}

static size_t threads_for(size_t count)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);
	size_t most = processors < 1 ? 1 : processors > THREADS_MAX ? THREADS_MAX : (size_t)processors;
	return count < most ? count : most;
}

enum status hash_many(int folder, struct manifest_file files[], size_t count, struct error *err)
{
	struct hashing h = {.folder = folder, .files = files, .count = count, .failed = count, .mutex = PTHREAD_MUTEX_INITIALIZER};
	pthread_t threads[THREADS_MAX];
	size_t wanted = threads_for(count), made = 0;
	/* this one is one of them, and enough where no other can be made */
	while (made + 1 < wanted && pthread_create(&threads[made], NULL, run, &h) == 0)
		made++;
	run(&h);
	for (size_t i = 0; i < made; i++)
		pthread_join(threads[i], NULL);
	pthread_mutex_destroy(&h.mutex);
	if (h.failed < count)
		*err = h.failure;
	return h.failed < count ? h.failure.status : OK;
}

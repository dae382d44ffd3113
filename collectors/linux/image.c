/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/image.h"

#include "core/auto.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct image {
	dev_t device;
	ino_t inode;
	off_t size;
	struct timespec changed;
	char path[IMAGE_PATH_MAX];
	int fd;              /* while it waits to be hashed, else -1 */
	const char *problem; /* why there is no hash */
};

struct images {
	struct watch *w;
	struct hash *running;
	unsigned char *buffer;
	size_t count, next; /* next: the first that is not hashed yet */
	uint64_t hashed;    /* bytes of the one at `next` */
	struct image images[IMAGE_MAX];
};

struct images *images_new(struct watch *w)
{
	struct images *images = must_alloc(1, sizeof *images);
	images->w = w;
	images->running = hash_new();
	images->buffer = must_alloc(IMAGE_SLICE, 1);
	return images;
}

void images_free(struct images *images)
{
	if (!images)
		return;
	for (size_t i = 0; i < images->count; i++)
		auto_close(&images->images[i].fd);
	hash_free(images->running);
	free(images->buffer);
	free(images);
}

bool image_path(uint32_t pid, char ret[static IMAGE_PATH_MAX])
{
	char link[64];
	snprintf(link, sizeof link, "/proc/%u/exe", pid);
	ssize_t size = readlink(link, ret, IMAGE_PATH_MAX - 1);
	ret[size > 0 ? size : 0] = 0;
	return size > 0;
}

static int open_if_same(const char *path, uint64_t inode, struct stat *st)
{
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
	bool same = fd >= 0 && fstat(fd, st) == 0 && S_ISREG(st->st_mode) && st->st_ino == inode;
	return same ? take_fd(&fd) : -1;
}

/* Opens the program of a process that may be gone, or that we may not look into. The
 * kernel tells the path from the root of its mounts on, which in a chroot lies above
 * ours: then less and less of it is tried. */
static int open_program(uint32_t pid, const char *path, uint64_t inode, struct stat *st)
{
	char link[64];
	snprintf(link, sizeof link, "/proc/%u/exe", pid);
	int fd = open_if_same(link, inode, st);
	for (const char *at = path; fd < 0 && at && *at == '/'; at = strchr(at + 1, '/'))
		fd = open_if_same(at, inode, st);
	return fd;
}

static bool is_same(const struct image *a, const struct stat *st)
{
	return a->device == st->st_dev && a->inode == st->st_ino && a->size == st->st_size &&
	       a->changed.tv_sec == st->st_ctim.tv_sec &&
	       a->changed.tv_nsec == st->st_ctim.tv_nsec;
}

static uint32_t known(const struct images *images, const struct stat *st, const char *path)
{
	for (size_t i = images->count; i > 0; i--) {
		const struct image *a = &images->images[i - 1];
		if (st ? is_same(a, st) : a->problem && !strcmp(a->path, path))
			return (uint32_t)i;
	}
	return 0;
}

uint32_t image_see(struct images *images, uint32_t pid, const char *path, uint64_t inode)
{
	struct stat st;
	AUTO_FD int fd = open_program(pid, path, inode, &st);
	uint32_t number = known(images, fd >= 0 ? &st : NULL, path);
	if (number || images->count == IMAGE_MAX)
		return number;
	struct image *a = &images->images[images->count++];
	*a = (struct image){.fd = -1};
	snprintf(a->path, sizeof a->path, "%s", path);
	if (fd >= 0) {
		a->device = st.st_dev;
		a->inode = st.st_ino;
		a->size = st.st_size;
		a->changed = st.st_ctim;
		a->fd = take_fd(&fd);
	} else {
		a->problem = "gone or not readable when it was to be hashed";
	}
	return (uint32_t)images->count;
}

static void finish(struct images *images, struct image *a, const char *problem)
{
	unsigned char digest[HASH_SIZE];
	hash_peek(images->running, digest);
	hash_reset(images->running);
	struct json *j = evidence_begin(images->w->evidence, "image", clock_now().wall_ns);
	json_add_u64(j, "image", images->next + 1);
	json_add_string(j, "path", a->path);
	if (problem) {
		json_add_string(j, "problem", problem);
	} else {
		json_add_u64(j, "size", images->hashed);
		json_add_hex(j, "sha256", digest, sizeof digest);
	}
	evidence_end(images->w->evidence);
	auto_close(&a->fd);
	a->fd = -1;
	a->problem = problem;
	images->hashed = 0;
	images->next++;
}

bool image_work(struct images *images)
{
	if (images->next == images->count)
		return false;
	struct image *a = &images->images[images->next];
	if (a->fd < 0) {
		finish(images, a, a->problem);
		return true;
	}
	ssize_t got = read(a->fd, images->buffer, IMAGE_SLICE);
	if (got < 0 && errno == EINTR)
		return true;
	if (got <= 0) {
		finish(images, a, got < 0 ? "could not be read" : NULL);
		return true;
	}
	hash_add(images->running, slice_of(images->buffer, (size_t)got));
	images->hashed += (uint64_t)got;
	return true;
}

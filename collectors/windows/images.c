/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/windows/images.h"

#include "core/auto.h"
#include "core/file.h"

#include <fcntl.h>
#include <string.h>

enum { OPEN_MAX_HERE = 256 /* the C library has 2,048 descriptors in all */ };

struct image {
	char *path; /* owned */
	int fd;     /* -1: not opened yet, could not be opened, or is done */
	char problem[256];
};

struct images {
	struct watch *w;
	size_t count, done;
	struct hash *running; /* of the image at `done` */
	uint64_t size;
	unsigned char buffer[IMAGES_SLICE];
	struct image at[IMAGES_MAX];
};

struct images *images_new(struct watch *w)
{
	struct images *images = must_alloc(1, sizeof *images);
	images->w = w;
	images->count = images->done = 0;
	images->size = 0;
	images->running = hash_new();
	return images;
}

void images_free(struct images *images)
{
	if (!images)
		return;
	for (size_t i = 0; i < images->count; i++) {
		auto_close(&images->at[i].fd);
		free(images->at[i].path);
	}
	hash_free(images->running);
	free(images);
}

static void open_file(struct image *image)
{
	struct error err = {0};
	if (file_open(AT_FDCWD, image->path, &image->fd, &err))
		slice_to_string(slice_part(slice_of_string(err.text), 0, sizeof image->problem - 1),
				image->problem, sizeof image->problem);
}

uint32_t images_see(struct images *images, const char *path)
{
	for (size_t i = 0; i < images->count; i++)
		if (!strcmp(images->at[i].path, path))
			return (uint32_t)i + 1;
	if (images->count == IMAGES_MAX)
		return 0;
	struct image *image = &images->at[images->count++];
	*image = (struct image){.path = must_strdup(path), .fd = -1};
	if (images->count - images->done <= OPEN_MAX_HERE)
		open_file(image);
	return (uint32_t)images->count;
}

static void write_record(struct images *images)
{
	const struct image *image = &images->at[images->done];
	unsigned char digest[HASH_SIZE];
	struct json *j = evidence_begin(images->w->evidence, "image", clock_now().wall_ns);
	json_add_u64(j, "image", images->done + 1);
	json_add_string(j, "path", image->path);
	if (image->problem[0]) {
		json_add_string(j, "problem", image->problem);
	} else {
		hash_peek(images->running, digest);
		json_add_u64(j, "size", images->size);
		json_add_hex(j, "sha256", digest, sizeof digest);
	}
	evidence_end(images->w->evidence);
}

static void next(struct images *images)
{
	struct image *image = &images->at[images->done];
	write_record(images);
	auto_close(&image->fd);
	image->fd = -1;
	hash_reset(images->running);
	images->size = 0;
	images->done++;
}

bool images_work(struct images *images)
{
	if (images->done == images->count)
		return false;
	struct image *image = &images->at[images->done];
	if (image->fd < 0 && !image->problem[0])
		open_file(image);
	int got = image->problem[0] ? 0 : (int)read(image->fd, images->buffer, IMAGES_SLICE);
	if (got < 0)
		memcpy(image->problem, "cannot be read", sizeof "cannot be read");
	if (got > 0) {
		hash_add(images->running, slice_of(images->buffer, (size_t)got));
		images->size += (size_t)got;
	} else {
		next(images);
	}
	return images->done < images->count;
}

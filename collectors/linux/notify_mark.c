/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/notify_mark.h"

#include "collectors/linux/notify_memory.h"
#include "core/auto.h"

#include <elf.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool notify_mark_find(struct slice vector, uint64_t *ret)
{
	struct cursor c = cursor_over(vector);
	uint64_t pair[2];
	while (cursor_left(&c) >= sizeof pair) {
		memcpy(pair, cursor_take(&c, sizeof pair).at, sizeof pair);
		if (pair[0] == AT_NULL)
			return false;
		if (pair[0] == AT_RANDOM) {
			*ret = pair[1];
			return *ret != 0;
		}
	}
	return false;
}

void notify_mark_learn(int folder, pid_t tid, struct notify_mark *ret)
{
	unsigned char vector[NOTIFY_VECTOR_MAX];
	AUTO_FD int fd = openat(folder, "auxv", O_RDONLY | O_CLOEXEC);
	ssize_t size = fd >= 0 ? read(fd, vector, sizeof vector) : -1;
	*ret = (struct notify_mark){.at = 0};
	if (size > 0 && notify_mark_find(slice_of(vector, (size_t)size), &ret->at) &&
	    notify_read(tid, ret->at, ret->bytes, sizeof ret->bytes) != 0)
		ret->at = 0;
}

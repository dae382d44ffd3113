/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What /proc says of a caller: its status and its auxiliary vector. What is found there is what
 * stood there, and a name fits. The sources themselves: the fuzzing library is made of the verifying
 * side only.
 */
#include "collectors/linux/notify_who.c"

#include "collectors/linux/notify_mark.c"
#include "collectors/linux/notify_memory.c"

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

/* No process is looked at here. */
bool image_path(uint32_t pid, char ret[static IMAGE_PATH_MAX])
{
	(void)pid;
	ret[0] = 0;
	return false;
}

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	struct notify_who who = {.pid = 0};
	uint64_t at = 0;
	if (notify_who_parse(slice_of(data, size), &who) && strlen(who.comm) >= sizeof who.comm)
		abort();
	if (notify_mark_find(slice_of(data, size), &at) && !memmem(data, size, &at, sizeof at))
		abort();
	return 0;
}

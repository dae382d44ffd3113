/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_MACOS_PROCESS_INFO_H
#define COLLECTORS_MACOS_PROCESS_INFO_H

/*
 * Processes as the kernel of macOS tells of them (libproc.h, sys/proc_info.h).
 */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	PROCESS_INFO_COMM_MAX = 17,
	PROCESS_INFO_PATH_MAX = 4096,
	PROCESS_INFO_ALL_MAX = 65536, /* of one look; macOS itself allows fewer */
};

struct process_info {
	uint32_t parent, uid;
	bool ended; /* it waits for its parent to ask how it ended */
	char comm[PROCESS_INFO_COMM_MAX];
};

/* False where there is none. */
bool process_info_read(uint32_t pid, struct process_info *ret);

/* The program it runs; false where that cannot be told. */
bool process_info_path(uint32_t pid, char ret[static PROCESS_INFO_PATH_MAX]);

/* Its children, those included that have ended and were not asked about; at most `max`. */
size_t process_info_children(uint32_t pid, uint32_t ret[], size_t max);

/* Every process of this machine, at most `max`. */
size_t process_info_all(uint32_t ret[], size_t max);

#endif

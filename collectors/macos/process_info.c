/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/macos/process_info.h"

#include <libproc.h>
#include <string.h>
#include <sys/proc.h>

enum { WITH_ENDED = 1 /* as the argument of PROC_PIDT_SHORTBSDINFO: zombies too */ };

bool process_info_read(uint32_t pid, struct process_info *ret)
{
	struct proc_bsdshortinfo info;
	*ret = (struct process_info){0};
	if (proc_pidinfo((int)pid, PROC_PIDT_SHORTBSDINFO, WITH_ENDED, &info, sizeof info) !=
	    (int)sizeof info)
		return false;
	ret->parent = info.pbsi_ppid;
	ret->uid = info.pbsi_uid;
	ret->ended = info.pbsi_status == SZOMB;
	_Static_assert(sizeof info.pbsi_comm < sizeof ret->comm, "room for its end");
	memcpy(ret->comm, info.pbsi_comm, sizeof info.pbsi_comm);
	return true;
}

bool process_info_path(uint32_t pid, char ret[static PROCESS_INFO_PATH_MAX])
{
	int size = proc_pidpath((int)pid, ret, PROCESS_INFO_PATH_MAX);
	bool told = size > 0 && size < PROCESS_INFO_PATH_MAX;
	ret[told ? size : 0] = 0;
	return told;
}

/* Asks for bytes and gets bytes. */
static size_t list(uint32_t kind, uint32_t of, uint32_t ret[], size_t max)
{
	int size = proc_listpids(kind, of, ret, (int)(max * sizeof *ret));
	size_t count = size > 0 ? (size_t)size / sizeof *ret : 0, kept = 0;
	for (size_t i = 0; i < count && i < max; i++)
		if (ret[i]) /* the kernel's own task */
			ret[kept++] = ret[i];
	return kept;
}

size_t process_info_children(uint32_t pid, uint32_t ret[], size_t max)
{
	return list(PROC_PPID_ONLY, pid, ret, max);
}

size_t process_info_all(uint32_t ret[], size_t max)
{
	return list(PROC_ALL_PIDS, 0, ret, max);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/macos/socket_files.h"

#include <errno.h>
#include <libproc.h>
#include <string.h>

bool socket_files_open(struct socket_files *f, uint32_t pid)
{
	static struct proc_fdinfo files[SOCKET_FILES_MAX];
	f->pid = pid;
	f->count = f->at = 0;
	errno = 0; /* 0 bytes may be a process without open files */
	int size = proc_pidinfo((int)pid, PROC_PIDLISTFDS, 0, files, sizeof files);
	if (size < 0 || (size == 0 && errno))
		return false;
	f->cut = (size_t)size >= sizeof files;
	for (size_t i = 0; i < (size_t)size / sizeof *files; i++)
		if (files[i].proc_fdtype == PROX_FDTYPE_SOCKET)
			f->numbers[f->count++] = files[i].proc_fd;
	return true;
}

/* `i` with the member of its union that its kind says. */
static bool facts_of(const struct socket_info *i, struct socket_facts *ret)
{
	bool tcp = i->soi_kind == SOCKINFO_TCP;
	if (!tcp && i->soi_kind != SOCKINFO_IN)
		return false;
	const struct in_sockinfo *in = tcp ? &i->soi_proto.pri_tcp.tcpsi_ini : &i->soi_proto.pri_in;
	*ret = (struct socket_facts){
		.tcp = tcp,
		.protocol = i->soi_protocol,
		.vflag = in->insi_vflag,
		.lport = in->insi_lport,
		.fport = in->insi_fport,
		.state = tcp ? i->soi_proto.pri_tcp.tcpsi_state : 0,
	};
	_Static_assert(sizeof in->insi_laddr == sizeof ret->local, "sixteen bytes");
	memcpy(ret->local, &in->insi_laddr, sizeof ret->local);
	memcpy(ret->foreign, &in->insi_faddr, sizeof ret->foreign);
	return true;
}

bool socket_files_next(struct socket_files *f, struct socket_facts *ret, uint64_t *ret_handle)
{
	struct socket_fdinfo info;
	while (f->at < f->count) {
		int32_t number = f->numbers[f->at++];
		/* one that was closed meanwhile is none */
		if (proc_pidfdinfo((int)f->pid, number, PROC_PIDFDSOCKETINFO, &info, sizeof info) !=
			    (int)sizeof info ||
		    !facts_of(&info.psi, ret))
			continue;
		*ret_handle = info.psi.soi_so;
		return true;
	}
	return false;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/inherited.h"

#include "core/auto.h"

#include <arpa/inet.h>
#include <dirent.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>

union peer {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
	struct sockaddr_storage room;
};

/* Those of Unix and netlink stay on this machine. */
static bool is_socket(int fd, int *ret_family, int *ret_proto)
{
	struct stat st;
	socklen_t size = sizeof *ret_family;
	int flags = fcntl(fd, F_GETFD);
	*ret_proto = 0;
	if (flags < 0 || (flags & FD_CLOEXEC) || fstat(fd, &st) != 0 || !S_ISSOCK(st.st_mode) ||
	    getsockopt(fd, SOL_SOCKET, SO_DOMAIN, ret_family, &size) != 0)
		return false;
	size = sizeof *ret_proto;
	getsockopt(fd, SOL_SOCKET, SO_PROTOCOL, ret_proto, &size);
	return *ret_family != AF_UNIX && *ret_family != AF_NETLINK;
}

/* The other side; ADDRESS_NONE where there is none (yet). */
static struct address peer_of(int fd, unsigned *ret_port)
{
	union peer p = {0};
	socklen_t size = sizeof p;
	unsigned char bytes[16];
	*ret_port = 0;
	if (getpeername(fd, &p.any, &size) != 0)
		return (struct address){0};
	if (p.any.sa_family == AF_INET) {
		*ret_port = ntohs(p.v4.sin_port);
		memcpy(bytes, &p.v4.sin_addr, 4);
		return address_v4(bytes);
	}
	if (p.any.sa_family != AF_INET6)
		return (struct address){0};
	*ret_port = ntohs(p.v6.sin6_port);
	memcpy(bytes, &p.v6.sin6_addr, 16);
	return address_v6(bytes);
}

static const char *proto_of(int family, int proto)
{
	if (family != AF_INET && family != AF_INET6)
		return family == AF_PACKET ? "packet" : family == AF_VSOCK ? "vsock" : "other_family";
	return proto == IPPROTO_TCP ? "tcp" : proto == IPPROTO_UDP ? "udp" : "raw";
}

static void write_one(const struct watch *w, int fd)
{
	char text[ADDRESS_TEXT_MAX];
	int family, proto;
	unsigned port;
	if (!is_socket(fd, &family, &proto))
		return;
	struct address peer = peer_of(fd, &port);
	if (peer.family != ADDRESS_NONE && !watch_leaves(w, &peer))
		return;
	struct json *j = evidence_begin(w->evidence, "inherited", clock_now().wall_ns);
	json_add_i64(j, "pid", w->command);
	json_add_u64(j, "fd", (uint64_t)fd);
	json_add_string(j, "proto", proto_of(family, proto));
	if (peer.family != ADDRESS_NONE) {
		address_text(&peer, text);
		json_add_string(j, "dst", text);
		json_add_u64(j, "dport", port);
	}
	json_add_bool(j, "cgroup", true);
	json_add_bool(j, "tree", true);
	evidence_end(w->evidence);
}

void inherited_write(const struct watch *w)
{
	AUTO_DIR DIR *open_ones = opendir("/proc/self/fd");
	struct dirent *entry;
	while (open_ones && (entry = readdir(open_ones)) != NULL) {
		uint64_t fd;
		if (slice_u64(slice_of_string(entry->d_name), INT32_MAX, &fd))
			write_one(w, (int)fd);
	}
}

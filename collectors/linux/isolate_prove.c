/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must not be possible inside is tried, before the command's first instruction and
 * with no more rights than it will have.
 */
#include "collectors/linux/isolate.h"

#include "collectors/linux/isolate_link.h"
#include "core/auto.h"
#include "core/socket_address.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <sched.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>

enum { PORT = 9 /* discard: it goes nowhere */ };

/* Tries it: 0 where that worked, else the errno value. What there is to say beside that
 * goes into `detail`. */
struct proving {
	const struct isolate *i;
	const int *fds;
	char detail[ISOLATE_DETAIL_MAX];
};
typedef int prove_fn(struct proving *p);

static int failed(bool yes)
{
	return yes ? errno ? errno : EIO : 0;
}

static int links(struct proving *p)
{
	struct isolate_links l;
	struct error err = {0};
	if (isolate_link_look(p->fds[ISOLATE_ASK], &l, &err)) {
		snprintf(p->detail, sizeof p->detail, "%.150s", err.text);
		return 0;
	}
	snprintf(p->detail, sizeof p->detail, "%u other links are up, %u routes over others%s%s", l.others_up, l.routes,
		 l.first[0] ? ": " : "", l.first);
	return l.others_up + l.routes ? 0 : ENODEV;
}

/* RFC 5737 and RFC 3849: addresses of documentation, which belong to nobody. */
static int reach(int fd, const char *address, bool tcp)
{
	struct address a;
	union socket_address to;
	if (fd < 0)
		return EAFNOSUPPORT;
	if (!address_parse(slice_of_string(address), &a))
		return 0;
	socklen_t size = (socklen_t)socket_address_make(&a, PORT, &to);
	return failed(tcp ? connect(fd, &to.any, size) != 0 : sendto(fd, "", 0, 0, &to.any, size) < 0);
}

static int tcp4(struct proving *p)
{
	return reach(p->fds[ISOLATE_TCP4], "192.0.2.1", true);
}

static int udp4(struct proving *p)
{
	return reach(p->fds[ISOLATE_UDP4], "192.0.2.1", false);
}

static int tcp6(struct proving *p)
{
	return reach(p->fds[ISOLATE_TCP6], "2001:db8::1", true);
}

static int udp6(struct proving *p)
{
	return reach(p->fds[ISOLATE_UDP6], "2001:db8::1", false);
}

/* The resolver of systemd listens there, and answers for the machine. */
static int resolver(struct proving *p)
{
	struct address a;
	union socket_address to;
	AUTO_FD int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	(void)p;
	if (!address_parse(SLICE("127.0.0.53"), &a))
		return 0;
	socklen_t size = (socklen_t)socket_address_make(&a, 53, &to);
	return failed(connect(fd, &to.any, size) != 0);
}

static int raw(struct proving *p)
{
	(void)p;
	AUTO_FD int fd = socket(AF_INET, SOCK_RAW | SOCK_CLOEXEC, IPPROTO_RAW);
	return failed(fd < 0);
}

static int packet(struct proving *p)
{
	(void)p;
	AUTO_FD int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
	return failed(fd < 0);
}

static int vsock(struct proving *p)
{
	(void)p;
	AUTO_FD int fd = socket(AF_VSOCK, SOCK_STREAM | SOCK_CLOEXEC, 0);
	return failed(fd < 0);
}

static int ring(struct proving *p)
{
	(void)p;
	char parameters[256] = {0};
	AUTO_FD int fd = (int)syscall(SYS_io_uring_setup, 1, parameters);
	return failed(fd < 0);
}

/* Without the filter the answer would be that there is no such key. */
static int key(struct proving *p)
{
	(void)p;
	return syscall(SYS_request_key, "user", "airgap-verify", "", 0) < 0 && errno == ENOSYS ? errno : 0;
}

static int ask_unix(const char *name, bool abstract)
{
	struct sockaddr_un to = {.sun_family = AF_UNIX};
	AUTO_FD int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	size_t size = strlen(name);
	memcpy(to.sun_path + abstract, name, size);
	size += offsetof(struct sockaddr_un, sun_path) + 1; /* its NUL, or the one in front */
	return failed(connect(fd, (const struct sockaddr *)&to, (socklen_t)size) != 0);
}

static int bait(struct proving *p)
{
	return ask_unix(p->i->bait, false);
}

static int abstract(struct proving *p)
{
	return ask_unix(p->i->bait_name, true);
}

static int bus(struct proving *p)
{
	(void)p;
	return ask_unix("/run/dbus/system_bus_socket", false);
}

static int container(struct proving *p)
{
	(void)p;
	return ask_unix("/run/docker.sock", false);
}

static int display(struct proving *p)
{
	(void)p;
	return ask_unix("/tmp/.X11-unix/X0", false);
}

static int mounting(struct proving *p)
{
	(void)p;
	return failed(mount("tmpfs", "/", "tmpfs", 0, NULL) != 0);
}

static int unmounting(struct proving *p)
{
	return p->i->hidden_count ? failed(umount2(p->i->hidden[0], MNT_DETACH) != 0) : EPERM;
}

/* With all rights over further namespaces, which anybody may have. */
static int revealing(struct proving *p)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		if (unshare(CLONE_NEWUSER | CLONE_NEWNS) != 0 || !p->i->hidden_count)
			_exit(errno ? errno : EPERM);
		_exit(failed(umount2(p->i->hidden[0], MNT_DETACH) != 0));
	}
	if (pid < 0 || waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
		return 0;
	return WEXITSTATUS(status);
}

static int joining(struct proving *p)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/ns/net", p->i->collector);
	AUTO_FD int fd = open(path, O_RDONLY | O_CLOEXEC);
	return failed(fd < 0 || setns(fd, CLONE_NEWNET) != 0);
}

static int tracing(struct proving *p)
{
	char path[64];
	snprintf(path, sizeof path, "/proc/%d/mem", p->i->collector);
	AUTO_FD int fd = open(path, O_RDWR | O_CLOEXEC);
	return failed(fd < 0);
}

/* Without the filter the answer would be ENOTTY: it is no terminal. */
static int typing(struct proving *p)
{
	(void)p;
	AUTO_FD int fd = open("/dev/null", O_RDWR | O_CLOEXEC);
	int code = failed(ioctl(fd, TIOCSTI, "") != 0);
	return code == ENOTTY ? 0 : code;
}

static int capabilities(struct proving *p)
{
	struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
	struct __user_cap_data_struct data[2] = {0};
	(void)p;
	for (int n = 0; prctl(PR_CAPBSET_READ, n, 0, 0, 0) >= 0; n++)
		if (prctl(PR_CAPBSET_READ, n, 0, 0, 0) > 0)
			return 0;
	if (syscall(SYS_capget, &header, data) != 0 || data[0].permitted || data[1].permitted || data[0].inheritable)
		return 0;
	return prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 1 ? EPERM : 0;
}

/* Root on the machine owns what the machine runs: its files of settings are ways out. */
static int user(struct proving *p)
{
	snprintf(p->detail, sizeof p->detail, "it runs as user %u", p->i->uid);
	return p->i->uid ? EPERM : 0;
}

static int standard(struct proving *p)
{
	snprintf(p->detail, sizeof p->detail, "%u of the three are sockets or folders, %u others were closed",
		 p->i->sockets_standard, p->i->sockets_closed);
	return p->i->sockets_standard ? 0 : EBADF;
}

static const struct {
	const char *name, *tried;
	prove_fn *try;
} proofs[] = {
	{"links", "a link or route besides the loopback", links},
	{"tcp4", "a TCP connection to 192.0.2.1", tcp4},
	{"udp4", "a datagram to 192.0.2.1", udp4},
	{"tcp6", "a TCP connection to 2001:db8::1", tcp6},
	{"udp6", "a datagram to 2001:db8::1", udp6},
	{"resolver", "the machine's resolver at 127.0.0.53", resolver},
	{"raw", "a raw socket", raw},
	{"packet", "a packet socket", packet},
	{"vsock", "a socket to the host of a virtual machine", vsock},
	{"io_uring", "a ring that makes sockets", ring},
	{"key", "a key that a program outside makes", key},
	{"unix", "a Unix socket outside, by its path", bait},
	{"abstract", "a Unix socket outside, by its abstract name", abstract},
	{"bus", "the machine's D-Bus", bus},
	{"container", "the socket of docker", container},
	{"display", "the socket of X11", display},
	{"mount", "a mount", mounting},
	{"unmount", "to take away what hides a folder", unmounting},
	{"reveal", "the same with rights over a namespace of its own", revealing},
	{"join", "the network of a process outside", joining},
	{"trace", "the memory of a process outside", tracing},
	{"type", "to type into the terminal", typing},
	{"capabilities", "a capability, or a program that gives one", capabilities},
	{"user", "to be root on the machine", user},
	{"standard", "a socket as standard input, output or error", standard},
};

_Static_assert(LENGTH(proofs) <= ISOLATE_PROOFS_MAX, "room for all of them");

const char *isolate_proof_name(size_t n, const char **ret_tried)
{
	if (n >= LENGTH(proofs))
		return NULL;
	*ret_tried = proofs[n].tried;
	return proofs[n].name;
}

void isolate_prove(struct isolate *i, const int fds[static ISOLATE_FDS])
{
	struct proving p = {.i = i, .fds = fds};
	for (size_t n = 0; n < LENGTH(proofs); n++) {
		errno = 0;
		p.detail[0] = 0;
		int code = proofs[n].try(&p);
		struct isolate_proof *proof = &i->proofs[n];
		proof->tried = true;
		proof->held = code != 0;
		snprintf(proof->detail, sizeof proof->detail, "%s", p.detail[0] ? p.detail : code ? strerror(code) : "it worked");
	}
}

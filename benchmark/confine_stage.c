/* SPDX-License-Identifier: Apache-2.0 */
#include "benchmark/confine_stage.h"

#include "core/auto.h"
#include "core/file.h"
#include "core/random.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { COMMAND_MAX = 1 << 12, INSIDE_MAX = 100 };

static int listen_at(int family, int type, const void *address, socklen_t size)
{
	AUTO_FD int fd = socket(family, type | SOCK_CLOEXEC, 0);
	if (fd < 0 || bind(fd, address, size) != 0 || (type == SOCK_STREAM && listen(fd, 4) != 0))
		return -1;
	return take_fd(&fd);
}

static uint16_t port_of(int fd)
{
	struct sockaddr_in6 at = {0}; /* the port stands at the same place in both kinds */
	socklen_t size = sizeof at;
	return fd >= 0 && getsockname(fd, (struct sockaddr *)&at, &size) == 0 ? ntohs(at.sin6_port) : 0;
}

static int listen_unix(const char *name)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	size_t size = strlen(name);
	if (size >= sizeof at.sun_path)
		return -1;
	memcpy(at.sun_path, name, size);
	if (name[0] == '@')
		at.sun_path[0] = 0;
	return listen_at(AF_UNIX, SOCK_STREAM, &at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + size));
}

static void set_listeners(struct stage *s)
{
	const struct sockaddr_in four = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
	const struct sockaddr_in6 six = {.sin6_family = AF_INET6, .sin6_addr = IN6ADDR_LOOPBACK_INIT};
	s->listener[STAGE_TCP] = listen_at(AF_INET, SOCK_STREAM, &four, sizeof four);
	s->listener[STAGE_TCP6] = listen_at(AF_INET6, SOCK_STREAM, &six, sizeof six);
	s->listener[STAGE_UDP] = listen_at(AF_INET, SOCK_DGRAM, &four, sizeof four);
	s->listener[STAGE_ABSTRACT] = listen_unix(s->abstract);
	s->listener[STAGE_PATH] = listen_unix(s->socket);
	for (size_t i = STAGE_TCP; i <= STAGE_UDP; i++)
		s->port[i] = port_of(s->listener[i]);
}

static enum status set_secret(struct stage *s, struct error *err)
{
	AUTO_FD int fd = open(s->secret, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return fail_errno(err, ERR_CREATE, errno, "%s", s->secret);
	return file_write_fd(fd, slice_of_string(s->content), s->secret, err);
}

/* It waits, and does nothing that another thread's lock could hold up. */
static pid_t fork_waiting(void)
{
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
	for (;;)
		pause();
}

static void end_waiting(pid_t pid)
{
	kill(pid, SIGKILL); /* our own child, not waited for yet */
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		continue;
}

/* Of a number that no process inside has: those there begin anew with 1, as ours may do
 * in a container. */
static enum status set_victim(struct stage *s, struct error *err)
{
	for (int i = 0; i <= INSIDE_MAX; i++) {
		s->victim = fork_waiting();
		if (s->victim < 0)
			return fail_errno(err, ERR_UNAVAILABLE, errno, "cannot start a process");
		if (s->victim > INSIDE_MAX)
			return OK;
		end_waiting(s->victim);
		s->victim = 0;
	}
	return fail(err, ERR_UNAVAILABLE, "cannot start a process with a number above %d", INSIDE_MAX);
}

static void draw(char ret[static STAGE_TOKEN_MAX])
{
	unsigned char bytes[(STAGE_TOKEN_MAX - 1) / 2];
	random_bytes(bytes, sizeof bytes);
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(ret + 2 * i, 3, "%02x", bytes[i]);
}

enum status stage_set(struct stage *s, struct error *err)
{
	memset(s, 0, sizeof *s);
	for (size_t i = 0; i < STAGE_LISTENERS; i++)
		s->listener[i] = -1;
	draw(s->token);
	draw(s->content);
	snprintf(s->folder, sizeof s->folder, "/tmp/airgap-proof-%s", s->token);
	snprintf(s->secret, sizeof s->secret, "%s/secret", s->folder);
	snprintf(s->socket, sizeof s->socket, "%s/socket", s->folder);
	snprintf(s->abstract, sizeof s->abstract, "@airgap-proof-%s", s->token);
	if (mkdir(s->folder, 0700) != 0)
		return fail_errno(err, ERR_CREATE, errno, "cannot make %s", s->folder);
	set_listeners(s);
	enum status status = set_secret(s, err);
	if (!status)
		status = set_victim(s, err);
	if (!status && (s->listener[STAGE_TCP] < 0 || s->listener[STAGE_UDP] < 0 || s->listener[STAGE_PATH] < 0))
		status = fail(err, ERR_UNAVAILABLE, "cannot listen on the loopback to see whether anything comes");
	if (status)
		stage_strike(s);
	return status;
}

void stage_strike(struct stage *s)
{
	for (size_t i = 0; i < STAGE_LISTENERS; i++)
		auto_close(&s->listener[i]);
	if (s->victim > 0)
		end_waiting(s->victim);
	unlink(s->secret);
	unlink(s->socket);
	rmdir(s->folder);
}

bool stage_was_reached(const struct stage *s, enum stage_listener which)
{
	struct pollfd at = {.fd = s->listener[which], .events = POLLIN};
	return at.fd >= 0 && poll(&at, 1, 0) > 0;
}

bool stage_victim_lives(const struct stage *s)
{
	return waitpid(s->victim, NULL, WNOHANG) == 0;
}

bool stage_was_written(const char *path)
{
	return access(path, F_OK) == 0 && (unlink(path), true);
}

size_t stage_left(const struct stage *s)
{
	AUTO_DIR DIR *processes = opendir("/proc");
	const struct dirent *entry;
	size_t count = 0;
	while (processes && (entry = readdir(processes))) {
		char path[300];
		uint64_t pid;
		AUTO_TEXT struct text text = text_make(COMMAND_MAX);
		if (!slice_u64(slice_of_string(entry->d_name), INT32_MAX, &pid) || (pid_t)pid == getpid())
			continue;
		snprintf(path, sizeof path, "/proc/%s/cmdline", entry->d_name);
		if (file_read(AT_FDCWD, path, COMMAND_MAX, &text, NULL) == OK)
			count += slice_search(text_slice(&text), slice_of_string(s->token)) < text.size;
	}
	return count;
}

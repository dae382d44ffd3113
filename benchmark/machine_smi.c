/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nvidia-smi --query-gpu=index,name,memory.total,memory.free --format=csv,noheader,nounits
 *
 *	0, NVIDIA GeForce RTX 4060 Ti, 8188, 7421        MiB
 *	0, NVIDIA GB10, [N/A], [N/A]                     which uses the machine's memory
 */
#include "benchmark/machine_source.h"

#include "core/auto.h"
#include "core/clock.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/wait.h>

enum { PRINTED_MAX = 1 << 16, LINE_BYTES = 512, MIB_MAX = 1 << 30, WAIT_S = 10 };

/* The words of NVIDIA's for a value that a card does not have. */
static bool is_none(struct slice value)
{
	return slice_is(value, "[N/A]") || slice_is(value, "[Not Supported]") || slice_is(value, "N/A");
}

static bool read_line(struct slice line, struct machine_gpu *g)
{
	struct cursor c = cursor_over(line);
	struct slice index, name, total;
	uint64_t number, mib = 0, left = 0;
	AUTO_TEXT struct text shown = text_make(sizeof g->name - 1);
	if (line.size > LINE_BYTES || !cursor_until(&c, ',', LINE_BYTES, &index) || !cursor_until(&c, ',', LINE_BYTES, &name) ||
	    !cursor_until(&c, ',', LINE_BYTES, &total) || !slice_u64(slice_trim(index), 4096, &number))
		return false;
	struct slice unused = slice_trim(cursor_rest(&c));
	total = slice_trim(total);
	g->unified = is_none(total);
	if (!g->unified && !slice_u64(total, MIB_MAX, &mib))
		return false;
	g->free_known = slice_u64(unused, MIB_MAX, &left) && left <= mib;
	if (!g->free_known && !is_none(unused))
		return false;
	g->total_bytes = mib << 20;
	g->free_bytes = g->free_known ? left << 20 : 0;
	text_add_printable(&shown, slice_trim(name), 60);
	slice_to_string(text_slice(&shown), g->name, sizeof g->name);
	snprintf(g->vendor, sizeof g->vendor, "nvidia");
	snprintf(g->source, sizeof g->source, "nvidia-smi");
	return true;
}

bool machine_nvidia_smi(struct slice printed, struct machine *ret)
{
	struct cursor lines = cursor_over(printed);
	struct slice line;
	size_t before = ret->gpu_count;
	while (cursor_line(&lines, &line, NULL)) {
		struct machine_gpu g = {0}, *next;
		if (slice_trim(line).size == 0)
			continue;
		if (!read_line(line, &g)) {
			ret->gpu_count = before; /* a message of an error, or another format */
			return false;
		}
		if ((next = machine_add(ret)))
			*next = g;
	}
	return ret->gpu_count > before;
}

/* Reads to the end of the pipe; false past PRINTED_MAX or WAIT_S. */
static bool read_all(int fd, struct text *ret)
{
	char buffer[4096];
	int64_t until = clock_mono() + WAIT_S * CLOCK_SECOND;
	while (!ret->overflow) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int64_t left = (until - clock_mono()) / CLOCK_MILLISECOND;
		int ready = left > 0 ? poll(&p, 1, (int)left) : 0;
		if (ready < 0 && errno == EINTR)
			continue;
		ssize_t got = ready > 0 ? read(fd, buffer, sizeof buffer) : -1;
		if (got <= 0)
			return got == 0;
		text_add(ret, slice_of(buffer, (size_t)got));
	}
	return false;
}

bool machine_run_smi(struct text *ret)
{
	static const char *const places[] = {"/usr/bin/nvidia-smi", "/usr/local/bin/nvidia-smi", "/usr/lib/wsl/lib/nvidia-smi",
					     "/run/current-system/sw/bin/nvidia-smi"};
	static char query[] = "--query-gpu=index,name,memory.total,memory.free", format[] = "--format=csv,noheader,nounits";
	static char language[] = "LC_ALL=C", program[] = "nvidia-smi";
	char *argv[] = {program, query, format, NULL}, *environment[] = {language, NULL};
	int ends[2], status = -1;
	pid_t pid = -1;
	*ret = text_make(PRINTED_MAX);
	if (pipe2(ends, O_CLOEXEC))
		return false;
	AUTO_FD int from = ends[0];
	posix_spawn_file_actions_t actions;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	for (size_t i = 0; i < LENGTH(places) && pid < 0; i++)
		if (posix_spawn(&pid, places[i], &actions, NULL, argv, environment))
			pid = -1;
	posix_spawn_file_actions_destroy(&actions);
	close(ends[1]);
	if (pid < 0)
		return false;
	bool whole = read_all(from, ret);
	if (!whole)
		kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		continue;
	return whole && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What must not be possible is tried: by a small program of ours inside (inside/probe.c;
 * compiled, as a shell has no system calls and Python need not be there), and looked at
 * from outside, where it would have had an effect. What the program says of itself is
 * only the detail.
 */
#include "benchmark/confine.h"

#include "benchmark/confine_command.h"
#include "benchmark/confine_stage.h"
#include "core/auto.h"

#include <stdio.h>
#include <stdlib.h>

/* The compiled probe (GNUmakefile). */
extern const unsigned char embedded_probe[];
extern const unsigned long embedded_probe_size;

enum {
	TRY_MS = 20000,
	SHORT_MS = 300, /* for what never ends by itself */
	MEMORY_MAX = 256 << 20,
	MEMORY_SLACK = 64 << 20, /* what may be held before counting notices, where there is no group */
	BLOCK_BYTES = 1 << 20,   /* of the probe */
	WORDS_MAX = 12,
	WORD_MAX = 512,
	PROCESSES_MAX = GROUP_PROCESSES_MAX + 8,
};

struct attempt {
	const struct stage *stage;
	const struct confine_result *result;
	char words[WORDS_MAX][WORD_MAX]; /* of the probe: verb, arguments */
	size_t count;
};

struct trial {
	const char *name, *tried;
	const char *verb;
	void (*arrange)(struct attempt *a); /* adds the arguments; may be NULL */
	bool (*held)(const struct attempt *a);
};

static void PRINTF_LIKE(2, 3) add(struct attempt *a, const char *format, ...)
{
	va_list args;
	va_start(args, format);
	if (a->count < WORDS_MAX)
		vsnprintf(a->words[a->count++], WORD_MAX, format, args);
	va_end(args);
}

static bool says(const struct attempt *a, const char *text)
{
	struct slice result = text_slice(&a->result->result);
	return slice_search(result, slice_of_string(text)) < result.size;
}

/* The number behind "name: " in what the probe said; false where there is none. */
static bool number(const struct attempt *a, const char *name, uint64_t *ret)
{
	struct cursor lines = cursor_over(text_slice(&a->result->result));
	struct slice line, word;
	while (cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		if (cursor_until(&c, ':', 32, &word) && slice_is(word, name) && cursor_word(&c, 20, &word))
			return slice_u64(word, UINT32_MAX, ret);
	}
	return false;
}

static bool nothing_done(const struct attempt *a)
{
	return a->result->end == CONFINE_EXITED && a->result->result.size > 0 && !says(a, ": done");
}

static void to_tcp(struct attempt *a)
{
	add(a, "%u", a->stage->port[STAGE_TCP]);
}

static bool no_tcp(const struct attempt *a)
{
	return nothing_done(a) && !stage_was_reached(a->stage, STAGE_TCP);
}

static void to_tcp6(struct attempt *a)
{
	/* without IPv6 here it has nowhere to arrive, and is tried all the same */
	add(a, "%u", a->stage->port[STAGE_TCP6] ? a->stage->port[STAGE_TCP6] : a->stage->port[STAGE_TCP]);
}

static bool no_tcp6(const struct attempt *a)
{
	return nothing_done(a) && !stage_was_reached(a->stage, STAGE_TCP6);
}

static void to_udp(struct attempt *a)
{
	add(a, "%u", a->stage->port[STAGE_UDP]);
}

static bool no_udp(const struct attempt *a)
{
	return nothing_done(a) && !stage_was_reached(a->stage, STAGE_UDP);
}

static void to_unix(struct attempt *a)
{
	add(a, "%s", a->stage->abstract);
	add(a, "%s", a->stage->socket);
}

static bool no_unix(const struct attempt *a)
{
	return nothing_done(a) && !stage_was_reached(a->stage, STAGE_ABSTRACT) && !stage_was_reached(a->stage, STAGE_PATH);
}

static void secrets(struct attempt *a)
{
	add(a, "%s", a->stage->secret);
	add(a, "/proc/%d/root%s", (int)a->stage->victim, a->stage->secret);
	add(a, "/proc/%d/environ", (int)a->stage->victim);
	add(a, "/proc/%d/mem", (int)a->stage->victim);
	add(a, "/etc/shadow");
	add(a, "/etc/passwd");
	add(a, "%.300s/.bash_history", getenv("HOME") ? getenv("HOME") : "/root");
	add(a, "/sys/kernel/notes");
	add(a, "/dev/mem");
}

static bool no_secret(const struct attempt *a)
{
	return nothing_done(a) && !says(a, a->stage->content);
}

static void one_secret(struct attempt *a)
{
	add(a, "%s", a->stage->secret);
}

static bool no_way_by_links(const struct attempt *a)
{
	/* the link itself lies in its own folder, and may */
	return a->result->end == CONFINE_EXITED && says(a, "symlink: done") && !says(a, a->stage->content);
}

static const char *const places[] = {"/usr", "/usr/bin", "/usr/local", "/etc", "", "/dev", "/proc", "/lib"};

static void write_places(struct attempt *a)
{
	for (size_t i = 0; i < LENGTH(places); i++)
		add(a, "%s/airgap-proof-%s", places[i], a->stage->token);
	add(a, "%s/written", a->stage->folder);
}

static bool nothing_written(const struct attempt *a)
{
	bool written = false;
	for (size_t i = 1; i < a->count; i++)
		written |= stage_was_written(a->words[i]);
	return nothing_done(a) && !written;
}

/* In its own /tmp, which is not ours. */
static void write_tmp(struct attempt *a)
{
	add(a, "/tmp/airgap-proof-%s-written", a->stage->token);
}

static bool tmp_is_its_own(const struct attempt *a)
{
	return says(a, ": done") && !stage_was_written(a->words[1]);
}

static void the_victim(struct attempt *a)
{
	add(a, "%d", (int)a->stage->victim);
}

static bool no_signal(const struct attempt *a)
{
	return nothing_done(a) && stage_victim_lives(a->stage);
}

static void the_token(struct attempt *a)
{
	add(a, "%s", a->stage->token);
}

static bool forks_are_bounded(const struct attempt *a)
{
	uint64_t count;
	return number(a, "forks", &count) && count <= PROCESSES_MAX && stage_left(a->stage) == 0;
}

static bool disk_is_bounded(const struct attempt *a)
{
	uint64_t blocks;
	if (a->result->end == CONFINE_MEMORY) /* what is in memory is counted as such too */
		return true;
	return number(a, "blocks", &blocks) && blocks * BLOCK_BYTES <= COMMAND_DISK_MAX + BLOCK_BYTES;
}

/* They hold more than four times of it together, if they may. */
static bool memory_is_bounded(const struct attempt *a)
{
	return a->result->end == CONFINE_MEMORY ||
	       (a->result->memory_bytes > 0 && a->result->memory_bytes <= MEMORY_MAX + MEMORY_SLACK);
}

static bool time_is_bounded(const struct attempt *a)
{
	return a->result->end == CONFINE_TIMED_OUT && stage_left(a->stage) == 0;
}

static bool output_is_bounded(const struct attempt *a)
{
	return a->result->end == CONFINE_OUTPUT && a->result->output.size <= CONFINE_OUTPUT_MAX;
}

static bool nothing_handed_on(const struct attempt *a)
{
	static const char *const known[] = {"PATH=", "LANG=", "HOME=", "PWD=", "told"};
	struct cursor lines = cursor_over(text_slice(&a->result->result));
	struct slice line;
	while (cursor_line(&lines, &line, NULL)) {
		bool is_known = false;
		for (size_t i = 0; i < LENGTH(known); i++)
			is_known |= slice_starts(line, known[i]);
		if (!is_known)
			return false;
	}
	return says(a, "told\n");
}

static const struct trial trials[] = {
	{"connect", "a TCP connection to a listener on 127.0.0.1", "tcp", to_tcp, no_tcp},
	{"connect-ipv6", "a TCP connection to a listener on ::1", "tcp6", to_tcp6, no_tcp6},
	{"send", "a UDP datagram to a socket on 127.0.0.1", "udp", to_udp, no_udp},
	{"unix", "connections to an abstract Unix socket and to one with a path", "unix", to_unix, no_unix},
	{"raw", "raw, packet, netlink and vsock sockets", "sockets", NULL, nothing_done},
	{"secret", "reading a secret file, /etc/shadow, our environment, memory and root", "read", secrets, no_secret},
	{"links", "reading a secret by links, .. and /proc", "links", one_secret, no_way_by_links},
	{"write", "writing to the system and to a folder of this machine", "write", write_places, nothing_written},
	{"tmp", "writing to its /tmp what would be seen in ours", "write", write_tmp, tmp_is_its_own},
	{"signal", "killing a process of ours", "kill", the_victim, no_signal},
	{"trace", "tracing and reading other processes", "trace", the_victim, nothing_done},
	{"mount", "mounts, namespaces, another root, another user", "mounts", NULL, nothing_done},
	{"calls", "io_uring, BPF, perf, userfaultfd, keys", "calls", NULL, nothing_done},
	{"forks", "a fork bomb, gone afterwards", "forks", the_token, forks_are_bounded},
	{"disk", "filling every folder", "disk", NULL, disk_is_bounded},
	{"memory", "more memory, by several processes together", "memory", NULL, memory_is_bounded},
	{"time", "running without end", "time", the_token, time_is_bounded},
	{"output", "writing without end", "output", NULL, output_is_bounded},
	{"handed-on", "descriptors and variables of ours", "handed", NULL, nothing_handed_on},
};

/* The errors that it met, each once; or how it was ended. */
static void describe(const struct attempt *a, char ret[static 256])
{
	static const char *const ends[] = {
		[CONFINE_SIGNALLED] = "ended by a signal", [CONFINE_TIMED_OUT] = "ended when its time was over",
		[CONFINE_OUTPUT] = "ended for its output", [CONFINE_MEMORY] = "ended for its memory",
	};
	AUTO_TEXT struct text t = text_make(255);
	struct cursor lines = cursor_over(text_slice(&a->result->result));
	struct slice line, name;
	if (a->result->end != CONFINE_EXITED)
		text_add_string(&t, ends[a->result->end]);
	while (cursor_line(&lines, &line, NULL)) {
		struct cursor c = cursor_over(line);
		if (!cursor_until(&c, ':', 300, &name) || slice_find(name, '=') < name.size)
			continue; /* a variable's */
		struct slice said = slice_trim(cursor_rest(&c));
		if (slice_u64(said, UINT32_MAX, &(uint64_t){0}))
			said = line; /* a number says nothing without its name */
		if (said.size == 0 || slice_search(text_slice(&t), said) < t.size || t.size + said.size > 240)
			continue;
		text_add_string(&t, t.size ? ", " : "");
		text_add_printable(&t, said, 80);
	}
	snprintf(ret, 256, "%s", t.size ? text_string(&t) : "nothing came of it");
}

static enum status try_one(struct confine *c, const struct stage *stage, const struct trial *trial,
			   struct confine_proof *ret, struct error *err)
{
	struct task_file probe = {.path = "probe", .content = text_make(embedded_probe_size)};
	const struct task_files files = {&probe, 1};
	const char *argv[WORDS_MAX + 2] = {"./probe"};
	struct confine_result result;
	AUTO_FREE struct attempt *a = must_alloc(1, sizeof *a);
	*a = (struct attempt){.stage = stage, .result = &result};
	add(a, "%s", trial->verb);
	if (trial->arrange)
		trial->arrange(a);
	for (size_t i = 0; i < a->count; i++)
		argv[i + 1] = a->words[i];
	text_add(&probe.content, slice_of(embedded_probe, embedded_probe_size));
	bool is_short = trial->held == time_is_bounded;
	struct confine_run run = {.files = &files, .argv = argv, .timeout_ms = is_short ? SHORT_MS : TRY_MS,
				  .memory_max = MEMORY_MAX};
	enum status status = confine_run(c, &run, &result, err);
	text_free(&probe.content);
	if (status)
		return status;
	*ret = (struct confine_proof){.name = trial->name, .tried = trial->tried, .held = trial->held(a)};
	describe(a, ret->detail);
	if (result.end == CONFINE_EXITED && result.result.size == 0)
		status = fail(err, ERR_UNAVAILABLE, "it could not be tried in the sandbox: %.300s", text_string(&result.output));
	confine_result_free(&result);
	return status;
}

enum status confine_prove(struct confine *c, struct confine_proof **ret, size_t *ret_count, struct error *err)
{
	struct stage stage;
	enum status status = stage_set(&stage, err);
	if (status)
		return status;
	AUTO_FREE struct confine_proof *proofs = must_alloc(LENGTH(trials), sizeof *proofs);
	for (size_t i = 0; i < LENGTH(trials) && !status; i++) {
		status = try_one(c, &stage, &trials[i], &proofs[i], err);
		if (status)
			fail_in(err, "%s", trials[i].tried);
	}
	stage_strike(&stage);
	if (status)
		return status;
	*ret = TAKE(&proofs);
	*ret_count = LENGTH(trials);
	return OK;
}

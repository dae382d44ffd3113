/* SPDX-License-Identifier: Apache-2.0 */
/*
 * mutate [--full] [--all] [--seed N] [--count N] CASES
 *
 * Every capture of the first categories below (--all: of all of them), cut off after
 * every byte (after some, where it is long and --full is not given) and changed at
 * random, through the readers. It may not crash, leak, take longer than JOB_SECONDS or
 * more than JOB_MEMORY_MAX, and what stood in front of the damage must be there as
 * without it. Each failure names the file, the job and the seed; the input is left in
 * the current folder as mutant-FILE-JOB.
 */
#include "tests/cases/mutate.h"
#include "tests/cases/mutator.h"

#include "core/arena.h"
#include "core/file.h"
#include "ingest/registry.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>

enum {
	CAPTURE_MAX = 16 << 20,
	JOB_SECONDS = 5,
	JOB_MEMORY_MAX = 256 << 20,
	BATCH = 250, /* jobs of one process */
	PREFIXES_QUICK = 200,
	FAILURES_MAX = 20, /* of one file, then the next */
	CATEGORIES = 3, /* without --all */
};

static void make_job(struct worker *w, uint64_t job)
{
	const struct capture *c = w->capture;
	if (job >= c->prefixes) {
		w->size = mutate(c->bytes, w->options->seed * 1000003 + job - c->prefixes, w->bytes,
				 &w->damage);
		return;
	}
	w->size = w->damage = (size_t)((double)c->bytes.size * (double)job / (double)c->prefixes);
	memcpy(w->bytes, c->bytes.at, w->size);
}

static void limit_memory(void)
{
#ifndef __SANITIZE_ADDRESS__
	const struct rlimit most = {JOB_MEMORY_MAX, JOB_MEMORY_MAX};
	setrlimit(RLIMIT_AS, &most);
#endif
}

static void check_memory(const struct worker *w)
{
	struct rusage use;
	getrusage(RUSAGE_SELF, &use);
	if ((uint64_t)use.ru_maxrss * 1024 > JOB_MEMORY_MAX)
		die("%s job %" PRIu64 ": %ld KiB of memory", w->capture->name, *w->job, use.ru_maxrss);
}

/* A prefix is compared with the whole: what it has, the whole has. */
static void one_job(struct worker *w, uint64_t job)
{
	*w->job = job;
	alarm(JOB_SECONDS);
	make_job(w, job);
	mutant_read(w, slice_of(w->bytes, w->size), 0, &w->now);
	if (job < w->capture->prefixes) {
		w->before = w->now;
		mutant_read(w, w->capture->bytes, w->before.records ? w->before.records : 1, &w->now);
	} else {
		mutant_read(w, slice_part(w->capture->bytes, 0, w->damage), 0, &w->before);
		mutant_read(w, slice_of(w->bytes, w->size), w->before.records ? w->before.records : 1,
			   &w->now);
	}
	mutant_compare(w);
	check_memory(w);
	alarm(0);
}

static _Noreturn void work(struct worker *w, uint64_t from, uint64_t to)
{
	struct error err = {0};
	limit_memory();
	if (store_open(":memory:", STORE_NEW, &w->store, &err) || store_begin(w->store, &err))
		die("%s", err.text);
	for (uint64_t job = from; job < to; job++)
		one_job(w, job);
	store_abandon(&w->store);
	free(w->bytes);
	free(w);
	exit(0); /* the sanitizer looks for leaks */
}

static void keep(const struct worker *w, uint64_t job)
{
	char name[FILE_PATH_MAX];
	struct error err = {0};
	const char *base = strrchr(w->capture->name, '/');
	snprintf(name, sizeof name, "mutant-%s-%" PRIu64, base ? base + 1 : w->capture->name, job);
	make_job((struct worker *)w, job);
	if (file_write(AT_FDCWD, name, slice_of(w->bytes, w->size), &err))
		fprintf(stderr, "%s\n", err.text);
}

/* True where all went well. Goes on behind a job that failed. */
static bool one_batch(struct worker *w, uint64_t *from, uint64_t to)
{
	int status = 0;
	fflush(NULL);
	*w->job = *from;
	pid_t child = fork();
	if (child == 0)
		work(w, *from, to);
	if (child < 0 || waitpid(child, &status, 0) != child)
		die("no process");
	if (status == 0) {
		*from = to;
		return true;
	}
	printf("%s job %" PRIu64 " (%s), seed %" PRIu64 ": %s %d\n", w->capture->name, *w->job,
	       *w->job < w->capture->prefixes ? "a prefix" : "a mutant", w->options->seed,
	       WIFSIGNALED(status) ? "signal" : "exit", WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
	keep(w, *w->job);
	*from = *w->job + 1;
	return false;
}

static const struct reader *reader_of(struct slice bytes)
{
	return reader_pcapng.sniff(bytes) ? &reader_pcapng
	       : reader_pcap.sniff(bytes) ? &reader_pcap
					  : NULL;
}

static uint64_t run_capture(const struct options *o, struct capture *c, uint64_t *ret_jobs)
{
	uint64_t failed = 0, from = 0;
	c->prefixes = c->bytes.size;
	if (!o->full && c->prefixes > PREFIXES_QUICK)
		c->prefixes = PREFIXES_QUICK;
	uint64_t all = c->prefixes + o->count;
	struct worker *w = must_alloc(1, sizeof *w);
	w->options = o;
	w->capture = c;
	w->bytes = must_alloc(c->bytes.size + MUTATIONS_MAX * MUTATION_GROWTH, 1);
	w->job = mmap(NULL, sizeof *w->job, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (w->job == MAP_FAILED)
		die("no shared memory");
	while (from < all && failed < FAILURES_MAX)
		failed += !one_batch(w, &from, from + BATCH < all ? from + BATCH : all);
	*ret_jobs += from;
	munmap(w->job, sizeof *w->job);
	free(w->bytes);
	free(w);
	return failed;
}

static uint64_t run_all(const struct options *o, uint64_t *ret_jobs, uint64_t *ret_files)
{
	static const char *const categories[] = {"malformed/pcap/", "pcap-linktypes/pcap/", "pcapng/pcap/",
						 "pcap-zeek/pcap/", "pcap-ndpi/pcap/", "pcap-suricata/pcap/"};
	size_t wanted = o->all ? LENGTH(categories) : CATEGORIES;
	struct arena *arena = arena_new(64 << 20);
	struct file_entry *entries;
	struct error err = {0};
	uint64_t failed = 0;
	size_t count;
	int fd = -1;
	if (file_open_folder(AT_FDCWD, o->cases, &fd, &err) || file_list(fd, arena, &entries, &count, &err))
		die("%s", err.text);
	for (size_t i = 0; i < count; i++)
		for (size_t c = 0; c < wanted; c++) {
			AUTO_TEXT struct text bytes = text_make(CAPTURE_MAX);
			if (!slice_starts(slice_of_string(entries[i].path), categories[c]))
				continue;
			if (file_read(fd, entries[i].path, CAPTURE_MAX, &bytes, &err))
				die("%s", err.text);
			struct capture one = {entries[i].path, text_slice(&bytes), reader_of(text_slice(&bytes)), 0};
			if (!one.reader)
				continue;
			(*ret_files)++;
			failed += run_capture(o, &one, ret_jobs);
		}
	close(fd);
	arena_free(arena);
	return failed;
}

static bool read_options(int argc, char *argv[], struct options *ret)
{
	*ret = (struct options){.seed = 1, .count = 1000};
	for (int i = 1; i < argc; i++) {
		uint64_t *number = !strcmp(argv[i], "--seed")	? &ret->seed
				   : !strcmp(argv[i], "--count") ? &ret->count
								 : NULL;
		if (number && (++i == argc || !slice_u64(slice_of_string(argv[i]), UINT32_MAX, number)))
			return false;
		if (number)
			continue;
		if (!strcmp(argv[i], "--full"))
			ret->full = true;
		else if (!strcmp(argv[i], "--all"))
			ret->all = true;
		else if (!ret->cases)
			ret->cases = argv[i];
		else
			return false;
	}
	return ret->cases != NULL;
}

int main(int argc, char *argv[])
{
	struct options o;
	uint64_t jobs = 0, files = 0;
	if (!read_options(argc, argv, &o))
		die("usage: mutate [--full] [--all] [--seed N] [--count N] CASES");
	uint64_t failed = run_all(&o, &jobs, &files);
	printf("mutants: %" PRIu64 " captures, %" PRIu64 " inputs, %" PRIu64 " failed\n", files, jobs,
	       failed);
	return failed ? 1 : 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * cases [--write-known] PROGRAM TABLES CASES
 *
 * Reads every capture below CASES with PROGRAM, compares it with the answers beside
 * it (CASES/README.txt tells the layout) and ends with 1 where a difference is new or
 * where the program failed. TABLES is the folder with deliberate.tsv and known.tsv.
 */
#include "tests/cases/cases.h"

#include "core/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { ANSWER_MAX = 16 << 20, ARENA_MAX = 256 << 20 };

/* CATEGORY/FOLDER/FILE.SUFFIX holds the answer to a FILE of that category; NUMBERED: with
 * more between, STEM: in place of the ending of FILE. */
static const struct answers {
	const char *peer, *category, *folder, *suffix;
	enum { EXACT, NUMBERED, STEM } naming;
	void (*read)(struct peer_run *r);
} answers[] = {
	{"zeek", "pcap-zeek", "expected", ".jsonl", EXACT, peer_zeek},
	{"ndpi", "pcap-ndpi", "expected", ".jsonl", EXACT, peer_ndpi},
	{"ndpi", "pcap-ndpi", "result", ".out", EXACT, peer_ja4},
	{"suricata", "pcap-suricata", "expected", ".jsonl", STEM, peer_suricata},
	{"tshark", "pcap-zeek", "tshark", ".json", EXACT, peer_tshark},
	{"tshark", "pcap-ndpi", "tshark", ".json", EXACT, peer_tshark},
	{"tshark", "pcap-suricata", "tshark", ".json", EXACT, peer_tshark},
	{"tshark", "pcap-linktypes", "tshark", ".json", EXACT, peer_tshark},
	{"tshark", "pcapng", "tshark", ".json", EXACT, peer_tshark},
	{"tshark", "malformed", "tshark", ".json", EXACT, peer_tshark},
	{"tcpdump", "pcap-linktypes", "expected", ".out", NUMBERED, peer_tcpdump},
	{"tcpdump", "malformed", "expected", ".out", NUMBERED, peer_tcpdump},
	{"ptcpdump", "pcapng", "expected", ".txt", NUMBERED, peer_tcpdump},
	{"traceevent", "etl", "expected", ".jsonl", STEM, peer_etl},
	{"jc", "text-sockets", "expected", ".json", STEM, peer_jc},
	{"crowdsec", "text-firewall-log", "expected", ".parser.jsonl", STEM, peer_crowdsec},
	{"crowdsec", "text-firewall-log", "expected", ".scenario.assert", STEM, peer_crowdsec_alerts},
	{"its heading", "text-firewall-log", "input", ".log", STEM, peer_w3c},
};

static const struct category {
	const char *name, *folder;
} categories[] = {
	{"pcap-zeek", "pcap"},	    {"pcap-ndpi", "pcap"}, {"pcap-suricata", "pcap"},
	{"pcap-linktypes", "pcap"}, {"pcapng", "pcap"},	   {"malformed", "pcap"},
	{"text-sockets", "input"},  {"text-other", "input"}, {"etl", "input"},
	{"text-firewall-log", "input"}, {"text-syslog", "input"},
};

struct run {
	struct tally *tally;
	const char *program, *cases;
	int fd; /* of the cases */
	uint64_t captures, failed;
};

static bool answers_to(const struct answers *a, const char *path, const char *category,
		       const char *file)
{
	char front[CASES_PATH_MAX];
	struct slice all = slice_of_string(path), stem = slice_of_string(file);
	const char *dot = strrchr(file, '.');
	if (a->naming == STEM && dot)
		stem = slice_part(stem, 0, (size_t)(dot - file));
	size_t size = (size_t)snprintf(front, sizeof front, "%s/%s/%.*s", category, a->folder,
				       (int)stem.size, (const char *)stem.at);
	if (strcmp(a->category, category) || !slice_starts(all, front) || !slice_ends(all, a->suffix))
		return false;
	return a->naming == NUMBERED ? all.at[size] == '.'
				     : all.size == size + strlen(a->suffix);
}

static void compare(struct run *run, const struct answers *a, const char *path, const char *name,
		    const char *file, struct ours *ours, struct arena *arena)
{
	AUTO_TEXT struct text answer = text_make(ANSWER_MAX);
	struct error err = {0};
	if (file_read(run->fd, path, ANSWER_MAX, &answer, &err))
		die("%s", err.text);
	for (size_t i = 0; i < ours->flow_count; i++)
		ours->flows[i].used = false;
	tally_file(run->tally, a->peer, name);
	struct peer_run r = {run->tally, ours, arena, text_slice(&answer), file};
	a->read(&r);
}

static void one_capture(struct run *run, const struct category *c, const char *file,
			const struct file_entry *entries, size_t count)
{
	const char *category = c->name;
	char path[CASES_PATH_MAX], name[CASES_PATH_MAX];
	struct arena *arena = arena_new(ARENA_MAX);
	struct ours ours;
	snprintf(path, sizeof path, "%s/%s/%s/%s", run->cases, category, c->folder, file);
	snprintf(name, sizeof name, "%s/%s", category, file);
	run->captures++;
	run_reader(run->program, path, arena, &ours);
	tally_file(run->tally, "itself", name);
	tally_claim(run->tally, "reads", ours.read ? AGREES : DIFFERS, "%s", ours.problem);
	run->failed += !ours.read;
	for (size_t i = 0; i < LENGTH(answers); i++)
		for (size_t n = 0; n < count && ours.read; n++)
			if (answers_to(&answers[i], entries[n].path, category, file))
				compare(run, &answers[i], entries[n].path, name, path, &ours, arena);
	arena_free(arena);
}

static void all_captures(struct run *run)
{
	struct arena *arena = arena_new(ARENA_MAX);
	struct file_entry *entries;
	struct error err = {0};
	size_t count;
	if (file_open_folder(AT_FDCWD, run->cases, &run->fd, &err) ||
	    file_list(run->fd, arena, &entries, &count, &err))
		die("%s", err.text);
	for (size_t c = 0; c < LENGTH(categories); c++)
		for (size_t i = 0; i < count; i++) {
			char front[CASES_PATH_MAX];
			size_t size = (size_t)snprintf(front, sizeof front, "%s/%s/", categories[c].name, categories[c].folder);
			if (!strncmp(entries[i].path, front, size))
				one_capture(run, &categories[c], entries[i].path + size, entries, count);
		}
	arena_free(arena);
}

int main(int argc, char *argv[])
{
	bool write_known = argc > 1 && !strcmp(argv[1], "--write-known");
	argc -= write_known;
	argv += write_known;
	if (argc != 4)
		die("usage: cases [--write-known] PROGRAM TABLES CASES");
	struct run run = {.tally = tally_new(argv[2]), .program = argv[1], .cases = argv[3], .fd = -1};
	all_captures(&run);
	bool good = tally_end(run.tally, write_known);
	printf("%llu files, %llu not read\n", (unsigned long long)run.captures,
	       (unsigned long long)run.failed);
	tally_free(run.tally);
	close(run.fd);
	return good ? 0 : 1;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * log_gen ufw|ollama|json [--split] LINES
 *
 * A log of so many lines on standard output; with --split the fields of the same
 * lines as tab-separated values, for sqlite3 .import: line, time, process, pid, host,
 * dst, port, proto, disposition, src, sport, dir, and the line itself.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { START = 1790762963, LINE_MAX_SIZE = 512 };

struct entry {
	unsigned long n, time;
	unsigned a, b, sport;
};

static struct entry entry_of(unsigned long n)
{
	return (struct entry){n, START + n / 50, (unsigned)(n * 7 % 250), (unsigned)(n * 13 % 250),
			      (unsigned)(1024 + n * 31 % 60000)};
}

static unsigned second_of_day(const struct entry *e)
{
	return (unsigned)(e->time % 86400);
}

/* 208 bytes with the line feed. */
static int ufw_line(const struct entry *e, char *to)
{
	unsigned s = second_of_day(e);
	return snprintf(to, LINE_MAX_SIZE,
			"Sep 30 %02u:%02u:%02u h kernel: [%10lu.516358] [UFW BLOCK] IN= OUT=ens2 SRC=192.0.2.%-3u "
			"DST=198.51.100.%-3u LEN=44 TOS=0x00 PREC=0x00 TTL=43 ID=25313 PROTO=TCP SPT=%-5u DPT=443 WINDOW=1024 "
			"RES=0x00 SYN URGP=0", s / 3600, s / 60 % 60, s % 60, e->n, e->a, e->b, e->sport);
}

static int ollama_line(const struct entry *e, char *to)
{
	unsigned s = second_of_day(e);
	if (e->n % 4 == 0)
		return snprintf(to, LINE_MAX_SIZE,
				"time=2026-09-30T%02u:%02u:%02u.512+02:00 level=WARN source=download.go:%u msg=\"request failed\" "
				"error=\"Get \\\"https://registry%u.example/v2/\\\": dial tcp: i/o timeout\"", s / 3600, s / 60 % 60,
				s % 60, e->a, e->b);
	return snprintf(to, LINE_MAX_SIZE, "[GIN] 2026/09/30 - %02u:%02u:%02u | 200 | %5u.%02us | %15s | POST     \"/api/chat\"",
			s / 3600, s / 60 % 60, s % 60, e->a, e->b % 100, "127.0.0.1");
}

static int json_line(const struct entry *e, char *to)
{
	unsigned s = second_of_day(e);
	return snprintf(to, LINE_MAX_SIZE,
			"{\"audit_event_id\":\"%lu\",\"timestamp\":\"2026-09-30T%02u:%02u:%02u.5Z\",\"schema_version\":\"1\","
			"\"category\":\"network\",\"decision\":\"deny\",\"resource_id\":\"sandbox-%u\",\"audit_session_id\":\"s\","
			"\"deny_reason\":\"no rule\",\"hostname\":\"host%u.example:443\"}", e->n, s / 3600, s / 60 % 60, s % 60, e->a,
			e->b);
}

static void split_ufw(const struct entry *e, const char *line)
{
	printf("%lu\t%lu000000000\t\t\t\t198.51.100.%u\t443\ttcp\tblocked\t192.0.2.%u\t%u\tout\t%s\n", e->n + 1, e->time, e->b,
	       e->a, e->sport, line);
}

static void split_ollama(const struct entry *e, const char *line)
{
	if (e->n % 4 == 0)
		printf("%lu\t%lu512000000\tollama\t\tregistry%u.example\t\t443\ttcp\tlogged\t\t\t\t%s\n", e->n + 1, e->time, e->b, line);
	else
		printf("%lu\t%lu000000000\tollama\t\t\t\t\ttcp\tallowed\t127.0.0.1\t\tin\t%s\n", e->n + 1, e->time, line);
}

static void split_json(const struct entry *e, const char *line)
{
	printf("%lu\t%lu500000000\t\t\thost%u.example\t\t443\t\tblocked\t\t\t\t%s\n", e->n + 1, e->time, e->b, line);
}

static const struct kind {
	const char *name;
	int (*line)(const struct entry *e, char *to);
	void (*split)(const struct entry *e, const char *line);
} kinds[] = {{"ufw", ufw_line, split_ufw}, {"ollama", ollama_line, split_ollama}, {"json", json_line, split_json}};

int main(int argc, char *argv[])
{
	int split = argc == 4 && !strcmp(argv[2], "--split");
	char line[LINE_MAX_SIZE];
	if (argc != 3 + split) {
		fprintf(stderr, "usage: log_gen ufw|ollama|json [--split] LINES\n");
		return 64;
	}
	unsigned long count = strtoul(argv[argc - 1], NULL, 10);
	for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++)
		for (unsigned long n = 0; n < count && !strcmp(argv[1], kinds[k].name); n++) {
			struct entry e = entry_of(n);
			kinds[k].line(&e, line);
			if (split)
				kinds[k].split(&e, line);
			else
				puts(line);
		}
	return fflush(stdout) != 0;
}

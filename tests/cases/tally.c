/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Counting claims. Two tables beside this file say which differences are no news:
 *
 *   deliberate.tsv  peer file kind claim reason    the first four may hold * and ?
 *   known.tsv       peer file kind claim           as printed
 *
 * A line of the first stays for good and is explained in docs/peers.md; a line of
 * the second is a fault of ours that is waiting to be mended.
 */
#include "tests/cases/cases.h"

#include "core/file.h"

#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TABLE_MAX = 8 << 20, RULES_MAX = 16384, RULE_FIELDS = 5 };

struct rule {
	const char *fields[RULE_FIELDS];
	uint64_t used;
};

struct rules {
	struct rule *all;
	size_t count;
};

struct kind {
	const char *peer, *name;
	uint64_t agree, differ, deliberate, known, other;
};

struct tally {
	struct arena *arena;
	struct rules deliberate, known;
	char known_path[CASES_PATH_MAX];
	const char *peer;
	char file[CASES_PATH_MAX];
	struct kind kinds[CASES_KINDS_MAX];
	size_t kind_count;
	struct text now_known; /* the table as it would be written */
	uint64_t new_ones;
};

static void add_rule(struct tally *t, struct rules *rules, struct slice line, size_t wanted)
{
	struct rule *r = &rules->all[rules->count];
	struct cursor c = cursor_over(line);
	size_t n = 0;
	if (line.size == 0 || line.at[0] == '#')
		return;
	for (; n < RULE_FIELDS; n++) {
		struct slice field;
		if (!cursor_until(&c, '\t', line.size, &field)) {
			r->fields[n++] = arena_string(t->arena, cursor_rest(&c));
			break;
		}
		r->fields[n] = arena_string(t->arena, field);
	}
	if (n != wanted || rules->count == RULES_MAX - 1)
		die("a table of cases: %zu fields in \"%.*s\", wanted %zu", n, (int)line.size,
		    (const char *)line.at, wanted);
	rules->count++;
}

static struct rules read_rules(struct tally *t, const char *path, size_t wanted)
{
	AUTO_TEXT struct text all = text_make(TABLE_MAX);
	struct rules rules = {must_alloc(RULES_MAX, sizeof(struct rule)), 0};
	struct error err = {0};
	struct slice line;
	if (file_read(AT_FDCWD, path, TABLE_MAX, &all, &err)) {
		if (err.status != ERR_NO_INPUT)
			die("%s", err.text);
		return rules;
	}
	struct cursor c = cursor_over(text_slice(&all));
	while (cursor_line(&c, &line, NULL))
		add_rule(t, &rules, line, wanted);
	return rules;
}

struct tally *tally_new(const char *folder)
{
	char path[CASES_PATH_MAX];
	struct tally *t = must_alloc(1, sizeof *t);
	t->arena = arena_new(64 << 20);
	t->now_known = text_make(TABLE_MAX);
	snprintf(path, sizeof path, "%s/deliberate.tsv", folder);
	t->deliberate = read_rules(t, path, RULE_FIELDS);
	snprintf(t->known_path, sizeof t->known_path, "%s/known.tsv", folder);
	t->known = read_rules(t, t->known_path, RULE_FIELDS - 1);
	return t;
}

void tally_free(struct tally *t)
{
	if (!t)
		return;
	free(t->deliberate.all);
	free(t->known.all);
	text_free(&t->now_known);
	arena_free(t->arena);
	free(t);
}

void tally_file(struct tally *t, const char *peer, const char *file)
{
	t->peer = peer;
	snprintf(t->file, sizeof t->file, "%s", file);
}

static struct kind *kind_of(struct tally *t, const char *name)
{
	for (size_t i = 0; i < t->kind_count; i++)
		if (!strcmp(t->kinds[i].peer, t->peer) && !strcmp(t->kinds[i].name, name))
			return &t->kinds[i];
	if (t->kind_count == CASES_KINDS_MAX)
		die("more kinds of claims than there is room for");
	t->kinds[t->kind_count] = (struct kind){.peer = t->peer, .name = name};
	return &t->kinds[t->kind_count++];
}

static struct rule *find(struct rules *rules, const char *const fields[4], bool pattern)
{
	for (size_t i = 0; i < rules->count; i++) {
		struct rule *r = &rules->all[i];
		bool same = true;
		for (size_t n = 0; n < 4 && same; n++)
			same = pattern ? fnmatch(r->fields[n], fields[n], 0) == 0
				       : !strcmp(r->fields[n], fields[n]);
		if (same) {
			r->used++;
			return r;
		}
	}
	return NULL;
}

static void differ(struct tally *t, struct kind *k, const char *what)
{
	const char *const fields[] = {t->peer, t->file, k->name, what};
	const struct rule *r = find(&t->deliberate, fields, true);
	k->differ++;
	if (r) {
		k->deliberate++;
		printf("deliberate  %s  %s  %s  %s  [%s]\n", t->peer, t->file, k->name, what,
		       r->fields[4]);
		return;
	}
	bool known = find(&t->known, fields, false) != NULL;
	k->known += known;
	t->new_ones += !known;
	text_addf(&t->now_known, "%s\t%s\t%s\t%s\n", t->peer, t->file, k->name, what);
	printf("%s  %s  %s  %s  %s\n", known ? "known      " : "NEW        ", t->peer, t->file, k->name,
	       what);
}

void tally_claim(struct tally *t, const char *kind, enum outcome outcome, const char *format, ...)
{
	char what[CASES_WHAT_MAX], plain[CASES_WHAT_MAX];
	AUTO_TEXT struct text printable = text_make(CASES_WHAT_MAX);
	va_list args;
	struct kind *k = kind_of(t, kind);
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	text_add_printable(&printable, slice_of_string(what), CASES_WHAT_MAX / 2);
	snprintf(plain, sizeof plain, "%s", text_string(&printable));
	switch (outcome) {
	case AGREES:
		k->agree++;
		break;
	case NOT_COMPARABLE:
		k->other++;
		break;
	case DIFFERS:
		differ(t, k, plain);
		break;
	}
}

static void print_kind(const struct kind *k)
{
	uint64_t all = k->agree + k->differ;
	printf("%-9s %-12s %6llu %6llu %6llu", k->peer, k->name, (unsigned long long)k->agree,
	       (unsigned long long)k->differ, (unsigned long long)k->other);
	if (all > 0)
		printf("  %6.2f %%", 100 * (double)k->agree / (double)all);
	if (k->differ > 0)
		printf("  (%llu deliberate, %llu known, %llu new)", (unsigned long long)k->deliberate,
		       (unsigned long long)k->known,
		       (unsigned long long)(k->differ - k->deliberate - k->known));
	printf("\n");
}

/* What the project set itself: so many of a hundred. */
static const struct criterion {
	const char *name, *peers, *kinds; /* lists, with a blank around each */
	double least;
} criteria[] = {
	{"five-tuples of Zeek", " zeek ", " flow ", 100},
	{"their direction", " zeek ", " direction ", 99},
	{"their payload bytes", " zeek ", " bytes ", 98},
	{"names: questions, SNI, hosts", " zeek ndpi tshark ", " dns sni quic http ", 99.5},
	{"rows of socket tables", " jc ", " socket state owner no more ", 100},
};

static bool is_among(const char *list, const char *name)
{
	char blanked[64];
	snprintf(blanked, sizeof blanked, " %s ", name);
	return strstr(list, blanked) != NULL;
}

static void print_criterion(const struct tally *t, const struct criterion *c)
{
	uint64_t agree = 0, all = 0, deliberate = 0;
	for (size_t i = 0; i < t->kind_count; i++) {
		const struct kind *k = &t->kinds[i];
		if (!is_among(c->peers, k->peer) || !is_among(c->kinds, k->name))
			continue;
		agree += k->agree;
		deliberate += k->deliberate;
		all += k->agree + k->differ;
	}
	if (all == 0)
		return;
	printf("%-30s %5llu of %5llu  %6.2f %%, with what is explained %6.2f %%; wanted %.1f %%\n", c->name,
	       (unsigned long long)agree, (unsigned long long)all, 100 * (double)agree / (double)all,
	       100 * (double)(agree + deliberate) / (double)all, c->least);
}

static void write_table(const struct tally *t)
{
	struct error err = {0};
	if (file_write(AT_FDCWD, t->known_path, text_slice(&t->now_known), &err))
		die("%s", err.text);
}

bool tally_end(struct tally *t, bool write_known)
{
	uint64_t gone = 0, idle = 0;
	printf("\n%-9s %-12s %6s %6s %6s\n", "peer", "what", "agree", "differ", "n/c");
	for (size_t i = 0; i < t->kind_count; i++)
		print_kind(&t->kinds[i]);
	printf("\n");
	for (size_t i = 0; i < LENGTH(criteria); i++)
		print_criterion(t, &criteria[i]);
	for (size_t i = 0; i < t->known.count; i++)
		gone += t->known.all[i].used == 0;
	for (size_t i = 0; i < t->deliberate.count; i++)
		if (t->deliberate.all[i].used == 0) {
			idle++;
			printf("deliberate.tsv: explains nothing any more: %s %s\n",
			       t->deliberate.all[i].fields[1], t->deliberate.all[i].fields[3]);
		}
	if (gone > 0)
		printf("%llu lines of known.tsv are mended\n", (unsigned long long)gone);
	if (write_known)
		write_table(t);
	printf("cases: %llu new differences, %llu idle explanations\n", (unsigned long long)t->new_ones,
	       (unsigned long long)idle);
	return t->new_ones == 0;
}

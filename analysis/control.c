/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Twelve fields with a tab between, "-" for none; the first line is a heading:
 * framework  control  rev3  title  objective  evidence  helps  strength  checks  limit  person
 * examine
 */
#include "analysis/control.h"

#include "core/text.h"
#include "tables.h" /* generated */

#include <string.h>

enum { FIELDS = 12, NAMES_MAX = 256 };

/* "Artifact,Screen Share" */
static bool read_examine(struct slice field)
{
	static const char *const ways[] = {"Document", "Artifact", "Physical Review", "Screen Share"};
	struct cursor c = cursor_over(field);
	struct slice word;
	for (bool more = true; more;) {
		size_t i = 0;
		more = cursor_until(&c, ',', CONTROL_FIELD_MAX, &word);
		word = more ? word : cursor_rest(&c);
		while (i < LENGTH(ways) && !slice_is(word, ways[i]))
			i++;
		if (i == LENGTH(ways))
			return false;
	}
	return true;
}

const char *control_strength(size_t strength)
{
	static const char *const words[CONTROL_STRENGTHS] = {"not applicable", "weak", "supporting",
							      "carries the objective on this host"};
	return words[strength];
}

const char *control_evidence(size_t kind)
{
	static const char *const names[CONTROL_EVIDENCE_MAX] = {
		"E1 the firewall's rules", "E2 connections by process", "E3 packet headers and lookups",
		"E4 probes of blocked egress", "E5 the app's log held against the machine", "E6 a synchronised clock",
		"E7 hashes of programs", "E8 manifest, seal and custody log", "E9 health of the witnesses",
		"E10 a named reviewer's sign-off"};
	return names[kind];
}

/* "E1,E10" */
static bool read_kinds(struct slice field, unsigned *ret)
{
	struct cursor c = cursor_over(field);
	struct slice word;
	uint64_t number;
	*ret = 0;
	if (slice_is(field, "-"))
		return true;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', CONTROL_FIELD_MAX, &word);
		word = more ? word : cursor_rest(&c);
		if (!slice_starts(word, "E") || !slice_u64(slice_part(word, 1, word.size), CONTROL_EVIDENCE_MAX, &number) ||
		    number == 0)
			return false;
		*ret |= 1u << (number - 1);
	}
	return true;
}

static bool read_strength(struct slice field, size_t *ret)
{
	for (*ret = 0; *ret < CONTROL_STRENGTHS; ++*ret)
		if (slice_is(field, control_strength(*ret)))
			return true;
	return false;
}

bool control_read(struct slice line, struct control *ret)
{
	struct cursor c = cursor_over(line);
	struct slice fields[FIELDS];
	for (size_t i = 0; i + 1 < FIELDS; i++)
		if (!cursor_until(&c, '\t', CONTROL_FIELD_MAX, &fields[i]) || fields[i].size == 0)
			return false;
	fields[FIELDS - 1] = cursor_rest(&c);
	*ret = (struct control){.framework = fields[0], .control = fields[1], .rev3 = fields[2], .title = fields[3],
				.objective = fields[4], .checks = fields[8], .limit = fields[9], .person = fields[10],
				.examine = fields[11]};
	return read_kinds(fields[5], &ret->evidence) && read_kinds(fields[6], &ret->helps) &&
	       read_strength(fields[7], &ret->strength) && read_examine(ret->examine);
}

bool control_next(size_t *at, struct control *ret)
{
	struct slice table = slice_of(embedded_table_controls, embedded_table_controls_size), line;
	struct cursor c = cursor_over(slice_part(table, *at, table.size));
	while (cursor_line(&c, &line, NULL)) {
		*at = table.size - cursor_left(&c);
		if (control_read(line, ret))
			return true;
	}
	return false;
}

static bool is_framework(struct slice word)
{
	struct control row;
	for (size_t at = 0; control_next(&at, &row);)
		if (slice_equal(row.framework, word))
			return true;
	return false;
}

static void add_frameworks(struct text *ret)
{
	struct control row;
	struct slice last = {0};
	for (size_t at = 0; control_next(&at, &row); last = row.framework)
		if (slice_search(text_slice(ret), row.framework) == ret->size) {
			text_add_string(ret, last.size ? ", " : "");
			text_add(ret, row.framework);
		}
}

enum status control_frameworks(const char *list, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(list));
	struct slice word;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', cursor_left(&c), &word);
		word = slice_trim(more ? word : cursor_rest(&c));
		if (is_framework(word))
			continue;
		AUTO_TEXT struct text shown = text_make(NAMES_MAX), known = text_make(NAMES_MAX);
		text_add_printable(&shown, word, 32);
		add_frameworks(&known);
		return fail(err, ERR_CONFIG, "there is no framework \"%s\"; there are: %s", text_string(&shown),
			    text_string(&known));
	}
	return OK;
}

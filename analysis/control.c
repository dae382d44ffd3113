/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Twelve fields with a tab between, "-" for none; the first line is a heading:
 * framework  control  rev3  title  objective  evidence  helps  strength  checks  limit  person
 * examine
 */
#include "analysis/control.h"

#include "analysis/check.h"
#include "core/text.h"

#include <string.h>

const char control_heading[] =
	"framework\tcontrol\trev3\ttitle\tobjective\tevidence\thelps\tstrength\tchecks\tlimit\tperson\texamine";

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

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Letters, digits, and those of `besides`. */
static bool is_name(struct slice word, const char *besides)
{
	for (size_t i = 0; i < word.size; i++) {
		unsigned char c = word.at[i];
		if (!is_letter(c) && !(c >= '0' && c <= '9') && !(c && strchr(besides, c)))
			return false;
	}
	return word.size > 0;
}

bool control_is_framework(struct slice name)
{
	for (size_t i = 0; i < name.size; i++)
		if (name.at[i] >= 'A' && name.at[i] <= 'Z')
			return false;
	return name.size <= CONTROL_FRAMEWORK_MAX && is_name(name, ".-_");
}

/* What the tool must never say for an assessor, as a word of its own; in any case. */
static bool claims_too_much(struct slice text)
{
	static const char *const words[] = {"compliant", "certified", "satisfied", "met"};
	struct slice rest = text;
	while (rest.size > 0) {
		size_t end = 0;
		while (end < rest.size && is_letter(rest.at[end]))
			end++;
		for (size_t i = 0; i < LENGTH(words); i++)
			if (slice_is_nocase(slice_part(rest, 0, end), words[i]))
				return true;
		rest = slice_part(rest, end + 1, rest.size);
	}
	return false;
}

/* Words that a page can show and that claim nothing. */
static bool is_words(struct slice field)
{
	AUTO_TEXT struct text shown = text_make(CONTROL_FIELD_MAX * 8);
	text_add_printable(&shown, field, CONTROL_FIELD_MAX);
	return field.size > 0 && slice_equal(text_slice(&shown), field) && !claims_too_much(field);
}

static bool set_framework(struct control *c, struct slice field)
{
	c->framework = field;
	return control_is_framework(field) && !claims_too_much(field);
}

static bool set_control(struct control *c, struct slice field)
{
	c->control = field;
	return is_name(field, ".-_()") && !claims_too_much(field);
}

static bool set_rev3(struct control *c, struct slice field)
{
	c->rev3 = field;
	return slice_is(field, "-") || is_name(field, ".-_(),");
}

static bool set_title(struct control *c, struct slice field)
{
	c->title = field;
	return is_words(field);
}

static bool set_objective(struct control *c, struct slice field)
{
	c->objective = field;
	return is_name(field, ".-_()") && !claims_too_much(field);
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

static bool set_evidence(struct control *c, struct slice field)
{
	return read_kinds(field, &c->evidence);
}

static bool set_helps(struct control *c, struct slice field)
{
	return read_kinds(field, &c->helps);
}

static bool set_strength(struct control *c, struct slice field)
{
	for (c->strength = 0; c->strength < CONTROL_STRENGTHS; c->strength++)
		if (slice_is(field, control_strength(c->strength)))
			return true;
	return false;
}

/* The check of gaps leaves findings by two names of their own. */
static bool is_check(struct slice word)
{
	for (size_t i = 0; i < check_count; i++)
		if (slice_is(word, checks[i].id))
			return true;
	return slice_is(word, "witness_blind") || slice_is(word, "witness_loss");
}

static bool is_way(struct slice word)
{
	return slice_is(word, "Document") || slice_is(word, "Artifact") || slice_is(word, "Physical Review") ||
	       slice_is(word, "Screen Share");
}

static bool all_are(struct slice field, bool (*is)(struct slice word))
{
	struct cursor c = cursor_over(field);
	struct slice word;
	for (bool more = true; more;) {
		more = cursor_until(&c, ',', CONTROL_FIELD_MAX, &word);
		if (!is(more ? word : cursor_rest(&c)))
			return false;
	}
	return true;
}

/* A misspelt one would let no finding ever speak against the objective. */
static bool set_checks(struct control *c, struct slice field)
{
	c->checks = field;
	return slice_is(field, "-") || all_are(field, is_check);
}

static bool set_limit(struct control *c, struct slice field)
{
	c->limit = field;
	return is_words(field);
}

static bool set_person(struct control *c, struct slice field)
{
	c->person = field;
	return is_words(field);
}

static bool set_examine(struct control *c, struct slice field)
{
	c->examine = field;
	return all_are(field, is_way);
}

/* Which words, the manual says: no text of the program holds them. */
#define CLAIMS "; no word that is an assessor's to say (airgap-verify-formats(5))"

static const struct {
	bool (*set)(struct control *c, struct slice field);
	size_t max;
	const char *wanted;
} columns[] = {
	{set_framework, CONTROL_FRAMEWORK_MAX, "framework: a name of at most 31 small letters, digits and . - _" CLAIMS},
	{set_control, CONTROL_NAME_MAX, "control: at most 64 letters, digits and . - _ ( )" CLAIMS},
	{set_rev3, CONTROL_FIELD_MAX, "rev3: the same in another edition, with commas between, or -"},
	{set_title, CONTROL_FIELD_MAX, "title: at most 300 bytes of plain words" CLAIMS},
	{set_objective, CONTROL_NAME_MAX, "objective: at most 64 letters, digits and . - _ ( ), or -" CLAIMS},
	{set_evidence, CONTROL_FIELD_MAX, "evidence: kinds that it takes, E1 to E10 with commas between, or -"},
	{set_helps, CONTROL_FIELD_MAX, "helps: kinds that add to it, E1 to E10 with commas between, or -"},
	{set_strength, CONTROL_FIELD_MAX,
	 "strength: carries the objective on this host, supporting, weak, or not applicable"},
	{set_checks, CONTROL_FIELD_MAX, "checks: ids of list checks with commas between, or -"},
	{set_limit, CONTROL_FIELD_MAX, "limit: at most 300 bytes of plain words" CLAIMS},
	{set_person, CONTROL_FIELD_MAX, "person: at most 300 bytes of plain words" CLAIMS},
	{set_examine, CONTROL_FIELD_MAX,
	 "examine: Document, Artifact, Physical Review, Screen Share, with commas between"},
};

bool control_read(struct slice line, struct control *ret, unsigned *ret_column, const char **ret_why)
{
	struct cursor c = cursor_over(line);
	*ret = (struct control){0};
	for (size_t i = 0; i < LENGTH(columns); i++) {
		struct slice field;
		*ret_column = (unsigned)i + 1;
		*ret_why = columns[i].wanted;
		if (i + 1 == LENGTH(columns))
			field = cursor_rest(&c);
		else if (!cursor_until(&c, '\t', columns[i].max, &field))
			return false;
		if (field.size > columns[i].max || !columns[i].set(ret, field))
			return false;
	}
	return true;
}

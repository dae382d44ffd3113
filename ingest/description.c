/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The text of a description, in airgap-verify-formats(5): lines of
 *
 *   [section]      key = value      ; or # and a comment; nothing
 *
 * read here and not by libinih, which tells no columns.
 */
#include "ingest/description_text.h"

#include "core/text.h"

#include <stdlib.h>
#include <string.h>

static enum status begin_event(struct reading *r, struct slice name, struct error *err)
{
	struct description *d = r->d;
	if (d->rule_count == DESCRIPTION_RULES_MAX)
		return fail(err, ERR_CONFIG, "more than %d sections [event …]", DESCRIPTION_RULES_MAX);
	struct rule *rule = &d->rules[d->rule_count++];
	*rule = (struct rule){.condition = (unsigned)d->condition_count, .within = -1, .layout = -1};
	memset(rule->slots, -1, sizeof rule->slots);
	r->rule = rule;
	r->section = SECTION_EVENT;
	return slice_to_string(name, rule->name, sizeof rule->name)
		       ? OK
		       : fail(err, ERR_CONFIG, "a name of more than %d bytes", DESCRIPTION_NAME_MAX - 1);
}

static enum status begin_section(struct reading *r, struct slice line, struct error *err)
{
	static const struct {
		const char *name;
		enum section section;
	} sections[] = {{"log", SECTION_LOG}, {"pairs", SECTION_PAIRS}, {"disposition", SECTION_DISPOSITION},
			{"direction", SECTION_DIRECTION}};
	r->given = 0;
	if (!slice_ends(line, "]"))
		return fail(err, ERR_CONFIG, "a section is [name], and nothing behind it");
	struct slice name = slice_part(line, 1, line.size - 2);
	if (slice_starts(name, "event "))
		return begin_event(r, slice_trim(slice_part(name, 6, name.size)), err);
	for (size_t i = 0; i < LENGTH(sections); i++)
		if (slice_is(name, sections[i].name)) {
			r->section = sections[i].section;
			return OK;
		}
	return fail(err, ERR_CONFIG, "sections are [log], [event NAME], [pairs], [disposition], [direction]");
}

static size_t blanks_before(struct slice text)
{
	size_t n = 0;
	while (n < text.size && (text.at[n] == ' ' || text.at[n] == '\t'))
		n++;
	return n;
}

static enum status read_line(struct reading *r, struct slice line, struct error *err)
{
	struct slice trimmed = slice_trim(line);
	r->at = blanks_before(line);
	if (trimmed.size == 0 || trimmed.at[0] == '#' || trimmed.at[0] == ';')
		return OK;
	for (size_t i = 0; i < line.size; i++)
		if ((line.at[i] < ' ' && line.at[i] != '\t' && line.at[i] != '\r') || line.at[i] == 0x7f) {
			r->at = i;
			return fail(err, ERR_CONFIG, "a control character; a description is text");
		}
	if (trimmed.at[0] == '[')
		return begin_section(r, trimmed, err);
	size_t equals = slice_search(trimmed, SLICE(" = "));
	if (equals == trimmed.size)
		return fail(err, ERR_CONFIG, "neither [section] nor key = value (with blanks around the =)");
	if (r->section == SECTION_NONE)
		return fail(err, ERR_CONFIG, "a key in front of the first section");
	struct slice behind = slice_part(trimmed, equals + 3, trimmed.size);
	r->key_at = r->at;
	r->at += equals + 3 + blanks_before(behind);
	return description_set(r, slice_trim(slice_part(trimmed, 0, equals)), slice_trim(behind), err);
}

/* The next part of a member path, up to a '.' without a '\\' in front. Each part of a
 * path stands once in the text, so that there is room. */
static bool next_key(struct description *d, struct cursor *c, struct slice *ret)
{
	char *from = &d->keys[d->keys_used];
	size_t size = 0;
	bool more = false;
	while (cursor_left(c) > 0 && !more) {
		unsigned char byte = cursor_u8(c);
		more = byte == '.';
		if (byte == '\\' && cursor_left(c) > 0)
			byte = cursor_u8(c);
		if (!more)
			from[size++] = (char)byte;
	}
	d->keys_used += size;
	*ret = slice_of(from, size);
	return more;
}

/* Adds a member path to the tree that json_pick() walks. */
static enum status add_path(struct description *d, struct slice path, int slot, struct error *err)
{
	struct cursor c = cursor_over(path);
	int node = 0;
	for (unsigned depth = 0; depth < DESCRIPTION_DEPTH_MAX; depth++) {
		struct slice key;
		bool more = next_key(d, &c, &key);
		int child = d->nodes[node].child;
		while (child >= 0 && !slice_equal(d->nodes[child].key, key))
			child = d->nodes[child].next;
		if (child < 0) {
			if (d->node_count == DESCRIPTION_NODES_MAX)
				return fail(err, ERR_CONFIG, "more than %d members", DESCRIPTION_NODES_MAX);
			child = (int)d->node_count++;
			d->nodes[child] = (struct json_path){key, -1, d->nodes[node].child, -1};
			d->nodes[node].child = (short)child;
		}
		node = child;
		if (!more) {
			d->nodes[node].slot = (short)slot;
			return OK;
		}
	}
	return fail(err, ERR_CONFIG, "a member path of more than %d parts", DESCRIPTION_DEPTH_MAX);
}

static enum status check_rule(const struct description *d, const struct rule *r, struct error *err)
{
	if (d->format == DESCRIBES_LINES && r->step_count == 0)
		return fail(err, ERR_CONFIG, "[event %s] has no pattern", r->name);
	if (d->format != DESCRIBES_LINES && (r->step_count > 0) != (r->within >= 0))
		return fail(err, ERR_CONFIG, "[event %s]: pattern and within go together", r->name);
	return OK;
}

static enum status finish(struct reading *r, struct error *err)
{
	struct description *d = r->d;
	enum status status = OK;
	if (!d->name[0])
		return fail(err, ERR_CONFIG, "[log] has no name");
	if (d->rule_count == 0)
		return fail(err, ERR_CONFIG, "there is no [event …]");
	if (d->format == DESCRIBES_TABLE && !d->heading_first && !d->heading.size && !d->columns.size)
		return fail(err, ERR_CONFIG, "a table needs a heading or columns");
	d->nodes[0] = (struct json_path){{0}, -1, -1, -1};
	d->node_count = 1;
	for (size_t i = 0; i < d->slot_count && !status && d->format == DESCRIBES_JSON; i++)
		status = add_path(d, d->slots[i], (int)i, err);
	for (size_t i = 0; i < d->rule_count && !status; i++) {
		for (size_t f = 0; f < FIELDS; f++)
			if (!d->rules[i].fixed[f].size)
				d->rules[i].fixed[f] = r->fixed[f];
		status = check_rule(d, &d->rules[i], err);
	}
	if (!status && d->layout_count == 0)
		status = description_layout(d, SLICE("any"), &(unsigned){0}, err);
	if (!status && !d->app[0])
		memcpy(d->app, d->name, sizeof d->name);
	return status;
}

static enum status read_all(struct reading *r, const char *name, size_t size, struct error *err)
{
	struct cursor c = cursor_over(slice_of(r->d->text, size));
	struct slice line;
	while (cursor_line(&c, &line, NULL)) {
		r->line++;
		if (r->line == 1 && slice_starts(line, "\xef\xbb\xbf"))
			line = slice_part(line, 3, line.size);
		if (read_line(r, line, err))
			return fail_in(err, "%s: line %u, column %zu", name, r->line, r->at + 1);
	}
	return finish(r, err) ? fail_in(err, "%s: line %u, column 1", name, r->line + 1) : OK;
}

enum status description_parse(struct slice text, const char *name, struct description **ret, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	AUTO_TEXT struct text origin = text_make(8192);
	if (text.size > DESCRIPTION_TEXT_MAX)
		return fail(err, ERR_LIMIT, "%s: longer than %d bytes", name, DESCRIPTION_TEXT_MAX);
	struct description *d = must_alloc(1, sizeof *d);
	memset(d, 0, sizeof *d);
	d->text = must_alloc(text.size + 1, 1);
	if (text.size)
		memcpy(d->text, text.at, text.size);
	d->keys = must_alloc(text.size + 1, 1);
	d->whole = slice_of(d->text, text.size);
	hash_bytes(text, digest);
	hash_text(digest, d->sha256);
	text_addf(&origin, "%s (SHA-256 %s)", name, d->sha256);
	d->path = must_strdup(name);
	d->origin = must_strdup(text_string(&origin));
	d->sure = 70;
	d->separator = '\t';
	struct reading *r = must_alloc(1, sizeof *r);
	*r = (struct reading){.d = d};
	enum status status = read_all(r, name, text.size, err);
	free(r);
	if (status)
		description_free(d);
	else
		*ret = d;
	return status;
}

void description_free(struct description *d)
{
	if (!d)
		return;
	free(d->path);
	free(d->origin);
	free(d->text);
	free(d->keys);
	free(d);
}

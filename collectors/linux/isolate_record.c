/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an isolation says of itself at its beginning.
 */
#include "collectors/linux/isolate_state.h"

static const char *const place_names[] = {
	[PLACE_HIDDEN] = "hidden", [PLACE_MASKED] = "masked", [PLACE_SHUT] = "shut", [PLACE_GONE] = "gone",
	[PLACE_KEPT] = "kept", [PLACE_OPEN] = "open", [PLACE_UNKNOWN] = "unknown",
};

static bool is_open(enum isolate_place place)
{
	return place == PLACE_OPEN || place == PLACE_UNKNOWN; /* what is kept is told as it was given */
}

void isolate_record_open(struct isolation *i, const char *path, const char *why)
{
	struct json *j = evidence_begin(i->w->evidence, "isolation_open", clock_now().wall_ns);
	json_add_string(j, "path", path);
	json_add_string(j, "reason", why);
	evidence_end(i->w->evidence);
}

static void write_strings(struct json *j, const char *name, char strings[][ISOLATE_PATH_MAX], size_t count)
{
	json_begin_array(j, name);
	for (size_t n = 0; n < count; n++)
		json_add_string(j, NULL, strings[n]);
	json_end_array(j);
}

void isolate_record_places(struct isolation *i)
{
	unsigned counts[LENGTH(place_names)] = {0};
	struct isolate *s = i->shared;
	for (size_t n = 0; n < s->before.count; n++)
		counts[s->places[n]]++;
	struct json *j = evidence_begin(i->w->evidence, "isolation", clock_now().wall_ns);
	json_add_u64(j, "uid", s->uid);
	write_strings(j, "hidden", s->hidden, s->hidden_count);
	write_strings(j, "passed", s->passed, s->passed_count);
	json_begin_array(j, "carry");
	for (size_t n = 0; n < s->options.carry_count; n++) {
		char text[CARRY_TEXT_MAX];
		carry_text(&s->options.carry[n], text);
		json_add_string(j, NULL, text);
	}
	json_end_array(j);
	json_begin_object(j, "sockets");
	for (size_t n = 0; n < LENGTH(place_names); n++)
		json_add_u64(j, place_names[n], counts[n]);
	json_end_object(j);
	evidence_end(i->w->evidence);
	for (size_t n = 0; n < s->before.count; n++)
		if (is_open(s->places[n]))
			isolate_record_open(i, s->paths[n][0] ? s->paths[n] : s->before.at[n].name, place_names[s->places[n]]);
	for (size_t n = 0; n < s->options.keep_count; n++)
		isolate_record_open(i, s->options.keep[n], "kept");
	if (s->before.cut || s->files_cut)
		isolate_record_open(i, "", "unlisted");
	for (size_t n = 0; n < s->files_count; n++)
		isolate_record_open(i, s->files[n].path, s->files[n].kind);
}

void isolate_record_proofs(struct isolation *i)
{
	const char *tried, *name;
	for (size_t n = 0; (name = isolate_proof_name(n, &tried)) != NULL; n++) {
		const struct isolate_proof *p = &i->shared->proofs[n];
		struct json *j = evidence_begin(i->w->evidence, "isolation_proof", clock_now().wall_ns);
		json_add_string(j, "name", name);
		json_add_string(j, "tried", tried);
		json_add_bool(j, "held", p->tried && p->held);
		json_add_string(j, "detail", p->detail);
		evidence_end(i->w->evidence);
	}
}

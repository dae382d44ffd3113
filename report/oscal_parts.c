/* SPDX-License-Identifier: Apache-2.0 */
#include "report/oscal_parts.h"

#include "core/clock.h"

#include <string.h>

void oscal_uuid(struct oscal *o, const char *member, const char *kind, struct slice key)
{
	char uuid[UUID_TEXT_MAX];
	uuid_of(o->facts->value[FACT_ID], kind, key, uuid);
	json_add_string(&o->j, member, uuid);
}

void oscal_text(struct oscal *o, const char *member, struct slice text, const char *otherwise)
{
	text_clear(&o->text);
	text_add_printable(&o->text, slice_trim(text), OSCAL_TEXT_MAX);
	if (o->text.size == 0)
		text_add_string(&o->text, otherwise);
	json_add_slice(&o->j, member, text_slice(&o->text));
}

void oscal_time(struct oscal *o, const char *member, int64_t ns)
{
	char text[CLOCK_TEXT_MAX];
	clock_text(ns, 3, text);
	json_add_string(&o->j, member, text);
}

static bool is_letter(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_token_byte(unsigned char c)
{
	return is_letter(c) || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
}

static void add_token(char ret[static OSCAL_TOKEN_MAX], struct slice part)
{
	size_t size = strlen(ret);
	for (size_t i = 0; i < part.size && size + 1 < OSCAL_TOKEN_MAX; i++)
		if (part.at[i] == '(' || part.at[i] == ' ')
			ret[size++] = '_';
		else if (is_token_byte(part.at[i]))
			ret[size++] = (char)part.at[i];
	ret[size] = 0;
}

void oscal_token(struct slice framework, struct slice control, struct slice objective, char ret[static OSCAL_TOKEN_MAX])
{
	ret[0] = 0;
	if (!control.size || !is_letter(control.at[0])) {
		add_token(ret, framework);
		add_token(ret, SLICE("_"));
	}
	add_token(ret, control);
	if (objective.size && !slice_is(objective, "-")) {
		add_token(ret, SLICE("_obj."));
		add_token(ret, objective);
	}
}

enum status oscal_objective_known(struct store *store, const char *id, bool *ret, struct error *err)
{
	char token[OSCAL_TOKEN_MAX];
	bool row = true;
	enum status status = OK;
	sqlite3_stmt *q = store_query(store, QUERY_CONTROL_NAMES);
	*ret = false;
	while (!*ret && !(status = store_step(q, &row, err)) && row) {
		oscal_token(store_slice(q, 0), store_slice(q, 1), store_slice(q, 2), token);
		*ret = !strcmp(token, id);
	}
	sqlite3_reset(q);
	return status;
}

void oscal_metadata(struct oscal *o, const char *title)
{
	json_begin_object(&o->j, "metadata");
	json_add_string(&o->j, "title", title);
	oscal_time(o, "last-modified", o->facts->to_ns);
	json_add_string(&o->j, "version", VERSION);
	json_add_string(&o->j, "oscal-version", "1.2.2");
	json_end_object(&o->j);
}

enum status oscal_reviewed(struct oscal *o, struct error *err)
{
	bool row = true, any = false;
	enum status status = OK;
	char token[OSCAL_TOKEN_MAX];
	sqlite3_stmt *q = store_query(o->store, QUERY_OSCAL_CONTROLS);
	store_bind_text(q, 1, o->facts->frameworks);
	json_begin_object(&o->j, "reviewed-controls");
	json_begin_array(&o->j, "control-selections");
	json_begin_object(&o->j, NULL);
	while (!status && !(status = store_step(q, &row, err)) && row) {
		if (!any)
			json_begin_array(&o->j, "include-controls");
		any = true;
		oscal_token(store_slice(q, 0), store_slice(q, 1), SLICE("-"), token);
		json_begin_object(&o->j, NULL);
		json_add_string(&o->j, "control-id", token);
		json_end_object(&o->j);
	}
	sqlite3_reset(q);
	if (any)
		json_end_array(&o->j);
	else
		json_add_string(&o->j, "description", "No control was selected.");
	json_end_object(&o->j);
	json_end_array(&o->j);
	json_end_object(&o->j);
	return status;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/organisation.h"

enum { NAME_SHOWN_MAX = 60 };

static const struct {
	const char *name, *label;
} known[] = {
	{"name", "Organisation"},
	{"organisation", "Organisation"},
	{"organization", "Organisation"},
	{"org", "Organisation"},
	{"system", "System"},
	{"system_name", "System"},
	{"ssp", "Security plan (SSP)"},
	{"ssp_version", "Version of the SSP"},
	{"cage", "CAGE code"},
	{"boundary", "Boundary"},
	{"marking", "Marking"},
	{"operator", "Operator"},
	{"purpose", "Purpose"},
};

struct cursor organisation_fields(const struct facts *f)
{
	return cursor_over(slice_of_string(f->value[FACT_ORGANISATION]));
}

bool organisation_next(struct cursor *fields, struct organisation_field *ret)
{
	struct slice line;
	if (!cursor_line(fields, &line, NULL))
		return false;
	size_t equal = slice_find(line, '=');
	*ret = (struct organisation_field){
		.name = slice_trim(slice_part(line, 0, equal)),
		.value = slice_trim(slice_part(line, equal + 1, line.size)),
	};
	for (size_t i = 0; i < LENGTH(known); i++)
		if (slice_is(ret->name, known[i].name))
			ret->label = known[i].label;
	return true;
}

void organisation_add_label(struct text *t, const struct organisation_field *field)
{
	if (field->label)
		text_add_string(t, field->label);
	else
		text_add_printable(t, field->name, NAME_SHOWN_MAX);
}

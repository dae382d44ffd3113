/* SPDX-License-Identifier: Apache-2.0 */
#include "report/made.h"

#include "core/json.h"

#include <string.h>

static struct made_document *find(struct made *m, const char *file)
{
	for (size_t i = 0; i < m->count; i++)
		if (!strcmp(m->at[i].file, file))
			return &m->at[i];
	return NULL;
}

/* By their names, whatever was written first. */
static struct made_document *insert(struct made *m, const char *file)
{
	size_t at = 0;
	if (m->count == MADE_DOCUMENTS_MAX)
		return NULL;
	while (at < m->count && strcmp(m->at[at].file, file) < 0)
		at++;
	memmove(&m->at[at + 1], &m->at[at], (m->count - at) * sizeof m->at[0]);
	m->count++;
	return &m->at[at];
}

static void forget(struct made *m, struct made_document *d)
{
	size_t at = (size_t)(d - m->at);
	m->count--;
	memmove(d, d + 1, (m->count - at) * sizeof *d);
}

bool made_set(struct made *m, const char *file, const struct report_form *form)
{
	struct made_document d = {
		.has_frameworks = form->frameworks != NULL,
		.has_paper = form->paper != NULL,
		.reviews = form->reviews ? form->reviews->count : 0,
	};
	struct made_document *place = find(m, file);
	if (!slice_to_string(slice_of_string(file), d.file, sizeof d.file) ||
	    (form->frameworks && !slice_to_string(slice_of_string(form->frameworks), d.frameworks, sizeof d.frameworks)) ||
	    (form->paper && !slice_to_string(slice_of_string(form->paper), d.paper, sizeof d.paper)))
		return false;
	if (!d.has_frameworks && !d.has_paper && !d.reviews) {
		if (place)
			forget(m, place);
		return true;
	}
	place = place ? place : insert(m, file);
	if (place)
		*place = d;
	return place != NULL;
}

struct report_form made_form(const struct made *m, const char *file, const struct reviews *all, struct reviews *ret_reviews)
{
	struct report_form form = {.reviews = ret_reviews};
	ret_reviews->count = 0;
	for (size_t i = 0; i < m->count; i++) {
		const struct made_document *d = &m->at[i];
		if (strcmp(d->file, file) != 0)
			continue;
		form.frameworks = d->has_frameworks ? d->frameworks : NULL;
		form.paper = d->has_paper ? d->paper : NULL;
		while (ret_reviews->count < d->reviews && ret_reviews->count < all->count) {
			ret_reviews->at[ret_reviews->count] = all->at[ret_reviews->count];
			ret_reviews->count++;
		}
	}
	return form;
}

void made_write(const struct made *m, struct text *out)
{
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_begin_array(&j, "documents");
	for (size_t i = 0; i < m->count; i++) {
		const struct made_document *d = &m->at[i];
		json_begin_object(&j, NULL);
		json_add_string(&j, "file", d->file);
		json_add_string(&j, "frameworks", d->has_frameworks ? d->frameworks : NULL);
		json_add_string(&j, "paper", d->has_paper ? d->paper : NULL);
		json_add_u64(&j, "reviews", d->reviews);
		json_end_object(&j);
	}
	json_end_array(&j);
	drawn_write(&m->drawn, &j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static bool read_text(const struct json_value *v, char *ret, size_t size, bool *ret_there)
{
	char buffer[FORM_TEXT_MAX];
	struct slice plain;
	*ret_there = v->type != JSON_NULL;
	return !*ret_there || (json_string(v, buffer, sizeof buffer, &plain) && slice_to_string(plain, ret, size));
}

static bool read_document(const struct json_value *v, struct made_document *ret)
{
	enum { FILE_NAME, FRAMEWORKS, PAPER, REVIEWS, FIELDS };
	bool named;
	struct json_member m[FIELDS] = {
		[FILE_NAME] = {.key = "file"}, [FRAMEWORKS] = {.key = "frameworks"}, [PAPER] = {.key = "paper"}, [REVIEWS] = {.key = "reviews"}};
	*ret = (struct made_document){0};
	return v->type == JSON_OBJECT && !json_read_object(v->raw, m, FIELDS, NULL) &&
	       read_text(&m[FILE_NAME].value, ret->file, sizeof ret->file, &named) && named &&
	       read_text(&m[FRAMEWORKS].value, ret->frameworks, sizeof ret->frameworks, &ret->has_frameworks) &&
	       read_text(&m[PAPER].value, ret->paper, sizeof ret->paper, &ret->has_paper) &&
	       json_u64(&m[REVIEWS].value, REVIEWS_MAX, &ret->reviews);
}

bool made_read(struct slice json, struct made *ret)
{
	enum { DOCUMENTS, PDF, FIELDS };
	struct json_member m[FIELDS] = {[DOCUMENTS] = {.key = "documents"}, [PDF] = {.key = "pdf"}};
	struct json_value element;
	*ret = (struct made){.count = 0};
	if (json.size > MADE_SIZE_MAX || json_read_object(json, m, FIELDS, NULL) || m[DOCUMENTS].value.type != JSON_ARRAY ||
	    (m[PDF].value.type != JSON_ABSENT && !drawn_read(&m[PDF].value, &ret->drawn)))
		return false;
	struct cursor elements = json_array(&m[DOCUMENTS].value);
	while (json_next(&elements, &element)) {
		if (ret->count == MADE_DOCUMENTS_MAX || !read_document(&element, &ret->at[ret->count]) ||
		    (ret->count && strcmp(ret->at[ret->count - 1].file, ret->at[ret->count].file) >= 0))
			return false;
		ret->count++;
	}
	AUTO_TEXT struct text again = text_make(MADE_SIZE_MAX);
	made_write(ret, &again);
	return slice_equal(text_slice(&again), json);
}

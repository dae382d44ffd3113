/* SPDX-License-Identifier: Apache-2.0 */
#include "report/review_words.h"

#include "report/pdf_words.h"

const char review_words_trust[] =
	"The signature of each review was checked when this was written, against the certificate that lies "
	"beside it. Whose certificate that is, nothing here shows: compare its SHA-256 with one that the "
	"reviewer gave you another way.";

void review_words_who(struct text *t, const struct review *r)
{
	text_add_printable(t, slice_of_string(r->name), REVIEW_SHOWN_MAX);
	text_add_string(t, " (reviewer)");
}

void review_words_time(struct text *t, const struct review *r)
{
	pdf_add_time(t, r->time_ns);
}

static void add_decision(struct text *t, const struct review *r)
{
	text_addf(t, "%s by ", review_decision_name(r->decision));
	review_words_who(t, r);
	text_add_string(t, " on ");
	review_words_time(t, r);
}

void review_words_accepted(struct text *t, const struct reviews *all)
{
	size_t i = all->count;
	while (i > 0 && all->at[i - 1]->decision == REVIEW_NOTED)
		i--;
	if (i > 0 && all->at[i - 1]->decision == REVIEW_ACCEPTED)
		add_decision(t, all->at[i - 1]);
}

void review_words_state(struct text *t, const struct reviews *all)
{
	if (all->count == 0) {
		text_add_string(t, "not reviewed: when this was written nobody had signed a decision over this evidence");
		return;
	}
	add_decision(t, all->at[all->count - 1]);
	if (all->count > 1)
		text_addf(t, ", the last of %zu reviews", all->count);
}

static void add_review(struct json *j, const struct review *r)
{
	json_begin_object(j, NULL);
	json_add_u64(j, "number", r->number);
	json_add_string(j, "role", "reviewer");
	json_add_string(j, "name", r->name);
	json_add_string(j, "decision", review_decision_name(r->decision));
	json_add_string(j, "comment", r->comment);
	json_add_i64(j, "time_ns", r->time_ns);
	json_add_hex(j, "fingerprint", r->fingerprint, HASH_SIZE);
	review_write_objectives(j, r);
	json_end_object(j);
}

void review_words_json(struct json *j, const struct reviews *all)
{
	json_add_bool(j, "reviewed", all->count > 0);
	json_begin_array(j, "reviews");
	for (size_t i = 0; i < all->count; i++)
		add_review(j, all->at[i]);
	json_end_array(j);
}

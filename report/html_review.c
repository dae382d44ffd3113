/* SPDX-License-Identifier: Apache-2.0 */
/* What persons decided over the evidence, in a table like the others. */
#include "report/html.h"
#include "report/review_words.h"

enum { CELL_MAX = 8 * REVIEW_TEXT_MAX };

static void add_words(struct html *h, const char *kind, const struct review *r,
		      void (*words)(struct text *, const struct review *))
{
	AUTO_TEXT struct text t = text_make(CELL_MAX);
	words(&t, r);
	text_addf(&h->out.text, "<td%s>", kind);
	html_add(h, text_slice(&t));
}

static void words_fingerprint(struct text *t, const struct review *r)
{
	text_add_hex(t, r->fingerprint, HASH_SIZE);
}

static void words_objectives(struct text *t, const struct review *r)
{
	for (size_t i = 0; i < r->objective_count; i++) {
		text_add_string(t, i ? ", " : "");
		text_add_printable(t, slice_of_string(r->objectives[i].id), REVIEW_SHOWN_MAX);
		text_addf(t, ": %s", review_state_name(r->objectives[i].satisfied));
	}
}

static void words_comment(struct text *t, const struct review *r)
{
	text_add_string(t, r->comment ? r->comment : "");
}

static void add_row(struct html *h, const struct review *r)
{
	text_addf(&h->out.text, "<tr><td class=\"n\">%u", r->number);
	add_words(h, "", r, review_words_who);
	text_addf(&h->out.text, "<td>%s", review_decision_name(r->decision));
	add_words(h, " class=\"t\"", r, review_words_time);
	add_words(h, "", r, words_fingerprint);
	add_words(h, " class=\"l\"", r, words_objectives);
	add_words(h, " class=\"l\"", r, words_comment);
	text_add_char(&h->out.text, '\n');
}

void html_review_write(struct html *h)
{
	static const char *const heads[] = {"No.", "Name and role", "Decision", "Time, by their clock",
					    "Certificate (SHA-256)", "Objectives, in the word of the reviewer", "Comment"};
	const struct reviews *all = h->facts->reviews;
	text_add_string(&h->out.text, "<section aria-labelledby=\"h-reviews\" id=\"reviews\"><h2 id=\"h-reviews\">Reviews</h2>\n");
	if (all->count == 0) {
		text_add_string(&h->out.text, "<p class=\"none\">Not reviewed: when this was written nobody had signed a decision "
				"over this evidence. It is a draft.</p></section>\n");
		return;
	}
	text_add_string(&h->out.text, "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-labelledby=\"h-reviews\"><table><thead><tr>");
	for (size_t i = 0; i < LENGTH(heads); i++)
		text_addf(&h->out.text, "<th scope=\"col\">%s", heads[i]);
	text_add_string(&h->out.text, "</thead><tbody>\n");
	for (size_t i = 0; i < all->count; i++)
		add_row(h, all->at[i]);
	text_addf(&h->out.text, "</tbody></table></div>\n<p>%s</p></section>\n", review_words_trust);
}

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_REVIEW_WORDS_H
#define REPORT_REVIEW_WORDS_H

/*
 * What documents say of reviews. A document can tell only of those that were there when it
 * was written; which those were, report/made.json keeps.
 */

#include "report/review.h"

#include "core/json.h"

enum { REVIEW_SHOWN_MAX = 300 /* bytes shown of a name */ };

/* For a line at the head of a document: "not reviewed …", or what was decided last, by whom
 * and when. Fit for a page. */
void review_words_state(struct text *t, const struct reviews *all);

/* "accepted by Ann (reviewer) on …" where the last word that is not a mere note accepts; else nothing. */
void review_words_accepted(struct text *t, const struct reviews *all);

/* Of one: "accepted", "Ann (reviewer)", "2026-11-28 10:15:00 UTC", 64 hex digits. */
void review_words_who(struct text *t, const struct review *r);
void review_words_time(struct text *t, const struct review *r);

/* The members "reviewed" and "reviews" of an object. */
void review_words_json(struct json *j, const struct reviews *all);

/* What a reader of reviews must know: how far to trust them. */
extern const char review_words_trust[];

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REDACT_PSEUDONYM_H
#define REDACT_PSEUDONYM_H

/*
 * Pseudonyms of words, hardware addresses and hashes. The unit is a word: a run of letters,
 * digits and bytes past ASCII. What stands between words stays, so that a path remains a
 * path and a name a name, and the parts of one are the same wherever they stand.
 *
 * A pseudonym has the length of its word, letters where that has letters (in their case) and
 * digits where it has digits. Case does not tell words apart, as it does not in names of
 * hosts. Of two words no two get the same one, unless they are so short that there are no
 * others left; then shared() counts. Words of one byte stay.
 *
 * Two rounds: in the first every word is only noted, so that afterwards no pseudonym is a
 * word that was to be hidden. pseudonyms_settle() stands between.
 */

#include "core/arena.h"
#include "redact/address_mask.h"
#include "redact/common.h"

struct pseudonyms; /* opaque */

/* `secret` must outlive it. */
struct pseudonyms *pseudonyms_new(const struct secret *secret);
void pseudonyms_free(struct pseudonyms *p); /* NULL-safe */

/* The words that may stay; to be added to before the first is met. */
struct common *pseudonyms_common(struct pseudonyms *p);

/* Ends the noting. */
void pseudonyms_settle(struct pseudonyms *p);

/* Is this a byte of a word? */
bool pseudonym_is_part(unsigned char byte);

/* In place, in both rounds (in the first nothing is changed). A word of `common` text, as
 * opposed to a name of somebody's, stays where it is in schema/redact.tsv; false: it stayed. */
bool pseudonym_word(struct pseudonyms *p, unsigned char *word, size_t size, bool common);
void pseudonym_mac(struct pseudonyms *p, unsigned char mac[static 6]);
void pseudonym_hex(struct pseudonyms *p, unsigned char *digits, size_t size);
struct address pseudonym_address(struct pseudonyms *p, const struct address *a);
void pseudonym_v4(struct pseudonyms *p, unsigned char bytes[static 4]);
void pseudonym_v6(struct pseudonyms *p, unsigned char bytes[static 16]);
struct address_mask *pseudonyms_mask(struct pseudonyms *p);

/* The kernel cuts names of programs: the pseudonym of what was cut is to be the beginning of
 * that of the whole word. */
void pseudonyms_note_cut(struct pseudonyms *p, struct slice cut, struct slice whole);

/* Is the word one that stays in common text? */
bool pseudonyms_knows(const struct pseudonyms *p, struct slice word);

/* What was hidden, in the order in which it was met. Words are in small letters. */
size_t pseudonyms_words(const struct pseudonyms *p);
struct slice pseudonyms_word_at(const struct pseudonyms *p, size_t number);
size_t pseudonyms_addresses(const struct pseudonyms *p);
void pseudonyms_address_at(const struct pseudonyms *p, size_t number, struct address *ret, struct address *ret_pseudonym);
size_t pseudonyms_macs(const struct pseudonyms *p);
struct slice pseudonyms_mac_at(const struct pseudonyms *p, size_t number);

/* Whole names in which any word was hidden; in small letters. */
void pseudonyms_note_whole(struct pseudonyms *p, struct slice whole);
size_t pseudonyms_wholes(const struct pseudonyms *p);
struct slice pseudonyms_whole_at(const struct pseudonyms *p, size_t number);

/* Was this word, in small letters, hidden? */
bool pseudonyms_hid_word(const struct pseudonyms *p, struct slice word);
bool pseudonyms_hid_address(const struct pseudonyms *p, const struct address *a);

/* How many words share their pseudonym with another. */
size_t pseudonyms_shared(const struct pseudonyms *p);

/* Is it the pseudonym of anything? */
bool pseudonyms_gave_word(const struct pseudonyms *p, struct slice word);
bool pseudonyms_gave_address(const struct pseudonyms *p, const struct address *a);

#endif

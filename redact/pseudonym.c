/* SPDX-License-Identifier: Apache-2.0 */
/*
 * schema/redact.tsv: lines of two fields with a tab between, the first a heading: what the
 * words of a line are, and the words with blanks between.
 */
#include "redact/pseudonym.h"

#include "core/intern.h"
#include "core/text.h"
#include "tables.h" /* generated */

#include <stdlib.h>
#include <string.h>

enum {
	TEXTS_MAX = 1 << 30,  /* bytes of all words */
	WORD_MAX = 1 << 20,   /* of one; a longer one becomes several */
	TRIES_MAX = 4096,     /* for a pseudonym that nobody has */
	LETTERS = 20,         /* g to z: what comes out looks like no hexadecimal number */
	ADDRESS_KEY = 17,
	MAC_SIZE = 6,
};

struct given {
	unsigned char *at; /* owned, of the size of its word */
};

struct pseudonyms {
	const struct secret *secret;
	struct address_mask *mask;
	struct intern *known, *kept; /* words that stay in common text; everywhere */
	struct intern *words, *taken, *addresses, *masked, *macs;
	struct given *given; /* to each of `words`, once settled */
	size_t given_count, room, shared;
	struct text lower; /* the word in hand */
	bool settled;
};

bool pseudonym_is_part(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80;
}

static struct slice lower(struct pseudonyms *p, struct slice word)
{
	text_clear(&p->lower);
	text_add(&p->lower, word);
	for (size_t i = 0; i < p->lower.size; i++)
		if (p->lower.at[i] >= 'A' && p->lower.at[i] <= 'Z')
			p->lower.at[i] = (char)(p->lower.at[i] + 'a' - 'A');
	return text_slice(&p->lower);
}

static void add_words(struct pseudonyms *p, struct intern *to, struct slice text)
{
	for (size_t at = 0, from; at < text.size; at++) {
		for (from = at; at < text.size && pseudonym_is_part(text.at[at]); at++)
			;
		if (at > from && intern_add(to, lower(p, slice_part(text, from, at - from))) == INTERN_NONE)
			die("more words than can be told apart");
	}
}

/* Of the tables of this build: words of one column of each line but the heading. */
static void add_column(struct pseudonyms *p, struct intern *to, const unsigned char *table, size_t size, unsigned column)
{
	struct cursor c = cursor_over(slice_of(table, size));
	struct slice line, field;
	cursor_line(&c, &line, NULL);
	while (cursor_line(&c, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		unsigned i = 0;
		while (i < column && cursor_until(&fields, '\t', line.size, &field))
			i++;
		if (i == column)
			add_words(p, to, slice_part(cursor_rest(&fields), 0, slice_find(cursor_rest(&fields), '\t')));
	}
}

/* What programs and products are called is no secret of anybody. */
static void add_products(struct pseudonyms *p)
{
	add_column(p, p->known, embedded_table_programs, embedded_table_programs_size, 0);
	add_column(p, p->known, embedded_table_programs, embedded_table_programs_size, 2);
	add_column(p, p->known, embedded_table_posture, embedded_table_posture_size, 1);
	add_column(p, p->known, embedded_table_posture, embedded_table_posture_size, 2);
	add_column(p, p->known, embedded_table_endpoints, embedded_table_endpoints_size, 1);
	add_column(p, p->known, embedded_table_endpoints, embedded_table_endpoints_size, 4);
	add_column(p, p->known, embedded_table_apps, embedded_table_apps_size, 1);
}

void pseudonyms_keep_endpoints(struct pseudonyms *p)
{
	add_column(p, p->kept, embedded_table_endpoints, embedded_table_endpoints_size, 2);
}

struct pseudonyms *pseudonyms_new(const struct secret *secret)
{
	struct cursor c = cursor_over(slice_of(embedded_table_redact, embedded_table_redact_size));
	struct slice line, what;
	struct pseudonyms *p = must_alloc(1, sizeof *p);
	*p = (struct pseudonyms){
		.secret = secret,
		.mask = address_mask_new(secret),
		.known = intern_new(TEXTS_MAX),
		.kept = intern_new(TEXTS_MAX),
		.words = intern_new(TEXTS_MAX),
		.taken = intern_new(TEXTS_MAX),
		.addresses = intern_new(TEXTS_MAX),
		.masked = intern_new(TEXTS_MAX),
		.macs = intern_new(TEXTS_MAX),
		.lower = text_make(WORD_MAX),
	};
	cursor_line(&c, &line, NULL); /* the heading */
	while (cursor_line(&c, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		if (cursor_until(&fields, '\t', line.size, &what))
			add_words(p, slice_is(what, "everywhere") ? p->kept : p->known, cursor_rest(&fields));
	}
	add_products(p);
	return p;
}

void pseudonyms_free(struct pseudonyms *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->given_count; i++)
		free(p->given[i].at);
	free(p->given);
	address_mask_free(p->mask);
	intern_free(p->known);
	intern_free(p->kept);
	intern_free(p->words);
	intern_free(p->taken);
	intern_free(p->addresses);
	intern_free(p->masked);
	intern_free(p->macs);
	text_free(&p->lower);
	free(p);
}

void pseudonyms_keep(struct pseudonyms *p, struct slice text)
{
	add_words(p, p->kept, text);
}

bool pseudonyms_knows(const struct pseudonyms *p, struct slice word)
{
	return intern_find(p->known, word) != INTERN_NONE || intern_find(p->kept, word) != INTERN_NONE;
}

/* In place: a word of the same shape that hangs on the secret. */
static void shape(const struct pseudonyms *p, uint32_t try, struct slice word, unsigned char ret[])
{
	secret_stream(p->secret, "word", try, word, ret, word.size);
	for (size_t i = 0; i < word.size; i++) {
		bool digit = word.at[i] >= '0' && word.at[i] <= '9';
		ret[i] = (unsigned char)(digit ? '0' + ret[i] % 10 : 'g' + ret[i] % LETTERS);
	}
}

/* Gives the word of that number its pseudonym. */
static void give(struct pseudonyms *p, size_t number)
{
	struct slice word = slice_of_string(intern_text(p->words, (uint32_t)number));
	struct given *g = &p->given[number];
	g->at = must_alloc(word.size, 1);
	struct slice made = slice_of(g->at, word.size);
	for (uint32_t try = 0; try < TRIES_MAX; try++) {
		shape(p, try, word, g->at);
		/* of very short words all may be taken: then rather one of theirs than none */
		bool early = try < TRIES_MAX / 2;
		if (intern_find(p->taken, made) != INTERN_NONE || slice_equal(made, word) ||
		    (early && (intern_find(p->words, made) != INTERN_NONE || pseudonyms_knows(p, made))))
			continue;
		(void)intern_add(p->taken, made);
		return;
	}
	p->shared++;
}

static void give_all(struct pseudonyms *p)
{
	size_t count = intern_count(p->words);
	if (count > p->room) {
		p->room = 2 * count;
		p->given = must_realloc(p->given, p->room, sizeof *p->given);
	}
	while (p->given_count < count)
		give(p, p->given_count++);
}

void pseudonyms_settle(struct pseudonyms *p)
{
	p->settled = true;
	give_all(p);
}

bool pseudonym_word(struct pseudonyms *p, unsigned char *word, size_t size, bool common)
{
	if (size < 2 || size > WORD_MAX)
		return false;
	struct slice text = lower(p, slice_of(word, size));
	if (intern_find(p->kept, text) != INTERN_NONE || (common && intern_find(p->known, text) != INTERN_NONE))
		return false;
	uint32_t number = intern_add(p->words, text);
	if (number == INTERN_NONE)
		die("more different words than can be given pseudonyms");
	if (!p->settled)
		return true;
	give_all(p);
	for (size_t i = 0; i < size; i++) {
		bool upper = word[i] >= 'A' && word[i] <= 'Z';
		word[i] = p->given[number].at[i];
		if (upper)
			word[i] = (unsigned char)(word[i] - 'a' + 'A');
	}
	return true;
}

/* Which of its kind, and groups of multicast, is not a matter of whose it is. */
static bool is_nobodys(const unsigned char mac[static MAC_SIZE])
{
	static const unsigned char none[MAC_SIZE], all[MAC_SIZE] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff};
	return memcmp(mac, none, MAC_SIZE) == 0 || memcmp(mac, all, MAC_SIZE) == 0 || (mac[0] & 1 && mac[0] != 0x33);
}

void pseudonym_mac(struct pseudonyms *p, unsigned char mac[static MAC_SIZE])
{
	unsigned char made[MAC_SIZE];
	if (is_nobodys(mac))
		return;
	if (intern_add(p->macs, slice_of(mac, MAC_SIZE)) == INTERN_NONE)
		die("more hardware addresses than can be told apart");
	if (!p->settled)
		return;
	secret_stream(p->secret, "mac", 0, slice_of(mac, MAC_SIZE), made, sizeof made);
	/* RFC 2464, 7: behind 33:33 stands the end of the group's address */
	size_t from = mac[0] == 0x33 && mac[1] == 0x33 ? 2 : 1;
	if (from == 1)
		mac[0] = (unsigned char)((made[0] & ~3u) | (mac[0] & 3u));
	memcpy(mac + from, made + from, MAC_SIZE - from);
}

void pseudonym_hex(struct pseudonyms *p, unsigned char *digits, size_t size)
{
	static const char hex[] = "0123456789abcdef";
	if (!p->settled || size > WORD_MAX)
		return;
	struct slice text = lower(p, slice_of(digits, size));
	secret_stream(p->secret, "hash", 0, text, digits, size);
	for (size_t i = 0; i < size; i++)
		digits[i] = (unsigned char)hex[digits[i] & 15];
}

static struct slice address_key(const struct address *a, unsigned char ret[static ADDRESS_KEY])
{
	ret[0] = (unsigned char)a->family;
	memcpy(ret + 1, a->bytes, 16);
	return slice_of(ret, ADDRESS_KEY);
}

struct address pseudonym_address(struct pseudonyms *p, const struct address *a)
{
	unsigned char key[ADDRESS_KEY];
	struct address made = address_mask_of(p->mask, a);
	if (a->family == ADDRESS_NONE || address_equal(&made, a))
		return *a;
	size_t known = intern_count(p->addresses);
	if (intern_add(p->addresses, address_key(a, key)) == INTERN_NONE)
		die("more addresses than can be told apart");
	if (intern_count(p->addresses) > known)
		(void)intern_add(p->masked, address_key(&made, key));
	return p->settled ? made : *a;
}

void pseudonym_v4(struct pseudonyms *p, unsigned char bytes[static 4])
{
	const struct address a = address_v4(bytes), made = pseudonym_address(p, &a);
	memcpy(bytes, made.bytes, 4);
}

void pseudonym_v6(struct pseudonyms *p, unsigned char bytes[static 16])
{
	const struct address a = address_v6(bytes), made = pseudonym_address(p, &a);
	if (a.family == ADDRESS_V4)
		memcpy(bytes + 12, made.bytes, 4); /* it stood there in IPv6's clothes */
	else
		memcpy(bytes, made.bytes, 16);
}

struct address_mask *pseudonyms_mask(struct pseudonyms *p)
{
	return p->mask;
}

size_t pseudonyms_words(const struct pseudonyms *p)
{
	return intern_count(p->words);
}

struct slice pseudonyms_word_at(const struct pseudonyms *p, size_t number)
{
	return slice_of_string(intern_text(p->words, (uint32_t)number));
}

static void address_of(const struct intern *from, size_t number, struct address *ret)
{
	const char *key = intern_text(from, (uint32_t)number);
	*ret = (struct address){.family = (enum address_family)key[0]};
	memcpy(ret->bytes, key + 1, 16);
}

size_t pseudonyms_addresses(const struct pseudonyms *p)
{
	return intern_count(p->addresses);
}

void pseudonyms_address_at(const struct pseudonyms *p, size_t number, struct address *ret, struct address *ret_pseudonym)
{
	address_of(p->addresses, number, ret);
	address_of(p->masked, number, ret_pseudonym);
}

size_t pseudonyms_macs(const struct pseudonyms *p)
{
	return intern_count(p->macs);
}

struct slice pseudonyms_mac_at(const struct pseudonyms *p, size_t number)
{
	return slice_of(intern_text(p->macs, (uint32_t)number), MAC_SIZE);
}

size_t pseudonyms_shared(const struct pseudonyms *p)
{
	return p->shared;
}

bool pseudonyms_gave_word(const struct pseudonyms *p, struct slice word)
{
	return intern_find(p->taken, word) != INTERN_NONE;
}

bool pseudonyms_gave_address(const struct pseudonyms *p, const struct address *a)
{
	unsigned char key[ADDRESS_KEY];
	return intern_find(p->masked, address_key(a, key)) != INTERN_NONE;
}

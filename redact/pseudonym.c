/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/pseudonym.h"

#include "core/intern.h"
#include "core/text.h"

#include <stdlib.h>
#include <string.h>

enum {
	TEXTS_MAX = 1 << 30,  /* bytes of all words */
	WORD_MAX = 1 << 20,   /* of one; a longer one becomes several */
	TRIES_MAX = 4096,     /* for a pseudonym that nobody has */
	LETTERS = 20,         /* g to z: what comes out looks like no hexadecimal number */
	ADDRESS_KEY = 17,
	MAC_SIZE = 6,
	WHOLE_MAX = 256,
};

struct given {
	unsigned char *at; /* owned, of the size of its word */
};

struct pseudonyms {
	const struct secret *secret;
	struct address_mask *mask;
	struct common *common;
	struct intern *words, *taken, *addresses, *masked, *macs, *wholes;
	struct cut {
		uint32_t word, whole;
	} *cuts; /* owned */
	size_t cut_count, cut_room;
	struct given *given; /* to each of `words`, once settled */
	size_t given_count, room, shared;
	struct text lower; /* the word in hand */
	bool settled;
};

bool pseudonym_is_part(unsigned char byte)
{
	return common_is_part(byte);
}

static struct slice lower(struct pseudonyms *p, struct slice word)
{
	return common_lower(&p->lower, word);
}

struct pseudonyms *pseudonyms_new(const struct secret *secret)
{
	struct pseudonyms *p = must_alloc(1, sizeof *p);
	*p = (struct pseudonyms){
		.secret = secret,
		.mask = address_mask_new(secret),
		.common = common_new(),
		.words = intern_new(TEXTS_MAX),
		.taken = intern_new(TEXTS_MAX),
		.addresses = intern_new(TEXTS_MAX),
		.masked = intern_new(TEXTS_MAX),
		.macs = intern_new(TEXTS_MAX),
		.wholes = intern_new(TEXTS_MAX),
		.lower = text_make(WORD_MAX),
	};
	return p;
}

void pseudonyms_free(struct pseudonyms *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->given_count; i++)
		free(p->given[i].at);
	free(p->given);
	free(p->cuts);
	address_mask_free(p->mask);
	common_free(p->common);
	intern_free(p->words);
	intern_free(p->taken);
	intern_free(p->addresses);
	intern_free(p->masked);
	intern_free(p->macs);
	intern_free(p->wholes);
	text_free(&p->lower);
	free(p);
}

struct common *pseudonyms_common(struct pseudonyms *p)
{
	return p->common;
}

bool pseudonyms_knows(const struct pseudonyms *p, struct slice word)
{
	return common_stays(p->common, word, true);
}

/* In place: a word of the same shape that hangs on the secret. */
static void shape(const struct pseudonyms *p, uint32_t try, struct slice word, unsigned char ret[])
{
	secret_stream(p->secret, "word", try, word, ret, word.size);
	for (size_t i = 0; i < word.size; i++) {
		bool digit = word.at[i] >= '0' && word.at[i] <= '9';
		int least = digit && i == 0 && word.at[0] != '0'; /* a number in JSON begins with no zero */
		ret[i] = (unsigned char)(digit ? '0' + least + ret[i] % (10 - least) : 'g' + ret[i] % LETTERS);
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

void pseudonyms_note_cut(struct pseudonyms *p, struct slice cut, struct slice whole)
{
	if (p->settled || cut.size < 2 || cut.size >= whole.size || pseudonyms_knows(p, lower(p, cut)))
		return;
	uint32_t word = intern_add(p->words, lower(p, cut)), all = intern_add(p->words, lower(p, whole));
	if (word == INTERN_NONE || all == INTERN_NONE)
		die("more different words than can be given pseudonyms");
	if (p->cut_count == p->cut_room) {
		p->cut_room = p->cut_room ? 2 * p->cut_room : 16;
		p->cuts = must_realloc(p->cuts, p->cut_room, sizeof *p->cuts);
	}
	p->cuts[p->cut_count++] = (struct cut){word, all};
}

void pseudonyms_settle(struct pseudonyms *p)
{
	p->settled = true;
	give_all(p);
	for (size_t i = 0; i < p->cut_count; i++)
		memcpy(p->given[p->cuts[i].word].at, p->given[p->cuts[i].whole].at,
		       strlen(intern_text(p->words, p->cuts[i].word)));
}

bool pseudonym_word(struct pseudonyms *p, unsigned char *word, size_t size, bool common)
{
	if (size < 2 || size > WORD_MAX)
		return false;
	struct slice text = lower(p, slice_of(word, size));
	if (common_stays(p->common, text, common))
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

void pseudonyms_note_whole(struct pseudonyms *p, struct slice whole)
{
	if (!p->settled && whole.size && whole.size <= WHOLE_MAX && intern_add(p->wholes, lower(p, whole)) == INTERN_NONE)
		die("more different names than can be kept in mind");
}

size_t pseudonyms_wholes(const struct pseudonyms *p)
{
	return intern_count(p->wholes);
}

struct slice pseudonyms_whole_at(const struct pseudonyms *p, size_t number)
{
	return slice_of_string(intern_text(p->wholes, (uint32_t)number));
}

bool pseudonyms_hid_word(const struct pseudonyms *p, struct slice word)
{
	return intern_find(p->words, word) != INTERN_NONE;
}

bool pseudonyms_hid_address(const struct pseudonyms *p, const struct address *a)
{
	unsigned char key[ADDRESS_KEY];
	return intern_find(p->addresses, address_key(a, key)) != INTERN_NONE;
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

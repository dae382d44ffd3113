/* SPDX-License-Identifier: Apache-2.0 */
#include "redact/leftover.h"

#include "core/file.h"
#include "core/intern.h"
#include "core/text.h"
#include "redact/mask.h"
#include "redact/needles.h"

#include <stdlib.h>
#include <string.h>

enum {
	ARENA_MAX = 1 << 30,
	WORD_LEAST = 4,
	CHUNK = 1 << 20,
	OVERLAP = 512, /* no needle is longer */
	UUID_SIZE = 36,
};

struct searching {
	const struct pseudonyms *hidden;
	struct needles *anywhere, *binary; /* owned */
	struct intern *words;              /* owned; where no letter is beside */
	struct intern *own;                /* owned; what the program writes itself */
	struct leftovers *to;
	const char *path; /* of the file in hand */
	bool packed;      /* its bytes are as good as random */
	/* a piece of it: in small letters, with points for control characters; without NUL */
	unsigned char *text, *squeezed;
	size_t *places; /* of the bytes of `squeezed` */
};

static bool has_letter(struct slice text)
{
	for (size_t i = 0; i < text.size; i++)
		if (pseudonym_is_part(text.at[i]) && !(text.at[i] >= '0' && text.at[i] <= '9'))
			return true;
	return false;
}

static bool is_searched(const struct searching *s, struct slice word)
{
	return word.size >= WORD_LEAST && has_letter(word) && !pseudonyms_knows(s->hidden, word) &&
	       intern_find(s->own, word) == INTERN_NONE && !pseudonyms_gave_word(s->hidden, word);
}

/* Every word of the program's own strings. */
static void add_own_words(struct searching *s, struct slice own)
{
	for (size_t at = 0, from; at < own.size; at++) {
		for (from = at; at < own.size && pseudonym_is_part(own.at[at]); at++)
			;
		if (at - from >= WORD_LEAST && at - from < NEEDLE_LEAST)
			(void)intern_add(s->own, slice_part(own, from, at - from));
	}
}

/* Of needles it is enough to be a part of what the program writes. One that begins another
 * one shows only when that is out of the way. */
static bool drop_own(struct searching *s, struct slice own)
{
	bool any = false;
	for (size_t at = 0; at + NEEDLE_LEAST <= own.size; at++) {
		size_t size = needles_find(s->anywhere, slice_part(own, at, OVERLAP)), known = intern_count(s->own);
		if (size && intern_add(s->own, slice_part(own, at, size)) == known)
			any = true;
	}
	return any;
}

static void add_needles(struct searching *s)
{
	needles_free(s->anywhere);
	s->anywhere = needles_new();
	for (size_t i = 0; i < pseudonyms_words(s->hidden); i++) {
		struct slice word = pseudonyms_word_at(s->hidden, i);
		if (is_searched(s, word))
			needles_add(s->anywhere, word);
	}
	for (size_t i = 0; i < pseudonyms_wholes(s->hidden); i++) {
		struct slice whole = pseudonyms_whole_at(s->hidden, i);
		if (has_letter(whole) && intern_find(s->own, whole) == INTERN_NONE)
			needles_add(s->anywhere, whole);
	}
	needles_sort(s->anywhere);
}

static void add_words(struct searching *s, struct slice program)
{
	AUTO_TEXT struct text lower = text_make(program.size);
	struct slice own = common_lower(&lower, program);
	add_own_words(s, own);
	add_needles(s);
	while (drop_own(s, own))
		add_needles(s);
	for (size_t i = 0; i < pseudonyms_words(s->hidden); i++) {
		struct slice word = pseudonyms_word_at(s->hidden, i);
		bool searched = is_searched(s, word);
		s->to->searched += searched;
		s->to->unsearched += !searched;
		if (searched && word.size < NEEDLE_LEAST)
			(void)intern_add(s->words, word);
	}
}

static unsigned zeros_in(struct slice bytes)
{
	unsigned n = 0;
	for (size_t i = 0; i < bytes.size; i++)
		n += bytes.at[i] == 0;
	return n;
}

static enum status add_addresses(struct searching *s, struct error *err)
{
	for (size_t i = 0; i < pseudonyms_addresses(s->hidden); i++) {
		struct address a, made;
		pseudonyms_address_at(s->hidden, i, &a, &made);
		bool ambiguous = pseudonyms_gave_address(s->hidden, &a);
		s->to->searched += !ambiguous;
		s->to->unsearched += ambiguous;
		if (a.family != ADDRESS_V6 || ambiguous || zeros_in(slice_of(a.bytes, 16)) >= 12)
			continue;
		unsigned char *bytes = arena_alloc(s->to->arena, sizeof a.bytes); /* as long as the needles */
		if (!bytes)
			return fail(err, ERR_LIMIT, "more addresses than can be searched for");
		memcpy(bytes, a.bytes, sizeof a.bytes);
		needles_add(s->binary, slice_of(bytes, sizeof a.bytes));
	}
	for (size_t i = 0; i < pseudonyms_macs(s->hidden); i++) {
		unsigned char padded[NEEDLE_LEAST] = {0};
		struct slice mac = pseudonyms_mac_at(s->hidden, i);
		memcpy(padded, mac.at, mac.size);
		if (zeros_in(mac) < 3)
			needles_add_short(s->binary, slice_of(padded, mac.size));
	}
	return OK;
}

static void note_at(struct leftovers *l, const char *path, uint64_t at, const char *form, struct slice what)
{
	l->all++;
	if (l->count == LEFTOVER_MAX)
		return;
	AUTO_TEXT struct text text = text_make(LEFTOVER_TEXT_MAX - 1);
	struct leftover *found = &l->found[l->count++];
	*found = (struct leftover){.path = path, .at = at};
	text_add_string(&text, form);
	text_add_printable(&text, what, LEFTOVER_TEXT_MAX / 5);
	slice_to_string(text_slice(&text), found->what, sizeof found->what);
}

static void note(struct searching *s, uint64_t at, const char *form, struct slice what)
{
	note_at(s->to, s->path, at, form, what);
}

static void note_binary(struct searching *s, uint64_t at, struct slice what)
{
	AUTO_TEXT struct text hex = text_make(64);
	text_add_hex(&hex, what.at, what.size);
	note(s, at, "in binary: ", text_slice(&hex));
}

static uint64_t place(const struct searching *s, uint64_t base, bool squeezed, size_t at)
{
	return base + (squeezed ? s->places[at] : at);
}

/* Does an address begin here that was hidden? Its size; a number behind it may be a port. */
static size_t hidden_address(const struct searching *s, const unsigned char *text, size_t size, size_t at)
{
	struct address a;
	size_t end = mask_address_end(text, size, at, &a), colon = end;
	while (colon > at && text[colon - 1] != ':')
		colon--;
	for (int i = 0; i < 2 && end; i++) {
		if (pseudonyms_hid_address(s->hidden, &a) && !pseudonyms_gave_address(s->hidden, &a))
			return end - at;
		end = colon > at && address_parse(slice_of(text + at, colon - 1 - at), &a) ? colon - 1 : 0;
	}
	return 0;
}

/* 8-4-4-4-12 hexadecimal digits (RFC 9562, section 4). */
static bool is_uuid(const unsigned char *text)
{
	for (size_t i = 0; i < UUID_SIZE; i++) {
		bool dash = i == 8 || i == 13 || i == 18 || i == 23;
		bool digit = (text[i] >= '0' && text[i] <= '9') || (text[i] >= 'a' && text[i] <= 'f');
		if (dash ? text[i] != '-' : !digit)
			return false;
	}
	return true;
}

/* One of the groups of four in a UUID: such words come by chance. Of one that was hidden the
 * longer groups are searched for, too. */
static bool is_of_uuid(const unsigned char *text, size_t size, size_t at, size_t end)
{
	static const size_t groups[] = {9, 14, 19};
	for (size_t i = 0; i < LENGTH(groups) && end - at == 4; i++)
		if (at >= groups[i] && size - (at - groups[i]) >= UUID_SIZE && is_uuid(text + at - groups[i]))
			return true;
	return false;
}

/* Words, and what looks like an address. `size` bytes of which needles may begin in the
 * first `count`. */
static void search_text(struct searching *s, const unsigned char *text, size_t size, size_t count, uint64_t base, bool squeezed)
{
	const char *form = squeezed ? "in UTF-16: " : "";
	for (size_t at = 0; at < count; at++) {
		size_t needle = needles_find(s->anywhere, slice_of(text + at, size - at));
		if (needle)
			note(s, place(s, base, squeezed, at), form, slice_of(text + at, needle));
		if (!pseudonym_is_part(text[at]) && text[at] != ':')
			continue;
		if (at > 0 && pseudonym_is_part(text[at - 1]))
			continue;
		size_t address = hidden_address(s, text, size, at), end;
		if (address)
			note(s, place(s, base, squeezed, at), form, slice_of(text + at, address));
		for (end = at; end < size && pseudonym_is_part(text[end]);)
			end++;
		if (end > at && !s->packed && intern_find(s->words, slice_of(text + at, end - at)) != INTERN_NONE &&
		    !is_of_uuid(text, size, at, end))
			note(s, place(s, base, squeezed, at), form, slice_of(text + at, end - at));
	}
}

/* The length bytes of DNS are points between its labels. */
static unsigned char plain(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return (unsigned char)(c - 'A' + 'a');
	return c && c < ' ' ? '.' : c;
}

/* Both forms of a piece, of which the first `count` bytes are not in the next one too. */
static void search_piece(struct searching *s, struct slice piece, size_t count, uint64_t base)
{
	size_t squeezed = 0, begins = 0;
	for (size_t i = 0; i < piece.size; i++) {
		s->text[i] = plain(piece.at[i]);
		if (i == count)
			begins = squeezed;
		if (!piece.at[i])
			continue;
		s->places[squeezed] = i;
		s->squeezed[squeezed++] = s->text[i];
	}
	begins = count < piece.size ? begins : squeezed;
	search_text(s, s->text, piece.size, count, base, false);
	if (squeezed < piece.size)
		search_text(s, s->squeezed, squeezed, begins, base, true);
	for (size_t at = 0; at < count; at++) {
		size_t size = needles_find(s->binary, slice_part(piece, at, piece.size));
		if (size)
			note_binary(s, base + at, slice_part(piece, at, size));
	}
}

/* In these a few letters stand together by chance. */
static bool is_packed(struct slice path)
{
	static const char *const ends[] = {".pdf", ".xlsx", ".pcapng", ".p7s", ".sig", ".pem", ".dsse.json", "allowed_signers"};
	for (size_t i = 0; i < LENGTH(ends); i++)
		if (slice_ends(path, ends[i]))
			return true;
	return false;
}

static void search_file(struct searching *s, struct slice whole)
{
	s->packed = is_packed(slice_of_string(s->path));
	for (size_t at = 0; at < whole.size; at += CHUNK) {
		struct slice piece = slice_part(whole, at, CHUNK + OVERLAP);
		search_piece(s, piece, piece.size < CHUNK ? piece.size : CHUNK, at);
	}
	s->to->files++;
	s->to->bytes += whole.size;
}

static enum status search_folder(struct searching *s, int folder, struct error *err)
{
	struct file_entry *entries;
	size_t count = 0;
	enum status status = file_list(folder, s->to->arena, &entries, &count, err);
	for (size_t i = 0; i < count && !status; i++) {
		struct slice whole = {0};
		s->path = entries[i].path;
		status = file_map(folder, s->path, &whole, err);
		if (!status)
			search_file(s, whole);
		file_unmap(&whole);
	}
	return status;
}

enum status leftover_search(const struct pseudonyms *hidden, struct slice own, int folder, struct leftovers *ret,
			    struct error *err)
{
	*ret = (struct leftovers){.arena = arena_new(ARENA_MAX)};
	struct searching s = {
		.hidden = hidden,
		.binary = needles_new(),
		.words = intern_new(ARENA_MAX),
		.own = intern_new(ARENA_MAX),
		.to = ret,
		.text = must_alloc(CHUNK + OVERLAP, 1),
		.squeezed = must_alloc(CHUNK + OVERLAP, 1),
		.places = must_alloc(CHUNK + OVERLAP, sizeof *s.places),
	};
	add_words(&s, own);
	enum status status = add_addresses(&s, err);
	needles_sort(s.binary);
	if (!status)
		status = search_folder(&s, folder, err);
	needles_free(s.anywhere);
	needles_free(s.binary);
	intern_free(s.words);
	intern_free(s.own);
	free(s.text);
	free(s.squeezed);
	free(s.places);
	return status;
}

void leftover_compare(const struct pseudonyms *hidden, const struct pseudonyms *seen, struct leftovers *to)
{
	static const char raw[] = "(its raw files, read again)";
	for (size_t i = 0; i < pseudonyms_words(seen); i++) {
		struct slice word = pseudonyms_word_at(seen, i);
		if (pseudonyms_hid_word(hidden, word) && !pseudonyms_gave_word(hidden, word))
			note_at(to, raw, 0, "", word);
	}
	for (size_t i = 0; i < pseudonyms_addresses(seen); i++) {
		struct address a, ignored;
		char text[ADDRESS_TEXT_MAX];
		pseudonyms_address_at(seen, i, &a, &ignored);
		address_text(&a, text);
		if (pseudonyms_hid_address(hidden, &a) && !pseudonyms_gave_address(hidden, &a))
			note_at(to, raw, 0, "", slice_of_string(text));
	}
}

void leftovers_free(struct leftovers *l)
{
	if (l)
		arena_free(l->arena);
}

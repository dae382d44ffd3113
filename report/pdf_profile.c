/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Header of 128 bytes (6.1), a table of tags (6.2), and their data: the colorants of sRGB
 * adapted to D50, as s15Fixed16 (5.3.10), and a curve of gamma 2.2.
 */
#include "report/pdf_profile.h"

enum { HEAD = 128, TAGS = 9, TAG_ENTRY = 12, XYZ_SIZE = 20, CURVE_SIZE = 16, TEXT_SIZE = 40, DESC_SIZE = 100 };

static void add_u32(struct text *out, uint32_t value)
{
	for (int shift = 24; shift >= 0; shift -= 8)
		text_add_char(out, (char)(value >> shift & 0xff));
}

static void add_zeros(struct text *out, size_t count)
{
	while (count--)
		text_add_char(out, 0);
}

static void add_xyz(struct text *out, uint32_t x, uint32_t y, uint32_t z)
{
	text_add_string(out, "XYZ ");
	add_u32(out, 0);
	add_u32(out, x);
	add_u32(out, y);
	add_u32(out, z);
}

static void add_head(struct text *out, uint32_t size)
{
	add_u32(out, size);
	add_u32(out, 0);
	add_u32(out, 0x02100000); /* version 2.1 */
	text_add_string(out, "mntrRGB XYZ ");
	text_add(out, SLICE("\x07\xea\0\1\0\1\0\0\0\0\0\0")); /* 2026-01-01 */
	text_add_string(out, "acsp");
	add_zeros(out, 28);
	add_u32(out, 0xf6d6); /* D50 */
	add_u32(out, 0x10000);
	add_u32(out, 0xd32d);
	add_zeros(out, HEAD - 80);
}

static void add_tags(struct text *out)
{
	static const struct {
		const char *name;
		uint32_t size;
		bool shared; /* lies where the one before it lies */
	} tags[TAGS] = {{"desc", DESC_SIZE, false}, {"cprt", TEXT_SIZE, false}, {"wtpt", XYZ_SIZE, false},
			{"rXYZ", XYZ_SIZE, false},  {"gXYZ", XYZ_SIZE, false},  {"bXYZ", XYZ_SIZE, false},
			{"rTRC", CURVE_SIZE, false}, {"gTRC", CURVE_SIZE, true}, {"bTRC", CURVE_SIZE, true}};
	uint32_t at = HEAD + 4 + TAGS * TAG_ENTRY, next = at;
	add_u32(out, TAGS);
	for (size_t i = 0; i < TAGS; i++) {
		at = tags[i].shared ? at : next;
		text_add_string(out, tags[i].name);
		add_u32(out, at);
		add_u32(out, tags[i].size);
		next = at + tags[i].size;
	}
}

/* "desc" (6.5.17): ASCII, then an empty Unicode and an empty Macintosh name. */
static void add_description(struct text *out)
{
	static const char name[] = "sRGB";
	size_t start = out->size;
	text_add_string(out, "desc");
	add_u32(out, 0);
	add_u32(out, sizeof name);
	text_add(out, slice_of(name, sizeof name));
	add_zeros(out, DESC_SIZE - (out->size - start));
}

static void add_copyright(struct text *out)
{
	static const char words[] = "no copyright is claimed";
	size_t start = out->size;
	text_add_string(out, "text");
	add_u32(out, 0);
	text_add(out, slice_of(words, sizeof words));
	add_zeros(out, TEXT_SIZE - (out->size - start));
}

void pdf_profile_add(struct text *out)
{
	add_head(out, HEAD + 4 + TAGS * TAG_ENTRY + DESC_SIZE + TEXT_SIZE + 4 * XYZ_SIZE + CURVE_SIZE);
	add_tags(out);
	add_description(out);
	add_copyright(out);
	add_xyz(out, 0xf6d6, 0x10000, 0xd32d);
	add_xyz(out, 0x6fa2, 0x38f5, 0x0390);
	add_xyz(out, 0x6299, 0xb785, 0x18da);
	add_xyz(out, 0x24a0, 0x0f84, 0xb6cf);
	text_add_string(out, "curv");
	add_u32(out, 0);
	add_u32(out, 1);
	text_add(out, SLICE("\x02\x33\0\0")); /* 2.2 as u8Fixed8, and to a multiple of four */
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "core/idn.h"

#include "core/punycode.h"

static const char prefix[] = "xn--"; /* RFC 3490, 5 */

enum { PREFIX = sizeof prefix - 1 };

struct range {
	uint32_t from, to;
};

/* They are sorted. */
static bool is_in(const struct range *ranges, size_t count, uint32_t code)
{
	size_t low = 0, high = count;
	while (low < high) {
		size_t at = low + (high - low) / 2;
		if (code >= ranges[at].from && code <= ranges[at].to)
			return true;
		if (code < ranges[at].from)
			high = at;
		else
			low = at + 1;
	}
	return false;
}

/* By script, without the punctuation between their letters. */
bool idn_is_letter(uint32_t code)
{
	static const struct range letters[] = {
		{0xc0, 0xd6},	    {0xd8, 0xf6},	{0xf8, 0x2af},	    {0x300, 0x373},	{0x376, 0x37d},
		{0x386, 0x386},	    {0x388, 0x481},	{0x483, 0x556},	    {0x560, 0x588},	{0x591, 0x5bd},
		{0x5bf, 0x5bf},	    {0x5d0, 0x5f2},	{0x620, 0x669},	    {0x66e, 0x6d3},	{0x6d5, 0x6dc},
		{0x6df, 0x6ff},	    {0x900, 0x963},	{0x966, 0x96f},	    {0x971, 0xdff},	{0xe01, 0xe4e},
		{0xe50, 0xe59},	    {0xe81, 0xedf},	{0xf20, 0xf39},	    {0xf40, 0xf84},	{0x1000, 0x1049},
		{0x1050, 0x10fa},   {0x10fc, 0x135f},	{0x1380, 0x13fd},   {0x1780, 0x17d3},	{0x17e0, 0x17e9},
		{0x1810, 0x18aa},   {0x1c90, 0x1cbf},	{0x1e00, 0x1fbc},   {0x1fc2, 0x1fcc},	{0x1fd0, 0x1fdb},
		{0x1fe0, 0x1fec},   {0x1ff2, 0x1ffc},	{0x2600, 0x27bf},   {0x2c60, 0x2c7f},	{0x2d00, 0x2d6f},
		{0x3005, 0x3007},   {0x3041, 0x309a},	{0x309d, 0x309f},   {0x30a1, 0x30fa},	{0x30fc, 0x312f},
		{0x3131, 0x318e},   {0x31a0, 0x31bf},	{0x31f0, 0x31ff},   {0x3400, 0x4dbf},	{0x4e00, 0xa48c},
		{0xa640, 0xa672},   {0xa720, 0xa7ff},	{0xac00, 0xd7a3},   {0xf900, 0xfaff},	{0xff10, 0xff19},
		{0xff21, 0xff3a},   {0xff41, 0xff5a},	{0xff66, 0xff9f},   {0x1f300, 0x1faff}, {0x20000, 0x323af},
	};
	return is_in(letters, LENGTH(letters), code);
}

bool idn_runs_on(uint32_t code)
{
	static const struct range scripts[] = {
		{0xe00, 0xeff}, {0x1000, 0x109f}, {0x1780, 0x17ff}, {0x2600, 0x27bf}, {0x2e80, 0x10ffff},
	};
	return is_in(scripts, LENGTH(scripts), code);
}

/* Large letters a fixed distance before their small ones. */
static uint32_t fold_far(uint32_t code)
{
	static const struct {
		uint32_t from, to, distance;
	} runs[] = {
		{0xc0, 0xd6, 0x20},   {0xd8, 0xde, 0x20},   {0x386, 0x386, 38},	  {0x388, 0x38a, 37},	{0x38c, 0x38c, 64},
		{0x38e, 0x38f, 63},   {0x391, 0x3ab, 0x20}, {0x400, 0x40f, 0x50}, {0x410, 0x42f, 0x20}, {0x531, 0x556, 0x30},
	};
	for (size_t i = 0; i < LENGTH(runs); i++)
		if (code >= runs[i].from && code <= runs[i].to)
			return code + runs[i].distance;
	return code;
}

/* Large and small by turns; `from` is a large one. */
static uint32_t fold_near(uint32_t code)
{
	static const struct range pairs[] = {
		{0x100, 0x12f},	{0x132, 0x137}, {0x139, 0x148}, {0x14a, 0x177}, {0x179, 0x17e}, {0x1cd, 0x1dc},
		{0x1de, 0x1ef},	{0x1f8, 0x21f}, {0x222, 0x233}, {0x460, 0x481}, {0x48a, 0x4bf}, {0x4c1, 0x4ce},
		{0x4d0, 0x52f},	{0x1e00, 0x1e95}, {0x1ea0, 0x1eff},
	};
	for (size_t i = 0; i < LENGTH(pairs); i++)
		if (code >= pairs[i].from && code <= pairs[i].to)
			return code + ((code - pairs[i].from) % 2 == 0);
	return code;
}

uint32_t idn_fold(uint32_t code)
{
	if (code < 0x80)
		return code >= 'A' && code <= 'Z' ? code + 0x20 : code;
	if (code == 0x3002 || code == 0xff0e || code == 0xff61)
		return '.';
	if (code >= 0xff01 && code <= 0xff5e)
		return idn_fold(code - (0xff01 - '!'));
	if (code == 0x178)
		return 0xff;
	uint32_t far = fold_far(code);
	return far != code ? far : fold_near(code);
}

struct label {
	uint32_t codes[PUNYCODE_MAX];
	size_t count;
	bool wide; /* has a code point outside ASCII */
};

static bool add_label(const struct label *l, char *ret, size_t *size)
{
	char text[PUNYCODE_MAX + 1];
	size_t lead = l->wide ? PREFIX : 0, length = l->count;
	if (l->count == 0)
		return false;
	for (size_t i = 0; i < l->count && !l->wide; i++)
		text[i] = (char)l->codes[i];
	if (l->wide) {
		if (!punycode_encode(l->codes, l->count, text))
			return false;
		length = strlen(text);
	}
	if (lead + length > PUNYCODE_MAX || *size + lead + length > IDN_NAME_MAX)
		return false;
	memcpy(ret + *size, prefix, lead);
	memcpy(ret + *size + lead, text, length);
	*size += lead + length;
	return true;
}

bool idn_is_below(struct slice name, struct slice suffix)
{
	size_t lead = name.size - suffix.size;
	return suffix.size <= name.size && slice_equal(slice_part(name, lead, suffix.size), suffix) &&
	       (lead == 0 || name.at[lead - 1] == '.');
}

bool idn_to_ascii(struct slice name, char ret[static IDN_NAME_MAX + 1])
{
	struct cursor c = cursor_over(name);
	struct label label = {.count = 0};
	size_t size = 0;
	while (cursor_left(&c) > 0) {
		uint32_t code;
		size_t step = text_utf8(cursor_rest(&c), &code);
		if (step == 0 || code == 0)
			return false;
		cursor_skip(&c, step);
		code = idn_fold(code);
		if (code == '.') {
			if (!add_label(&label, ret, &size) || size == IDN_NAME_MAX)
				return false;
			ret[size++] = '.';
			label = (struct label){.count = 0};
			continue;
		}
		if (label.count == PUNYCODE_MAX)
			return false;
		label.codes[label.count++] = code;
		label.wide = label.wide || code >= 0x80;
	}
	if (!add_label(&label, ret, &size))
		return false;
	ret[size] = 0;
	return true;
}

/* One label; false where it has to stay as it is. */
static bool decode_label(struct slice text, struct text *ret)
{
	struct label l = {.count = 0};
	char again[PUNYCODE_MAX + 1];
	if (!slice_starts(text, prefix))
		return false;
	text = slice_part(text, PREFIX, text.size);
	if (!punycode_decode(text, l.codes, &l.count) || !punycode_encode(l.codes, l.count, again) ||
	    !slice_is(text, again))
		return false;
	for (size_t i = 0; i < l.count; i++) {
		if (l.codes[i] >= 0x80 && !idn_is_letter(l.codes[i]))
			return false;
		l.wide = l.wide || l.codes[i] >= 0x80;
	}
	for (size_t i = 0; i < l.count && l.wide; i++) {
		unsigned char bytes[4];
		text_add(ret, slice_of(bytes, text_put_utf8(l.codes[i], bytes)));
	}
	return l.wide;
}

bool idn_to_unicode(struct slice name, struct text *ret)
{
	struct cursor c = cursor_over(name);
	AUTO_TEXT struct text out = text_make(4 * IDN_NAME_MAX);
	struct slice label;
	bool any = false, more = true;
	while (more) {
		more = cursor_until(&c, '.', IDN_NAME_MAX, &label);
		if (!more)
			label = cursor_rest(&c);
		bool decoded = decode_label(label, &out);
		any = any || decoded;
		if (!decoded)
			text_add(&out, label);
		if (more)
			text_add_char(&out, '.');
	}
	if (any)
		text_add(ret, text_slice(&out));
	return any;
}

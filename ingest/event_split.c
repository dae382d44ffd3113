/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where elements begin and end, byte by byte: tags with quoted values, comments, CDATA and
 * processing instructions may hold what looks like the end of an event (XML 1.0, 2.4 to
 * 2.7, 3.1). What an event holds is read by xml.c.
 */
#include "ingest/event_split.h"

#include "core/text.h"

enum { UTF16_UNIT = 2, HIGH = 0xd800, LOW = 0xdc00, SURROGATES_END = 0xe000, REPLACEMENT = 0xfffd, BEYOND = 0x10000 };

enum step { STEP_ON, STEP_EVENT /* an event ended with this byte */, STEP_BEFORE /* what came ends before it */ };

static bool is_space(unsigned char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* Between events; the Event Viewer's copies have a '-' in front of what can be folded. */
static bool is_between(unsigned char byte)
{
	return is_space(byte) || byte == '-';
}

static void keep(struct event_split *s, unsigned char byte)
{
	if (s->used == sizeof s->bytes)
		s->too_long = true;
	else
		s->bytes[s->used++] = byte;
}

static void clear(struct event_split *s)
{
	s->used = 0;
	s->too_long = false;
}

static void enter(struct event_split *s, enum event_split_state state)
{
	s->state = state;
	s->quote = s->last[0] = s->last[1] = 0;
	s->name_size = 0;
	s->named = false;
}

static bool is_event(const struct event_split *s)
{
	struct slice name = slice_of(s->name, s->name_size);
	size_t colon = slice_find(name, ':');
	return slice_is(colon < name.size ? slice_part(name, colon + 1, name.size) : name, "Event");
}

static void add_name(struct event_split *s, unsigned char byte)
{
	s->named |= is_space(byte) || byte == '/' || byte == '>';
	if (!s->named && s->name_size < sizeof s->name)
		s->name[s->name_size++] = byte;
}

/* A tag ended. */
static enum step end_tag(struct event_split *s, bool start, bool empty)
{
	bool of_event = s->depth > 0 || (start && is_event(s));
	if (start && of_event)
		s->depth++;
	if (of_event && (empty || !start))
		s->depth--;
	enter(s, SPLIT_TEXT);
	if (!of_event)
		clear(s);
	return of_event && s->depth == 0 ? STEP_EVENT : STEP_ON;
}

static enum step in_tag(struct event_split *s, unsigned char byte)
{
	bool start = s->state == SPLIT_START;
	add_name(s, byte);
	if (s->quote) {
		s->quote = byte == s->quote ? 0 : s->quote;
	} else if (start && (byte == '"' || byte == '\'')) {
		s->quote = byte;
	} else if (byte == '>') {
		return end_tag(s, start, start && s->last[1] == '/');
	}
	s->last[1] = byte;
	return STEP_ON;
}

/* Behind "<!": a comment, CDATA, or what is refused. */
static enum step in_bang(struct event_split *s, unsigned char byte)
{
	s->name[s->name_size++] = byte;
	struct slice got = slice_of(s->name, s->name_size), cdata = SLICE("[CDATA[");
	if (slice_is(got, "--"))
		enter(s, SPLIT_COMMENT);
	else if (slice_equal(got, cdata))
		enter(s, SPLIT_CDATA);
	else if (!slice_is(got, "-") && !slice_equal(got, slice_part(cdata, 0, got.size)))
		enter(s, SPLIT_REFUSED);
	return s->state == SPLIT_REFUSED ? STEP_EVENT : STEP_ON;
}

/* Up to the two bytes in front of '>' that end it; of "?>" one. */
static enum step in_passage(struct event_split *s, unsigned char byte)
{
	unsigned char mark = s->state == SPLIT_COMMENT ? '-' : s->state == SPLIT_CDATA ? ']' : '?';
	bool ends = byte == '>' && s->last[1] == mark && (mark == '?' || s->last[0] == mark);
	s->last[0] = s->last[1];
	s->last[1] = byte;
	if (ends) {
		bool text = s->state == SPLIT_CDATA;
		enter(s, SPLIT_TEXT);
		if (s->depth == 0 && !text)
			clear(s);
	}
	return STEP_ON;
}

static enum step in_text(struct event_split *s, unsigned char byte)
{
	if (s->depth == 0 && byte == '<' && s->used > 0)
		return STEP_BEFORE;
	if (byte == '<')
		enter(s, SPLIT_OPEN);
	if (s->depth > 0 || byte == '<' || s->used > 0 || !is_between(byte))
		keep(s, byte);
	return STEP_ON;
}

static enum step take_byte(struct event_split *s, unsigned char byte)
{
	if (s->state == SPLIT_TEXT)
		return in_text(s, byte);
	keep(s, byte);
	switch (s->state) {
	case SPLIT_OPEN:
		enter(s, byte == '!' ? SPLIT_BANG : byte == '?' ? SPLIT_INSTRUCTION : byte == '/' ? SPLIT_END_TAG : SPLIT_START);
		return s->state == SPLIT_START ? in_tag(s, byte) : STEP_ON;
	case SPLIT_BANG:
		return in_bang(s, byte);
	case SPLIT_START:
	case SPLIT_END_TAG:
		return in_tag(s, byte);
	case SPLIT_COMMENT:
	case SPLIT_CDATA:
	case SPLIT_INSTRUCTION:
		return in_passage(s, byte);
	case SPLIT_TEXT:
	case SPLIT_REFUSED:
		break;
	}
	return STEP_ON;
}

/* RFC 2781, 2.2. What is left of a pair at the end becomes U+FFFD. */
static uint32_t next_character(struct cursor *c, bool little)
{
	uint32_t unit = little ? cursor_le16(c) : cursor_be16(c), low;
	if (unit < HIGH || unit >= SURROGATES_END)
		return unit;
	struct cursor ahead = *c;
	low = little ? cursor_le16(&ahead) : cursor_be16(&ahead);
	if (unit >= LOW || low < LOW || low >= SURROGATES_END || ahead.short_read)
		return REPLACEMENT;
	*c = ahead;
	return BEYOND + ((unit - HIGH) << 10) + (low - LOW);
}

/* One character as UTF-8 (or a byte of what is no UTF-16); how many bytes. */
static size_t take_character(const struct event_split *s, struct cursor *c, unsigned char ret[static 4])
{
	if (s->coding == LINES_BYTES) {
		ret[0] = cursor_u8(c);
		return 1;
	}
	if (cursor_left(c) < UTF16_UNIT) {
		cursor_skip(c, cursor_left(c));
		return text_put_utf8(REPLACEMENT, ret);
	}
	return text_put_utf8(next_character(c, s->coding == LINES_UTF16_LE), ret);
}

/* Goes over what is held, and takes from it what belongs to the event. */
static enum step take_some(struct event_split *s, struct input *in, struct slice held)
{
	struct cursor c = cursor_over(held);
	enum step step = STEP_ON;
	size_t taken = 0;
	/* not into the middle of a pair, where more may come */
	while (step == STEP_ON && (cursor_left(&c) >= 2 * UTF16_UNIT || (held.size < INPUT_SNIFF && cursor_left(&c) > 0))) {
		unsigned char bytes[4];
		size_t size = take_character(s, &c, bytes);
		for (size_t i = 0; i < size && step == STEP_ON; i++)
			step = take_byte(s, bytes[i]);
		if (step != STEP_BEFORE)
			taken = held.size - cursor_left(&c);
	}
	input_take(in, taken);
	return step;
}

enum line event_split_next(struct event_split *s, struct input *in, struct slice *ret)
{
	enum step step = STEP_ON;
	size_t mark = 0;
	bool refused = s->state == SPLIT_REFUSED;
	clear(s);
	if (!s->begun) {
		s->begun = true;
		s->coding = lines_coding(input_peek(in), &mark);
		input_take(in, mark);
	}
	while (step == STEP_ON && !refused) {
		struct slice held = input_peek(in);
		if (held.size == 0)
			break;
		step = take_some(s, in, held);
	}
	*ret = slice_of(s->bytes, s->too_long ? 0 : s->used);
	if (refused || (step == STEP_ON && s->used == 0))
		return LINE_END;
	return s->too_long ? LINE_TOO_LONG : step == STEP_ON ? LINE_CUT : LINE_WHOLE;
}

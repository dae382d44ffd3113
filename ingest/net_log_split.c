/* SPDX-License-Identifier: Apache-2.0 */
/*
 *   {"constants":{…},
 *   "events": [
 *   {…},
 *   {…}],
 *   "polledData": {…}
 *   }
 *
 * Chromium writes an event a line, but others may have laid it out anew. No string of JSON
 * holds a line feed (RFC 8259, section 7): one that does ends there, so that one broken
 * event does not take those behind it with it; nor does one that grows without an end.
 */
#include "ingest/net_log_split.h"

enum { DOCUMENT = 1, EVENTS };

enum step { STEP_ON, STEP_PART /* ended with this byte, or in front of it */ };

static bool is_space(unsigned char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void keep(struct net_log_split *s, unsigned char byte)
{
	if (s->part == NET_LOG_END)
		return;
	if (s->used == sizeof s->bytes)
		s->too_long = true;
	else
		s->bytes[s->used++] = byte;
}

static bool key_is(const struct net_log_split *s, const char *name)
{
	return slice_is(slice_of(s->key, s->key_size), name);
}

static enum step in_string(struct net_log_split *s, unsigned char byte)
{
	keep(s, byte);
	if (byte == '\n' && s->in_events) {
		s->in_string = s->escaped = false;
		s->depth = EVENTS;
		return s->part == NET_LOG_EVENT ? STEP_PART : STEP_ON;
	}
	if (!s->escaped && byte == '"')
		s->in_string = false;
	else if (s->depth == DOCUMENT && s->key_size < sizeof s->key)
		s->key[s->key_size++] = byte;
	s->escaped = !s->escaped && byte == '\\';
	return STEP_ON;
}

static void open_bracket(struct net_log_split *s, unsigned char byte)
{
	if (s->depth == DOCUMENT && byte == '{' && key_is(s, "constants"))
		s->part = NET_LOG_CONSTANTS;
	if (s->depth == DOCUMENT && byte == '[' && key_is(s, "events"))
		s->in_events = true;
	s->depth++;
}

static enum step close_bracket(struct net_log_split *s)
{
	s->depth -= s->depth > 0;
	if (s->depth > DOCUMENT)
		return STEP_ON;
	s->in_events = false;
	return s->part != NET_LOG_END ? STEP_PART : STEP_ON;
}

static enum step take_byte(struct net_log_split *s, unsigned char byte)
{
	bool between = s->in_events && s->depth == EVENTS;
	if (s->in_string)
		return in_string(s, byte);
	if (between && s->part == NET_LOG_END && byte != ',' && byte != ']' && !is_space(byte))
		s->part = NET_LOG_EVENT;
	if (between && s->part == NET_LOG_EVENT && byte == ',')
		return STEP_PART;
	if (s->too_long && s->in_events && byte == '\n') {
		s->depth = EVENTS;
		return STEP_PART;
	}
	if (byte == '{' || byte == '[')
		open_bracket(s, byte);
	if (!(between && byte == ']'))
		keep(s, byte);
	if (byte == '"') {
		s->in_string = true;
		s->key_size = s->depth == DOCUMENT ? 0 : s->key_size;
	}
	return byte == '}' || byte == ']' ? close_bracket(s) : STEP_ON;
}

static enum step take_some(struct net_log_split *s, struct input *in, struct slice held)
{
	struct cursor c = cursor_over(held);
	enum step step = STEP_ON;
	while (step == STEP_ON && cursor_left(&c) > 0)
		step = take_byte(s, cursor_u8(&c));
	input_take(in, held.size - cursor_left(&c));
	return step;
}

enum net_log_part net_log_next(struct net_log_split *s, struct input *in, struct slice *ret, bool *ret_whole,
			       bool *ret_too_long)
{
	enum step step = STEP_ON;
	s->part = NET_LOG_END;
	s->used = 0;
	s->too_long = false;
	while (step == STEP_ON) {
		struct slice held = input_peek(in);
		if (held.size == 0)
			break;
		step = take_some(s, in, held);
	}
	*ret = slice_of(s->bytes, s->too_long ? 0 : s->used);
	*ret_whole = step == STEP_PART;
	*ret_too_long = s->too_long;
	return s->part;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * XML 1.0 (fifth edition): 2.4 character data, 2.5 comments, 2.6 processing instructions,
 * 2.7 CDATA, 3.1 tags, 4.1 and 4.6 references. What 2.8 calls a document type declaration
 * is refused, so that 4.4 (replacing of entities) has nothing to do.
 */
#include "ingest/xml.h"

#include "core/error.h"
#include "core/text.h"

enum { REFERENCE_MAX = 12 };

struct xml xml_over(struct slice text)
{
	return (struct xml){.at = cursor_over(text)};
}

static bool is_space(unsigned char byte)
{
	return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static void skip_space(struct cursor *c)
{
	struct slice rest = cursor_rest(c);
	size_t n = 0;
	while (n < rest.size && is_space(rest.at[n]))
		n++;
	cursor_skip(c, n);
}

static struct slice take_name(struct cursor *c)
{
	struct slice rest = cursor_rest(c);
	size_t n = 0;
	while (n < rest.size && n <= XML_NAME_MAX && !is_space(rest.at[n]) && !memchr("<>/='\"&", rest.at[n], 7))
		n++;
	return n <= XML_NAME_MAX ? cursor_take(c, n) : slice_of(NULL, 0);
}

static struct slice local_part(struct slice name)
{
	size_t colon = slice_find(name, ':');
	return colon + 1 < name.size ? slice_part(name, colon + 1, name.size) : name;
}

static enum xml_kind broken(struct xml_token *ret, const char *problem)
{
	ret->problem = problem;
	return XML_BROKEN;
}

/* Up to the text, and over it. */
static bool take_until(struct cursor *c, struct slice end, struct slice *ret)
{
	struct slice rest = cursor_rest(c);
	size_t at = slice_search(rest, end);
	if (at == rest.size)
		return false;
	*ret = cursor_take(c, at);
	cursor_skip(c, end.size);
	return true;
}

/* Behind "<", up to the ">" that no attribute holds. */
static bool take_tag(struct cursor *c, struct slice *ret)
{
	struct slice rest = cursor_rest(c);
	unsigned char quote = 0;
	for (size_t n = 0; n < rest.size; n++) {
		unsigned char byte = rest.at[n];
		if (quote) {
			quote = byte == quote ? 0 : quote;
		} else if (byte == '"' || byte == '\'') {
			quote = byte;
		} else if (byte == '>') {
			*ret = cursor_take(c, n);
			cursor_skip(c, 1);
			return true;
		}
	}
	return false;
}

static enum xml_kind read_start(struct xml *x, struct slice tag, struct xml_token *ret)
{
	x->ends = slice_ends(tag, "/");
	tag.size -= x->ends;
	struct cursor c = cursor_over(tag);
	struct slice name = take_name(&c);
	if (name.size == 0)
		return broken(ret, "a tag without a name");
	if (x->depth == XML_DEPTH_MAX)
		return broken(ret, "elements that are nested too deep");
	x->open[x->depth++] = name;
	ret->name = local_part(name);
	ret->attributes = cursor_rest(&c);
	return XML_START;
}

static enum xml_kind read_end(struct xml *x, struct slice tag, struct xml_token *ret)
{
	struct cursor c = cursor_over(tag);
	struct slice name = take_name(&c);
	skip_space(&c);
	if (x->depth == 0 || cursor_left(&c) > 0 || !slice_equal(name, x->open[x->depth - 1]))
		return broken(ret, "the end of an element that is not open");
	ret->name = local_part(name);
	x->depth--;
	return XML_END;
}

/* The cursor stands on a '<'. XML_NOTHING: it was passed over. */
static enum xml_kind read_markup(struct xml *x, struct xml_token *ret)
{
	struct slice rest = cursor_rest(&x->at), inner;
	if (slice_starts(rest, "<!--") || slice_starts(rest, "<?")) {
		bool comment = rest.at[1] == '!';
		cursor_skip(&x->at, comment ? 4 : 2);
		return take_until(&x->at, comment ? SLICE("-->") : SLICE("?>"), &inner)
			       ? XML_NOTHING
			       : broken(ret, "a comment without its end");
	}
	if (slice_starts(rest, "<![CDATA[")) {
		cursor_skip(&x->at, 9);
		ret->plain = true;
		return take_until(&x->at, SLICE("]]>"), &ret->text) ? XML_TEXT : broken(ret, "CDATA without its end");
	}
	if (slice_starts(rest, "<!"))
		return broken(ret, "a document type declaration, which is refused");
	cursor_skip(&x->at, 1);
	if (!take_tag(&x->at, &inner))
		return broken(ret, "a tag without its end");
	return slice_starts(inner, "/") ? read_end(x, slice_part(inner, 1, inner.size), ret) : read_start(x, inner, ret);
}

enum xml_kind xml_next(struct xml *x, struct xml_token *ret)
{
	*ret = (struct xml_token){0};
	if (x->ends) {
		x->ends = false;
		ret->name = local_part(x->open[--x->depth]);
		return XML_END;
	}
	while (cursor_left(&x->at) > 0) {
		struct slice rest = cursor_rest(&x->at);
		size_t text = slice_find(rest, '<');
		if (text > 0) {
			ret->text = cursor_take(&x->at, text);
			return XML_TEXT;
		}
		enum xml_kind kind = read_markup(x, ret);
		if (kind != XML_NOTHING)
			return kind;
	}
	return x->depth > 0 ? broken(ret, "an element without its end") : XML_NOTHING;
}

bool xml_attribute(struct cursor *attributes, struct slice *ret_name, struct slice *ret_value)
{
	skip_space(attributes);
	*ret_name = take_name(attributes);
	skip_space(attributes);
	if (ret_name->size == 0 || cursor_u8(attributes) != '=')
		return false;
	skip_space(attributes);
	unsigned char quote = cursor_u8(attributes);
	return (quote == '"' || quote == '\'') && cursor_until(attributes, quote, cursor_left(attributes), ret_value);
}

/* What stands between '&' and ';' as a character; 0: none. */
static uint32_t reference(struct slice name)
{
	static const struct {
		const char *name;
		uint32_t character;
	} five[] = {{"lt", '<'}, {"gt", '>'}, {"amp", '&'}, {"apos", '\''}, {"quot", '"'}};
	enum { LAST = 0x10ffff, SURROGATES = 0xd800, SURROGATES_END = 0xe000 };
	uint64_t number;
	for (size_t i = 0; i < LENGTH(five); i++)
		if (slice_is(name, five[i].name))
			return five[i].character;
	bool good = slice_starts(name, "#x") ? slice_hex_u64(slice_part(name, 2, name.size), LAST, &number)
					     : slice_starts(name, "#") && slice_u64(slice_part(name, 1, name.size), LAST, &number);
	return good && (number < SURROGATES || number >= SURROGATES_END) ? (uint32_t)number : 0;
}

static bool add(const void *bytes, size_t size, char *buffer, size_t capacity, size_t *used)
{
	if (size > capacity - *used)
		return false;
	if (size)
		memcpy(buffer + *used, bytes, size);
	*used += size;
	return true;
}

bool xml_text(struct slice text, bool plain, char *buffer, size_t capacity, size_t *used)
{
	struct cursor c = cursor_over(text);
	while (cursor_left(&c) > 0) {
		struct slice rest = cursor_rest(&c), name;
		struct slice run = cursor_take(&c, plain ? rest.size : slice_find(rest, '&'));
		unsigned char bytes[4];
		if (!add(run.at, run.size, buffer, capacity, used))
			return false;
		if (cursor_left(&c) == 0)
			break;
		cursor_skip(&c, 1);
		uint32_t character = cursor_until(&c, ';', REFERENCE_MAX, &name) ? reference(name) : 0;
		if (!character || !add(bytes, text_put_utf8(character, bytes), buffer, capacity, used))
			return false;
	}
	return true;
}

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_XML_H
#define INGEST_XML_H

/*
 * As much of XML 1.0 as logs are written in: elements, attributes, text, CDATA. Comments
 * and processing instructions are passed over. There are no document types and no
 * entities but the five and numbers: nothing that is read can grow.
 */

#include "core/cursor.h"

enum {
	XML_DEPTH_MAX = 16, /* elements within elements */
	XML_NAME_MAX = 128,
};

enum xml_kind { XML_START, XML_TEXT, XML_END, XML_NOTHING /* the end of the bytes */, XML_BROKEN };

struct xml_token {
	struct slice name;       /* of an element, without what stands in front of a ':' */
	struct slice attributes; /* of a start, for xml_attribute() */
	struct slice text;       /* as it stands, for xml_text() */
	bool plain;              /* the text is CDATA, and holds no references */
	const char *problem;     /* why it is XML_BROKEN (a constant) */
};

struct xml {
	struct cursor at;
	struct slice open[XML_DEPTH_MAX];
	unsigned depth; /* of the element that is open; of an end: before it */
	bool ends;      /* the start that was told last is its own end: <a/> */
};

struct xml xml_over(struct slice text);

/* The next token. Of <a/> a start and an end. Ends that do not belong to what is open are
 * XML_BROKEN, as is text that ends within an element. */
enum xml_kind xml_next(struct xml *x, struct xml_token *ret);

/* Steps through the attributes of a start; false at their end, or where one is no
 * name="value". */
bool xml_attribute(struct cursor *attributes, struct slice *ret_name, struct slice *ret_value);

/* Adds text with its references resolved behind `*used` bytes of the buffer. False where
 * one is neither of the five nor a number of a character, or the buffer is too small. */
bool xml_text(struct slice text, bool plain, char *buffer, size_t capacity, size_t *used);

#endif

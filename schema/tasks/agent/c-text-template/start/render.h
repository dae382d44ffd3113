#ifndef RENDER_H
#define RENDER_H

#include "values.h"

enum render_result {
	RENDER_OK,
	RENDER_UNKNOWN, /* a value that is not there, and no default for it */
	RENDER_OPEN,    /* a "{" without its "}" */
	RENDER_LONG,    /* the text does not fit in the buffer with its NUL */
};

/*
 * Writes `template` to `buf`, with replacements:
 *   {name}        the value; blanks (spaces) around the name do not count
 *   {name|text}   the value, or the text (up to the "}", blanks included) if it is not there or empty
 *   {{ and }}     one { or }
 * A single "}" is a character like others. Values are not looked at for replacements themselves.
 * The first thing wrong, from the left, is returned. With size > 0, the buffer always holds a terminated text: what was written
 * before the replacement that is wrong, or with RENDER_LONG as much as fits.
 */
enum render_result render(const char *template, const struct values *v, char *buf, size_t size);

#endif

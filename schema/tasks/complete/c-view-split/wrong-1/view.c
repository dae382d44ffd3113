#include "view.h"

#include <string.h>

static bool blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct view view_trim(struct view v)
{
	while (v.n && blank(v.at[0])) {
		v.at++;
		v.n--;
	}
	while (v.n && blank(v.at[v.n - 1]))
		v.n--;
	return v;
}

bool view_next(struct view *rest, char separator, struct view *ret)
{
	const char *found;
	size_t length;

	if (!rest->at)
		return false;
	found = strchr(rest->at, separator);
	if (!found) {
		*ret = *rest;
		*rest = (struct view){ NULL, 0 };
		return true;
	}
	length = (size_t)(found - rest->at);
	*ret = (struct view){ rest->at, length };
	*rest = (struct view){ found + 1, rest->n - length - 1 };
	return true;
}

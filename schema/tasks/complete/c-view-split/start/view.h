#ifndef VIEW_H
#define VIEW_H

#include <stdbool.h>
#include <stddef.h>

struct view {
	const char *at;
	size_t n;
};

struct view view_trim(struct view v);
bool view_next(struct view *rest, char separator, struct view *ret);

#endif

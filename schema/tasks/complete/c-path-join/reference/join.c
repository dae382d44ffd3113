#include "join.h"

#include <string.h>

bool path_join(char *buf, size_t size, const char *dir, const char *name)
{
	size_t first = strlen(dir), second = strlen(name);
	bool slash = false;

	if (!first || name[0] == '/') {
		first = 0;
	} else if (second) {
		while (first && dir[first - 1] == '/')
			first--;
		slash = true;
	}
	if (first + slash + second + 1 > size)
		return false;
	memmove(buf, dir, first);
	if (slash)
		buf[first++] = '/';
	memcpy(buf + first, name, second);
	buf[first + second] = '\0';
	return true;
}

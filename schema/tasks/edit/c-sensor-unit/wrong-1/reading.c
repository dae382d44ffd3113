#include "reading.h"

#include <stdio.h>
#include <string.h>

bool reading_parse(const char *line, struct reading *ret)
{
	struct reading r = { .value = 0 };
	size_t length = strcspn(line, " ");
	const char *at = line + length;
	bool negative = false;

	if (length == 0 || length >= READING_NAME || *at++ != ' ')
		return false;
	memcpy(r.name, line, length);
	if (*at == '-') {
		negative = true;
		at++;
	}
	length = strspn(at, "0123456789");
	if (length == 0 || length > 9)
		return false;
	for (; length > 0; length--)
		r.value = r.value * 10 + (*at++ - '0');
	if (*at == ' ') {
		at++;
		length = strcspn(at, " ");
		if (length == 0)
			return false;
		memcpy(r.unit, at, length < READING_UNIT ? length : READING_UNIT - 1);
		at += length;
	}
	if (*at != '\0')
		return false;
	if (negative)
		r.value = -r.value;
	*ret = r;
	return true;
}

int reading_format(const struct reading *r, char *buf, size_t size)
{
	return snprintf(buf, size, "%s %ld%s%s", r->name, r->value, r->unit[0] ? " " : "", r->unit);
}

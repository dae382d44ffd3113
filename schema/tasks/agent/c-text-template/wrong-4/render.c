#include "render.h"

#include <string.h>

struct output {
	char *buf;
	size_t size, n;
};

static bool put(struct output *o, const char *bytes, size_t n)
{
	size_t room = o->size > o->n ? o->size - o->n - 1 : 0;
	bool fits = n <= room;

	if (!fits)
		n = room;
	if (o->size > 0) {
		memcpy(o->buf + o->n, bytes, n);
		o->n += n;
		o->buf[o->n] = '\0';
	}
	return fits && o->size > 0;
}

static enum render_result replace(struct output *o, const char *from, const char *end, const struct values *v)
{
	const char *bar = memchr(from, '|', (size_t)(end - from));
	const char *name_end = bar ? bar : end, *text;

	while (from < name_end && *from == ' ')
		from++;
	while (name_end > from && name_end[-1] == ' ')
		name_end--;
	text = values_get(v, from, (size_t)(name_end - from));
	if (bar && (!text || !*text))
		return put(o, bar + 1, (size_t)(end - bar - 1)) ? RENDER_OK : RENDER_LONG;
	if (!text)
		return RENDER_UNKNOWN;
	return put(o, text, strlen(text)) ? RENDER_OK : RENDER_LONG;
}

enum render_result render(const char *template, const struct values *v, char *buf, size_t size)
{
	struct output o = { buf, size, 0 };
	enum render_result result = put(&o, "", 0) ? RENDER_OK : RENDER_LONG;

	while (!result && *template) {
		const char *end;

		if (template[0] == '{' && template[1] == '{') {
			result = put(&o, template, 1) ? RENDER_OK : RENDER_LONG;
			template += 2;
		} else if (template[0] != '{') {
			result = put(&o, template, 1) ? RENDER_OK : RENDER_LONG;
			template++;
		} else {
			end = strchr(template, '}');
			if (!end)
				return RENDER_OPEN;
			result = replace(&o, template + 1, end, v);
			template = end + 1;
		}
	}
	return result;
}

#include "render.h"

#include <string.h>

struct output {
	char *buf;
	size_t size, n;
};

static bool put(struct output *o, const char *bytes, size_t n)
{
	if (o->n + n > o->size)
		return false;
	memcpy(o->buf + o->n, bytes, n);
	o->n += n;
	o->buf[o->n] = '\0';
	return true;
}

enum render_result render(const char *template, const struct values *v, char *buf, size_t size)
{
	struct output o = { buf, size, 0 };

	while (*template) {
		const char *end, *bar, *text;

		if (template[0] == '{' && template[1] == '{') {
			if (!put(&o, "{", 1))
				return RENDER_LONG;
			template++;
			continue;
		}
		if (template[0] != '{') {
			if (!put(&o, template, 1))
				return RENDER_LONG;
			template++;
			continue;
		}
		end = strchr(template, '}');
		if (!end)
			return RENDER_OPEN;
		bar = strchr(template, '|');
		text = values_get(v, template + 1, (size_t)((bar ? bar : end) - template - 1));
		if (!text && bar) {
			if (!put(&o, bar + 1, (size_t)(end - bar - 1)))
				return RENDER_LONG;
		} else if (text) {
			put(&o, text, strlen(text));
		} else {
			return RENDER_UNKNOWN;
		}
		template = end + 1;
	}
	return RENDER_OK;
}

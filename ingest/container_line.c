/* SPDX-License-Identifier: Apache-2.0 */
#include "ingest/container_line.h"

#include "core/clock.h"
#include "core/error.h"
#include "core/json.h"

enum { WORD_MAX = 64 };

static bool is_stream(struct slice name)
{
	return slice_is(name, "stdout") || slice_is(name, "stderr");
}

static struct slice without_end(struct slice text)
{
	text.size -= slice_ends(text, "\n");
	text.size -= slice_ends(text, "\r");
	return text;
}

static bool from_docker(struct slice line, char *buffer, size_t capacity, struct slice *ret)
{
	struct json_member m[] = {{.key = "log"}, {.key = "stream"}, {.key = "time"}};
	struct slice text;
	if (json_read_object(slice_trim(line), m, LENGTH(m), NULL) ||
	    m[1].value.type != JSON_STRING || !is_stream(m[1].value.raw) ||
	    m[2].value.type != JSON_STRING || !json_string(&m[0].value, buffer, capacity, &text))
		return false;
	*ret = without_end(text);
	return true;
}

static bool from_cri(struct slice line, struct slice *ret)
{
	struct cursor c = cursor_over(line);
	struct slice time, stream, tags;
	int64_t ns;
	if (!cursor_until(&c, ' ', WORD_MAX, &time) || !cursor_until(&c, ' ', WORD_MAX, &stream) ||
	    !is_stream(stream) || !cursor_until(&c, ' ', WORD_MAX, &tags) || !clock_parse(time, &ns))
		return false;
	struct slice tag = slice_part(tags, 0, slice_find(tags, ':'));
	if (!slice_is(tag, "F") && !slice_is(tag, "P"))
		return false;
	*ret = cursor_rest(&c);
	return true;
}

bool container_line(struct slice line, char *buffer, size_t capacity, struct slice *ret)
{
	if (slice_starts(line, "{\"log\":"))
		return from_docker(line, buffer, capacity, ret);
	return line.size > 0 && line.at[0] >= '0' && line.at[0] <= '9' && from_cri(line, ret);
}

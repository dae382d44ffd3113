/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of four fields with a tab between, the first a heading:
 * product  host_suffix  port  vector
 */
#include "analysis/endpoint.h"

#include "core/error.h"
#include "tables.h" /* generated */

#include <string.h>

enum { FIELD_MAX = 256 };

static const char *const known[] = {"model_api", "telemetry",      "update", "webview", "extension",
				    "licence",   "model_download", "sync",   "other"};

static bool read_line(struct slice line, struct endpoint *ret)
{
	struct cursor c = cursor_over(line);
	struct slice port;
	uint64_t number;
	if (!cursor_until(&c, '\t', FIELD_MAX, &ret->product) ||
	    !cursor_until(&c, '\t', FIELD_MAX, &ret->suffix) ||
	    !cursor_until(&c, '\t', FIELD_MAX, &port) || !slice_u64(port, 65535, &number))
		return false;
	ret->port = (unsigned)number;
	ret->vector = cursor_rest(&c);
	return true;
}

bool endpoint_next(size_t *at, struct endpoint *ret)
{
	struct slice table = slice_of(embedded_table_endpoints, embedded_table_endpoints_size), line;
	struct cursor c = cursor_over(slice_part(table, *at, table.size));
	while (cursor_line(&c, &line, NULL)) {
		*at = table.size - cursor_left(&c);
		if (read_line(line, ret))
			return true;
	}
	return false;
}

/* "a.example" belongs to the suffix "example", "an-example" does not. */
static bool belongs(struct slice name, struct slice suffix)
{
	if (suffix.size > name.size)
		return false;
	size_t lead = name.size - suffix.size;
	for (size_t i = 0; i < suffix.size; i++) {
		unsigned char c = name.at[lead + i];
		c = (unsigned char)(c >= 'A' && c <= 'Z' ? c + 'a' - 'A' : c);
		if (c != suffix.at[i])
			return false;
	}
	return lead == 0 || name.at[lead - 1] == '.';
}

static bool is_name_service(unsigned port)
{
	return port == 53 || port == 853 || port == 5353 || port == 5355 || port == 137;
}

const char *endpoint_vector(const char *name, unsigned port)
{
	struct slice host = slice_of_string(name), best = {0};
	struct endpoint e;
	size_t longest = 0;
	if (is_name_service(port))
		return "name_lookup";
	if (slice_ends(host, "."))
		host.size--;
	for (size_t at = 0; endpoint_next(&at, &e);)
		if (e.suffix.size > longest && (!e.port || e.port == port) && belongs(host, e.suffix)) {
			longest = e.suffix.size;
			best = e.vector;
		}
	for (size_t i = 0; i < LENGTH(known); i++)
		if (slice_is(best, known[i]))
			return known[i];
	return "unclassified";
}

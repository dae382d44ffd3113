/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Lines of two fields with a tab between, the first a heading:
 * host_suffix  what
 */
#include "analysis/hardcoded.h"

#include "analysis/endpoint.h"
#include "core/address.h"
#include "core/error.h"
#include "core/idn.h"
#include "tables.h" /* generated */

#include <string.h>

enum { FIELD_MAX = 256, HTTPS = 443 };

static bool is_reference(struct slice name)
{
	struct cursor c = cursor_over(slice_of(embedded_table_references, embedded_table_references_size));
	struct slice line, suffix;
	while (cursor_line(&c, &line, NULL)) {
		struct cursor fields = cursor_over(line);
		if (cursor_until(&fields, '\t', FIELD_MAX, &suffix) && idn_is_below(name, suffix))
			return true;
	}
	return false;
}

static bool is_local(struct slice name)
{
	static const char *const suffixes[] = {"localhost", "local", "internal", "lan", "home", "corp",
					       "intranet", "localdomain", "home.arpa"};
	struct address a;
	if (address_parse(name, &a))
		return address_class(&a) != CLASS_PUBLIC;
	for (size_t i = 0; i < LENGTH(suffixes); i++)
		if (idn_is_below(name, slice_of_string(suffixes[i])))
			return true;
	return false;
}

/* RFC 5737 and RFC 3849: addresses of examples. */
static bool is_documentation(struct slice name)
{
	static const char *const ranges[] = {"192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24", "2001:db8::/32"};
	struct address a;
	struct address_range range;
	if (!address_parse(name, &a))
		return false;
	for (size_t i = 0; i < LENGTH(ranges); i++)
		if (address_range_parse(slice_of_string(ranges[i]), &range) && address_in(&a, &range))
			return true;
	return false;
}

const char *hardcoded_vector(const char *name, unsigned port)
{
	if (!strncmp(name, "*.", 2))
		name += 2;
	struct slice text = slice_of_string(name);
	if (is_documentation(text) || is_reference(text))
		return "reference";
	if (is_local(text))
		return "local";
	return endpoint_vector(name, port ? port : HTTPS);
}

unsigned hardcoded_rank(const char *vector)
{
	static const char *const order[] = {"unclassified", "telemetry", "model_api",	   "update",	"extension",
					    "webview",	    "sync",	 "model_download", "licence",	"name_lookup",
					    "other",	    "reference", "local"};
	for (size_t i = 0; i < LENGTH(order); i++)
		if (!strcmp(vector, order[i]))
			return (unsigned)i;
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/probe_target.h"

#include "core/error.h"

#include <stdlib.h>

const char *probe_name(const struct challenge *c)
{
	return c->name[0] ? c->name : "challenge.invalid";
}

static bool is_sink(const struct address *a, const struct challenge *c)
{
	return address_equal(a, &c->sink) || address_equal(a, &c->sink6);
}

/* ADDRESS ":" PORT, of IPv6 in brackets. */
static bool read_end(struct slice text, struct address *ret, unsigned *ret_port)
{
	struct cursor c = cursor_over(text);
	struct slice host;
	uint64_t port;
	bool v6 = slice_starts(text, "[");
	if (v6)
		cursor_skip(&c, 1);
	if (!cursor_until(&c, v6 ? ']' : ':', ADDRESS_TEXT_MAX, &host) || !address_parse(host, ret))
		return false;
	if (v6 && cursor_u8(&c) != ':')
		return false;
	struct slice digits = cursor_rest(&c);
	digits = slice_part(digits, 0, slice_find(digits, '/'));
	if (!slice_u64(digits, 65535, &port) || port == 0)
		return false;
	*ret_port = (unsigned)port;
	return true;
}

const char *probe_proxy(struct slice value, const struct challenge *c, struct address *ret, unsigned *ret_port)
{
	size_t scheme = slice_search(value, SLICE("://"));
	struct slice rest = scheme < value.size ? slice_part(value, scheme + 3, value.size) : value;
	if (scheme < value.size && !slice_is(slice_part(value, 0, scheme), "http"))
		return "the proxy of the environment is not one of plain HTTP";
	size_t at = slice_find(rest, '@');
	if (at < rest.size)
		return "the proxy of the environment wants a password";
	if (!read_end(rest, ret, ret_port))
		return "the proxy of the environment is not ADDRESS:PORT, and names are not looked up";
	if (address_class(ret) != CLASS_LOOPBACK && !is_sink(ret, c))
		return "the proxy of the environment is neither on this machine nor the sink";
	return NULL;
}

static const char *find_proxy(const struct challenge *c, struct probe_target *t)
{
	static const char *const names[] = {"https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"};
	for (size_t i = 0; i < LENGTH(names); i++) {
		const char *value = getenv(names[i]);
		if (value && *value)
			return probe_proxy(slice_of_string(value), c, &t->via, &t->via_port);
	}
	return "no proxy is named in the environment";
}

struct probe_target probe_target(const struct probe *probe, const struct challenge *c)
{
	struct probe_target t = {.probe = probe};
	bool v6 = probe->family == ADDRESS_V6 || (probe->family == ADDRESS_NONE && c->sink.family == ADDRESS_NONE);
	const struct address *sink = v6 ? &c->sink6 : &c->sink;
	if (sink->family == ADDRESS_NONE) {
		t.skipped = v6 ? "the policy names no sink6" : "the policy names no sink";
		return t;
	}
	if (probe->kind == PROBE_PROXY)
		t.skipped = find_proxy(c, &t);
	if (t.skipped)
		return t;
	t.to = *sink;
	if (probe_has_port(probe))
		t.port = probe->port ? probe->port : c->port ? c->port : CHALLENGE_PORT;
	return t;
}

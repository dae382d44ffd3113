/* SPDX-License-Identifier: Apache-2.0 */
#include "analysis/policy_challenge.h"

#include "analysis/probe.h"

#include <string.h>

static enum status set_sink(struct address *sink, enum address_family family, const char *key,
			    const char *value, struct error *err)
{
	struct address a;
	if (sink->family != ADDRESS_NONE)
		return fail(err, ERR_CONFIG, "%s is given twice", key);
	if (!address_parse(slice_of_string(value), &a))
		return fail(err, ERR_CONFIG, "%s is an address, and no name: \"%s\" would have to be looked up", key, value);
	if (a.family != family)
		return fail(err, ERR_CONFIG, "%s is an IPv%d address", key, (int)family);
	enum address_class class = address_class(&a);
	if (class == CLASS_LOOPBACK || class == CLASS_MULTICAST ||
	    (class == CLASS_LINK_LOCAL && family == ADDRESS_V6))
		return fail(err, ERR_CONFIG, "%s is one other machine; %s is none", key, value);
	*sink = a;
	return OK;
}

static enum status set_port(struct challenge *c, const char *value, struct error *err)
{
	uint64_t port;
	if (c->port)
		return fail(err, ERR_CONFIG, "port is given twice");
	if (!slice_u64(slice_of_string(value), 65535, &port) || port == 0)
		return fail(err, ERR_CONFIG, "port is 1 to 65535, not \"%s\"", value);
	c->port = (unsigned)port;
	return OK;
}

/* RFC 1123, 2.1. */
static bool is_host_name(struct slice name)
{
	struct cursor c = cursor_over(name);
	for (bool more = true; more;) {
		struct slice label;
		more = cursor_until(&c, '.', 63, &label);
		if (!more)
			label = cursor_rest(&c);
		if (label.size == 0 || label.size > 63)
			return false;
		for (size_t i = 0; i < label.size; i++) {
			unsigned char b = label.at[i];
			bool inside = b == '-' && i > 0 && i + 1 < label.size;
			if (!inside && !(b >= 'a' && b <= 'z') && !(b >= 'A' && b <= 'Z') && !(b >= '0' && b <= '9'))
				return false;
		}
	}
	return true;
}

static enum status set_name(struct challenge *c, const char *value, struct error *err)
{
	if (c->name[0])
		return fail(err, ERR_CONFIG, "name is given twice");
	if (!is_host_name(slice_of_string(value)) || !slice_to_string(slice_of_string(value), c->name, sizeof c->name))
		return fail(err, ERR_CONFIG, "name is a host name of at most %d bytes", CHALLENGE_NAME_MAX);
	return OK;
}

enum status challenge_set(struct challenge *c, const char *key, const char *value, struct error *err)
{
	if (!strcmp(key, "sink"))
		return set_sink(&c->sink, ADDRESS_V4, key, value, err);
	if (!strcmp(key, "sink6"))
		return set_sink(&c->sink6, ADDRESS_V6, key, value, err);
	if (!strcmp(key, "port"))
		return set_port(c, value, err);
	if (!strcmp(key, "name"))
		return set_name(c, value, err);
	return fail(err, ERR_CONFIG, "[challenge] has the keys sink, sink6, port and name, not \"%s\"", key);
}

enum status challenge_begin_claim(struct challenge *c, struct slice layer, struct error *err)
{
	if (c->claim_count == CHALLENGE_CLAIMS_MAX)
		return fail(err, ERR_CONFIG, "more than %d claims", CHALLENGE_CLAIMS_MAX);
	struct challenge_claim *claim = &c->claims[c->claim_count];
	*claim = (struct challenge_claim){0};
	if (layer.size == 0 || !slice_to_string(layer, claim->layer, sizeof claim->layer))
		return fail(err, ERR_CONFIG, "[claim LAYER] names a layer in at most %d bytes", CHALLENGE_LAYER_MAX);
	for (size_t i = 0; i < c->claim_count; i++)
		if (!strcmp(c->claims[i].layer, claim->layer))
			return fail(err, ERR_CONFIG, "[claim %s] stands there twice", claim->layer);
	c->claim_count++;
	return OK;
}

static enum status add_probe(struct challenge_claim *claim, struct slice word, struct error *err)
{
	const struct probe *p = probe_find(word);
	if (!p)
		return fail(err, ERR_CONFIG, "stops names \"%.*s\", which is no way that is tried (airgap-verify list probes)",
			    (int)word.size, word.size ? (const char *)word.at : "");
	claim->stops |= UINT32_C(1) << (p - probes);
	return OK;
}

enum status challenge_set_claim(struct challenge *c, const char *key, const char *value, struct error *err)
{
	struct challenge_claim *claim = &c->claims[c->claim_count - 1];
	struct cursor words = cursor_over(slice_of_string(value));
	enum status status = OK;
	if (strcmp(key, "stops") != 0)
		return fail(err, ERR_CONFIG, "[claim …] has only the key stops, not \"%s\"", key);
	if (claim->stops)
		return fail(err, ERR_CONFIG, "stops is given twice");
	for (bool more = true; more && !status;) {
		struct slice word;
		more = cursor_until(&words, ',', cursor_left(&words), &word);
		status = add_probe(claim, slice_trim(more ? word : cursor_rest(&words)), err);
	}
	return status;
}

enum status challenge_check(const struct challenge *c, struct error *err)
{
	if (c->claim_count && !c->claims[c->claim_count - 1].stops)
		return fail(err, ERR_CONFIG, "[claim %s] does not tell what it stops", c->claims[c->claim_count - 1].layer);
	return OK;
}

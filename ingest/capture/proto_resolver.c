/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Public resolvers that answer over HTTPS (RFC 8484), by the names that their
 * operators publish. A name below one of them counts as well.
 */
#include "ingest/capture/proto_app.h"

#include "core/error.h"

#include <string.h>

static const struct {
	const char *name;
	bool mixed; /* its operator has web pages there too: the first label must tell */
} resolvers[] = {
	{"dns.google", false},
	{"dns.google.com", false},
	{"cloudflare-dns.com", false},
	{"cloudflare-gateway.com", false},
	{"one.one.one.one", false},
	{"quad9.net", true},
	{"opendns.com", true},
	{"umbrella.com", true},
	{"adguard.com", true},
	{"adguard-dns.com", false},
	{"adguard-dns.io", true},
	{"dns.nextdns.io", false},
	{"cleanbrowsing.org", true},
	{"controld.com", true},
	{"mullvad.net", true},
	{"dns.sb", true},
	{"doh.li", false},
	{"dns.alidns.com", false},
	{"doh.pub", false},
	{"dot.pub", false},
	{"doh.360.cn", false},
	{"dns.twnic.tw", false},
	{"dns.switch.ch", false},
	{"odvr.nic.cz", false},
	{"dns.njal.la", false},
	{"dns.digitale-gesellschaft.ch", false},
	{"doh.ffmuc.net", false},
	{"doh.libredns.gr", false},
	{"doh.applied-privacy.net", false},
	{"dns0.eu", false},
	{"joindns4.eu", true},
	{"doh.dns.apple.com", false},
	{"doh.xfinity.com", false},
	{"dns.shaw.ca", false},
	{"public.dns.iij.jp", false},
	{"doh.cox.net", false},
	{"dohtrial.att.net", false},
};

/* "dns.…", "dns10.…", "family.adblock.dns.…", "doh-de.…" */
static bool says_so(struct slice labels)
{
	for (size_t i = 0; i + 3 <= labels.size; i++)
		if (slice_is_nocase(slice_part(labels, i, 3), "dns") ||
		    slice_is_nocase(slice_part(labels, i, 3), "doh"))
			return true;
	return false;
}

bool proto_is_resolver(struct slice name)
{
	for (size_t i = 0; i < LENGTH(resolvers); i++) {
		size_t size = strlen(resolvers[i].name), before = name.size - size;
		if (name.size < size ||
		    !slice_is_nocase(slice_part(name, before, size), resolvers[i].name))
			continue;
		if (before > 0 && name.at[before - 1] != '.')
			continue;
		if (!resolvers[i].mixed || says_so(slice_part(name, 0, before)))
			return true;
	}
	return false;
}

bool proto_is_resolver_at(const struct address *a)
{
	static const char *const addresses[] = {
		"1.1.1.1",         "1.0.0.1",         "1.1.1.2",
		"1.0.0.2",         "1.1.1.3",         "1.0.0.3",
		"8.8.8.8",         "8.8.4.4",         "9.9.9.9",
		"9.9.9.10",        "9.9.9.11",        "149.112.112.112",
		"208.67.222.222",  "208.67.220.220",  "94.140.14.14",
		"94.140.15.15",    "223.5.5.5",       "223.6.6.6",
		"2606:4700:4700::1111", "2606:4700:4700::1001", "2001:4860:4860::8888",
		"2001:4860:4860::8844", "2620:fe::fe", "2620:fe::9",
	};
	char text[ADDRESS_TEXT_MAX];
	address_text(a, text);
	for (size_t i = 0; i < LENGTH(addresses); i++)
		if (!strcmp(text, addresses[i]))
			return true;
	return false;
}

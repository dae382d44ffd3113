/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The firewall of Windows as its registry has it, before and after the session: for each
 * profile whether it is on and what becomes of outbound connections, and every outbound
 * rule as it stands there ("v2.30|Action=Block|Active=TRUE|Dir=Out|…"). What group policy
 * sets stands apart and goes first.
 */
#include "collectors/registry.h"

#include "core/auto.h"
#include "core/hash.h"
#include "core/windows/wide.h"

#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	RULES_MAX = 50000,
	RULE_UNITS_MAX = 16384, /* of one rule */
	NAME_UNITS_MAX = 16384, /* the longest name of a value */
	KEY_UNITS_MAX = 256,
};

static const struct {
	const char *name;
	const wchar_t *key;
} stores[] = {
	{"policy", L"SOFTWARE\\Policies\\Microsoft\\WindowsFirewall"},
	{"local", L"SYSTEM\\CurrentControlSet\\Services\\SharedAccess\\Parameters\\FirewallPolicy"},
};

static const struct {
	const char *name;
	const wchar_t *key;
} profiles[] = {
	{"domain", L"DomainProfile"},
	{"private", L"StandardProfile"}, /* its name before there was a public one */
	{"private", L"PrivateProfile"},
	{"public", L"PublicProfile"},
};

/* What one look found; written only where it is another than the last. */
struct look {
	struct evidence *evidence; /* NULL: only hash it */
	const char *moment;
	struct hash *hash;
	uint64_t rules, cut; /* outbound rules; those that are too long or too many */
	wchar_t name[NAME_UNITS_MAX], rule[RULE_UNITS_MAX];
};

struct firewall {
	struct watch *w;
	bool looked;
	uint64_t lost;
	unsigned char last[HASH_SIZE];
};

static HKEY open_key(size_t store, const wchar_t *below)
{
	wchar_t path[KEY_UNITS_MAX];
	HKEY key;
	if (swprintf(path, KEY_UNITS_MAX, L"%ls\\%ls", stores[store].key, below) < 0 ||
	    RegOpenKeyExW(HKEY_LOCAL_MACHINE, path, 0, KEY_QUERY_VALUE | KEY_WOW64_64KEY, &key) !=
		    ERROR_SUCCESS)
		return NULL;
	return key;
}

static bool read_number(HKEY key, const wchar_t *name, DWORD *ret)
{
	DWORD size = sizeof *ret;
	return RegGetValueW(key, NULL, name, RRF_RT_REG_DWORD, NULL, ret, &size) == ERROR_SUCCESS;
}

static void look_at_profile(struct look *l, size_t store, size_t profile)
{
	HKEY key = open_key(store, profiles[profile].key);
	DWORD on = 0, outbound = 0;
	if (!key)
		return;
	bool tells_on = read_number(key, L"EnableFirewall", &on);
	bool tells_outbound = read_number(key, L"DefaultOutboundAction", &outbound);
	RegCloseKey(key);
	const uint64_t all[] = {store, profile, tells_on, on, tells_outbound, outbound};
	hash_add(l->hash, slice_of(all, sizeof all));
	if (!l->evidence)
		return;
	struct json *j = evidence_begin(l->evidence, "firewall_profile", clock_now().wall_ns);
	json_add_string(j, "moment", l->moment);
	json_add_string(j, "store", stores[store].name);
	json_add_string(j, "profile", profiles[profile].name);
	if (tells_on)
		json_add_bool(j, "enabled", on != 0);
	if (tells_outbound)
		json_add_string(j, "outbound", outbound ? "block" : "allow");
	evidence_end(l->evidence);
}

static void take_rule(struct look *l, size_t store, const struct text *name, const struct text *rule)
{
	struct slice bytes = text_slice(rule);
	if (slice_search(bytes, SLICE("|Dir=Out|")) == bytes.size)
		return;
	if (l->rules == RULES_MAX) {
		l->cut++;
		return;
	}
	l->rules++;
	hash_add(l->hash, text_slice(name));
	hash_add(l->hash, SLICE("="));
	hash_add(l->hash, bytes);
	if (!l->evidence)
		return;
	struct json *j = evidence_begin(l->evidence, "firewall_rule", clock_now().wall_ns);
	json_add_string(j, "moment", l->moment);
	json_add_string(j, "store", stores[store].name);
	json_add_slice(j, "name", text_slice(name));
	json_add_slice(j, "rule", bytes);
	evidence_end(l->evidence);
}

static void look_at_rules(struct look *l, size_t store)
{
	HKEY key = open_key(store, L"FirewallRules");
	AUTO_TEXT struct text name = text_make(4 * NAME_UNITS_MAX), rule = text_make(4 * RULE_UNITS_MAX);
	for (DWORD i = 0; key; i++) {
		DWORD type = 0, name_units = NAME_UNITS_MAX, size = sizeof l->rule;
		LSTATUS code = RegEnumValueW(key, i, l->name, &name_units, NULL, &type,
					     (BYTE *)l->rule, &size);
		if (code == ERROR_MORE_DATA)
			l->cut++;
		else if (code != ERROR_SUCCESS)
			break;
		if (code != ERROR_SUCCESS || type != REG_SZ)
			continue;
		text_clear(&name);
		text_clear(&rule);
		wide_add(&name, l->name, name_units);
		wide_add(&rule, l->rule, wcsnlen(l->rule, size / sizeof *l->rule));
		take_rule(l, store, &name, &rule);
	}
	if (key)
		RegCloseKey(key);
}

static void look(struct look *l)
{
	l->rules = l->cut = 0;
	hash_reset(l->hash);
	for (size_t store = 0; store < LENGTH(stores); store++) {
		for (size_t profile = 0; profile < LENGTH(profiles); profile++)
			look_at_profile(l, store, profile);
		look_at_rules(l, store);
	}
}

static enum status firewall_open(struct watch *w, void **ret_state, struct error *err)
{
	HKEY key = open_key(1, L"FirewallRules");
	if (!key)
		return fail(err, ERR_UNAVAILABLE, "the registry has no rules of the Windows firewall");
	RegCloseKey(key);
	struct firewall *f = must_alloc(1, sizeof *f);
	f->w = w;
	*ret_state = f;
	return OK;
}

static void firewall_round(void *state, const struct round *r)
{
	struct firewall *f = state;
	unsigned char digest[HASH_SIZE];
	if (!strcmp(r->moment, "during"))
		return;
	AUTO_HASH struct hash *hash = hash_new();
	AUTO_FREE struct look *l = must_alloc(1, sizeof *l);
	l->moment = r->moment;
	l->hash = hash;
	l->evidence = f->looked ? NULL : f->w->evidence;
	look(l);
	hash_peek(hash, digest);
	bool same = f->looked && memcmp(digest, f->last, sizeof digest) == 0;
	if (f->looked && !same) {
		l->evidence = f->w->evidence;
		look(l);
		hash_peek(hash, digest);
	}
	f->looked = true;
	f->lost += l->cut;
	memcpy(f->last, digest, sizeof digest);
	struct json *j = evidence_begin(f->w->evidence, "firewall", clock_now().wall_ns);
	json_add_string(j, "moment", r->moment);
	json_add_u64(j, "rules", l->rules);
	json_add_u64(j, "cut", l->cut);
	json_add_bool(j, "unchanged", same);
	evidence_end(f->w->evidence);
}

static uint64_t firewall_lost(void *state)
{
	const struct firewall *f = state;
	return f->lost;
}

static uint64_t firewall_stop(void *state)
{
	uint64_t lost = firewall_lost(state);
	free(state);
	return lost;
}

static void firewall_probe(struct probe *ret)
{
	HKEY key = open_key(1, L"FirewallRules");
	ret->works = key != NULL;
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 key ? "the rules of the Windows firewall can be read"
		     : "the registry has no rules of the Windows firewall");
	if (key)
		RegCloseKey(key);
}

const struct collector collector_firewall = {
	.name = "firewall",
	.witnesses = "the profiles of the Windows firewall and its outbound rules, before and after",
	.needs = "the Windows firewall",
	.probe = firewall_probe,
	.open = firewall_open,
	.round = firewall_round,
	.stop = firewall_stop,
	.lost = firewall_lost,
};

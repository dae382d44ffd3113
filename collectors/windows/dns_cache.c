/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Names that the resolver of Windows keeps, before and after the session. The call that
 * lists them, DnsGetCacheDataTable, stands in no header, though ipconfig /displaydns and
 * many others live by it:
 *
 *   BOOL DnsGetCacheDataTable(struct entry **ret);
 *   entry  next:pointer  name:pointer (UTF-16)  type:2 (of the record)  length:2  flags:4
 */
#include "collectors/registry.h"

#include "core/windows/wide.h"

#include <windows.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <windns.h>

enum {
	ENTRIES_MAX = 20000,
	NAME_BYTES_MAX = 1024,
};

struct entry {
	struct entry *next;
	wchar_t *name;
	WORD type, length;
	DWORD flags;
};

struct dns_cache {
	struct watch *w;
	HMODULE library;
	BOOL (WINAPI *list)(struct entry **ret);
	uint64_t lost; /* entries past the maximum */
};

/* Wine has the name and no function behind it: a call would end the process. */
static bool find(struct dns_cache *d)
{
	if (GetProcAddress(GetModuleHandleW(L"ntdll.dll"), "wine_get_version"))
		return false;
	d->library = LoadLibraryExW(L"dnsapi.dll", NULL, LOAD_LIBRARY_SEARCH_SYSTEM32);
	FARPROC found = d->library ? GetProcAddress(d->library, "DnsGetCacheDataTable") : NULL;
	memcpy(&d->list, &found, sizeof found);
	return found != NULL;
}

static enum status dns_cache_open(struct watch *w, void **ret_state, struct error *err)
{
	struct dns_cache found = {.w = w};
	if (!find(&found))
		return fail(err, ERR_UNAVAILABLE, "this Windows does not list the names it keeps");
	struct dns_cache *d = must_alloc(1, sizeof *d);
	*d = found;
	*ret_state = d;
	return OK;
}

static void write_entry(struct dns_cache *d, const struct entry *e, const char *moment)
{
	char name[NAME_BYTES_MAX];
	struct json *j = evidence_begin(d->w->evidence, "dns_cache", clock_now().wall_ns);
	wide_string(e->name, name, sizeof name);
	json_add_string(j, "moment", moment);
	json_add_string(j, "name", name);
	json_add_u64(j, "type", e->type);
	json_add_u64(j, "flags", e->flags);
	evidence_end(d->w->evidence);
}

static void dns_cache_round(void *state, const struct round *r)
{
	struct dns_cache *d = state;
	struct entry *e = NULL;
	uint64_t count = 0;
	if (!strcmp(r->moment, "during"))
		return;
	bool told = d->list(&e);
	while (e) {
		struct entry *next = e->next;
		if (++count > ENTRIES_MAX)
			d->lost++;
		else if (e->name)
			write_entry(d, e, r->moment);
		DnsFree(e->name, DnsFreeFlat);
		DnsFree(e, DnsFreeFlat);
		e = next;
	}
	struct json *j = evidence_begin(d->w->evidence, "dns_cache", clock_now().wall_ns);
	json_add_string(j, "moment", r->moment);
	json_add_u64(j, "entries", count);
	if (!told && count == 0) /* an empty cache is told in the same way */
		json_add_bool(j, "empty", true);
	evidence_end(d->w->evidence);
}

static uint64_t dns_cache_lost(void *state)
{
	const struct dns_cache *d = state;
	return d->lost;
}

static uint64_t dns_cache_stop(void *state)
{
	struct dns_cache *d = state;
	uint64_t lost = d->lost;
	FreeLibrary(d->library);
	free(d);
	return lost;
}

static void dns_cache_probe(struct probe *ret)
{
	struct dns_cache found = {0};
	ret->works = find(&found);
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 ret->works ? "the resolver lists the names it keeps"
			    : "this Windows does not list the names it keeps");
	if (found.library)
		FreeLibrary(found.library);
}

const struct collector collector_dns_cache = {
	.name = "dns_cache",
	.witnesses = "names that the resolver of Windows keeps, before and after",
	.needs = "a Windows that lists them",
	.probe = dns_cache_probe,
	.open = dns_cache_open,
	.round = dns_cache_round,
	.stop = dns_cache_stop,
	.lost = dns_cache_lost,
};

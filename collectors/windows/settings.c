/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Where names are asked for and what connections go through, before and after the
 * session: the name servers of every adapter, and the proxies of Windows, of the user
 * and of the environment.
 */
#include "collectors/registry.h"

#include "collectors/network.h"
#include "collectors/windows/adapters.h"
#include "core/auto.h"
#include "core/socket_address.h"
#include "core/windows/wide.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <winhttp.h>

enum {
	SERVERS_MAX = 1024,     /* name servers of all adapters */
	VALUE_MAX = 32 << 10,   /* bytes of one setting */
};

static void add_servers(struct json *j, const IP_ADAPTER_ADDRESSES *list)
{
	unsigned count = 0;
	json_begin_array(j, "servers");
	for (const IP_ADAPTER_ADDRESSES *adapter = list; adapter; adapter = adapter->Next)
		for (const IP_ADAPTER_DNS_SERVER_ADDRESS *server = adapter->FirstDnsServerAddress;
		     server && count < SERVERS_MAX; server = server->Next) {
			char text[ADDRESS_TEXT_MAX], name[NETWORK_NAME_MAX], suffix[NETWORK_NAME_MAX];
			struct address a;
			unsigned port;
			if (!socket_address_read(server->Address.lpSockaddr, &a, &port))
				continue;
			count++;
			address_text(&a, text);
			wide_string(adapter->FriendlyName, name, sizeof name);
			wide_string(adapter->DnsSuffix, suffix, sizeof suffix);
			json_begin_object(j, NULL);
			json_add_string(j, "address", text);
			json_add_string(j, "interface", name);
			json_add_u64(j, "ifindex", adapters_index(adapter));
			if (suffix[0])
				json_add_string(j, "suffix", suffix);
			json_end_object(j);
		}
	json_end_array(j);
}

static void write_resolver(struct watch *w, const char *moment)
{
	AUTO_FREE IP_ADAPTER_ADDRESSES *list = adapters_list();
	struct json *j = evidence_begin(w->evidence, "resolver", clock_now().wall_ns);
	json_add_string(j, "moment", moment);
	add_servers(j, list);
	if (!list)
		json_add_string(j, "problem", "Windows does not list its adapters");
	evidence_end(w->evidence);
}

/* A setting without what stands before its last '@': evidence is no place for the name
 * and the password that some write there. */
static void add_setting(struct json *j, const char *key, struct slice value)
{
	AUTO_TEXT struct text text = text_make(VALUE_MAX);
	size_t from = 0, at = slice_find(value, '@');
	while (at < value.size) {
		from = at + 1;
		at = from + slice_find(slice_part(value, from, value.size), '@');
	}
	if (from) {
		size_t scheme = slice_search(value, SLICE("://"));
		text_add(&text, slice_part(value, 0, scheme < from ? scheme + 3 : 0));
		text_add_string(&text, "(hidden)@");
	}
	text_add(&text, slice_part(value, from, value.size));
	json_add_slice(j, key, text_slice(&text));
}

static void add_wide(struct json *j, const char *key, const wchar_t *value)
{
	AUTO_TEXT struct text text = text_make(VALUE_MAX);
	if (!value)
		return;
	wide_add(&text, value, wcsnlen(value, VALUE_MAX));
	add_setting(j, key, text_slice(&text));
}

static struct json *begin_proxy(struct watch *w, const char *moment, const char *of)
{
	struct json *j = evidence_begin(w->evidence, "proxy", clock_now().wall_ns);
	json_add_string(j, "moment", moment);
	json_add_string(j, "of", of);
	return j;
}

/* For programs that ask WinHTTP, services among them. */
static void write_machine_proxy(struct watch *w, const char *moment)
{
	WINHTTP_PROXY_INFO info = {0};
	struct json *j = begin_proxy(w, moment, "winhttp");
	if (WinHttpGetDefaultProxyConfiguration(&info)) {
		json_add_bool(j, "enabled", info.dwAccessType == WINHTTP_ACCESS_TYPE_NAMED_PROXY);
		add_wide(j, "proxy", info.lpszProxy);
		add_wide(j, "bypass", info.lpszProxyBypass);
		GlobalFree(info.lpszProxy);
		GlobalFree(info.lpszProxyBypass);
	}
	evidence_end(w->evidence);
}

/* Of "Internet Options", which browsers and most applications follow. */
static void write_user_proxy(struct watch *w, const char *moment)
{
	WINHTTP_CURRENT_USER_IE_PROXY_CONFIG info = {0};
	struct json *j = begin_proxy(w, moment, "user");
	if (WinHttpGetIEProxyConfigForCurrentUser(&info)) {
		json_add_bool(j, "enabled", info.lpszProxy != NULL);
		json_add_bool(j, "detect", info.fAutoDetect);
		add_wide(j, "script", info.lpszAutoConfigUrl);
		add_wide(j, "proxy", info.lpszProxy);
		add_wide(j, "bypass", info.lpszProxyBypass);
		GlobalFree(info.lpszAutoConfigUrl);
		GlobalFree(info.lpszProxy);
		GlobalFree(info.lpszProxyBypass);
	}
	evidence_end(w->evidence);
}

static void write_environment_proxy(struct watch *w, const char *moment)
{
	static const struct {
		const wchar_t *variable;
		const char *key;
	} names[] = {
		{L"HTTP_PROXY", "http"}, {L"HTTPS_PROXY", "https"},
		{L"ALL_PROXY", "proxy"}, {L"NO_PROXY", "bypass"},
	};
	AUTO_FREE wchar_t *value = must_alloc(WIDE_MAX, sizeof *value);
	struct json *j = begin_proxy(w, moment, "environment");
	for (size_t i = 0; i < LENGTH(names); i++) {
		DWORD size = GetEnvironmentVariableW(names[i].variable, value, WIDE_MAX);
		if (size > 0 && size < WIDE_MAX)
			add_wide(j, names[i].key, value);
	}
	evidence_end(w->evidence);
}

static enum status settings_open(struct watch *w, void **ret_state, struct error *err)
{
	(void)err;
	*ret_state = w; /* it needs nothing of its own */
	return OK;
}

static void settings_round(void *state, const struct round *r)
{
	if (!strcmp(r->moment, "during"))
		return;
	write_resolver(state, r->moment);
	write_machine_proxy(state, r->moment);
	write_user_proxy(state, r->moment);
	write_environment_proxy(state, r->moment);
}

static uint64_t settings_stop(void *state)
{
	(void)state;
	return 0;
}

static void settings_probe(struct probe *ret)
{
	AUTO_FREE IP_ADAPTER_ADDRESSES *list = adapters_list();
	ret->works = list != NULL;
	snprintf(ret->detail, sizeof ret->detail, "%s",
		 list ? "Windows lists its adapters" : "Windows does not list its adapters");
}

const struct collector collector_settings = {
	.name = "settings",
	.witnesses = "name servers and proxies, before and after",
	.needs = "nothing",
	.probe = settings_probe,
	.open = settings_open,
	.round = settings_round,
	.stop = settings_stop,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "fleet/reach.h"

#include "core/address.h"
#include "core/cursor.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

enum { HOST_MAX = 256, HOSTS_MAX = 64 };

static bool is_here(struct slice host)
{
	struct address a;
	static const char sockets[] = {'/', '@'}; /* a folder of one, or its abstract name */
	if (host.size == 0 || host.at[0] == (unsigned char)sockets[0] || host.at[0] == (unsigned char)sockets[1])
		return true;
	/* not the unspecified one, which the class counts as loopback too */
	return slice_is(host, "localhost") || (address_parse(host, &a) && address_class(&a) == CLASS_LOOPBACK);
}

static enum status check_hosts(const char *list, struct error *err)
{
	struct cursor c = cursor_over(slice_of_string(list));
	struct slice host;
	for (unsigned i = 0; cursor_left(&c); i++) {
		if (!cursor_until(&c, ',', HOST_MAX, &host))
			host = cursor_take(&c, cursor_left(&c));
		if (i == HOSTS_MAX || !is_here(host))
			return fail(err, ERR_USAGE, "%.*s may be another machine, and nothing is sent there unasked: "
				    "--store-remote says that it may be", (int)(host.size < HOST_MAX ? host.size : HOST_MAX), (const char *)host.at);
	}
	return OK;
}

/* As they come out of a place; of an option that stands nowhere, what the environment says. */
static const char *option(const PQconninfoOption given[], const PQconninfoOption defaults[], const char *keyword)
{
	const PQconninfoOption *const lists[] = {given, defaults};
	for (size_t l = 0; l < LENGTH(lists); l++)
		for (const PQconninfoOption *o = lists[l]; o && o->keyword; o++)
			if (!strcmp(o->keyword, keyword) && o->val && *o->val)
				return o->val;
	return "";
}

enum status reach_is_here(const char *place, struct error *err)
{
	static const char *const hosts[] = {"host", "hostaddr"};
	char *wrong = NULL;
	PQconninfoOption *given = PQconninfoParse(place, &wrong), *defaults = PQconndefaults();
	enum status status = OK;
	if (!given)
		status = fail(err, ERR_USAGE, "--store: %.*s", wrong ? (int)strcspn(wrong, "\n") : 13, wrong ? wrong : "out of memory");
	else if (*option(given, NULL, "service") || getenv("PGSERVICE"))
		status = fail(err, ERR_USAGE, "a service may lead to any machine, and nothing is sent there unasked: "
			      "--store-remote says that it may");
	for (size_t i = 0; i < LENGTH(hosts) && !status; i++)
		status = check_hosts(option(given, defaults, hosts[i]), err);
	PQfreemem(wrong);
	PQconninfoFree(given);
	PQconninfoFree(defaults);
	return status;
}

/* What the server notices is no matter of ours. */
static void ignore_notice(void *none, const char *message)
{
	(void)none, (void)message;
}

enum status reach_connect(const char *place, bool remote, struct pg_conn **ret, struct error *err)
{
	static const char *const keywords[] = {"connect_timeout", "fallback_application_name", "client_encoding", "dbname", NULL};
	const char *const values[] = {"10", "airgap-verify fleet", "UTF8", place, NULL};
	enum status status = remote ? OK : reach_is_here(place, err);
	*ret = NULL;
	if (status)
		return status;
	PGconn *c = PQconnectdbParams(keywords, values, 1);
	*ret = c;
	if (PQstatus(c) != CONNECTION_OK) {
		const char *said = PQerrorMessage(c);
		return fail(err, ERR_UNAVAILABLE, "no connection: %.*s", (int)strcspn(said, "\n"), said);
	}
	PQsetNoticeProcessor(c, ignore_notice, NULL);
	return OK;
}

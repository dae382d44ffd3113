/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_POSTURE_POSTURE_H
#define INGEST_POSTURE_POSTURE_H

/*
 * What the parsers of settings have in common: each gets the text of one record of
 * posture.ndjson and names what stands in it. Nothing is judged here.
 */

#include "core/text.h"
#include "ingest/reader.h"

enum {
	POSTURE_FACTS_MAX = 20000, /* of one record, rules and listeners too */
	POSTURE_ALL_MAX = 50000,   /* of all records of a file: what asks them may not take for ever */
	POSTURE_DOUBTS_MAX = 100,  /* of one record; one is enough for a check */
	POSTURE_NAME_MAX = 1024,   /* of a name made of several */
	POSTURE_VALUE_MAX = 4096,  /* of a value that is kept; a longer one is cut */
	POSTURE_LINE_MAX = 16384,  /* of a line that is read */
};

/* A record at hand. */
struct posture {
	struct ingest *to;   /* not owned */
	uint64_t record;     /* its number, from 1 */
	struct slice what;   /* as the collector named it */
	struct slice example; /* of the record, for what cannot be read */
	unsigned facts, doubts;
	unsigned *all;       /* facts of all records so far; NULL: nobody counts */
};

/* Room for one more fact of the record? Where there is none, that becomes a doubt. */
enum status posture_count(struct posture *p, bool *ret_room, struct error *err) MUST_CHECK;

typedef enum status posture_fn(struct posture *p, struct slice text, struct error *err);

/* A fact: "telemetry.telemetryLevel", "off". A value that is a URL or a host, alone or
 * with a port, is kept with where it leads (posture_reach()). */
enum status posture_fact(struct posture *p, struct slice name, struct slice value,
			 struct error *err) MUST_CHECK;

/* Something that the parser does not understand, in words: a check that rests on the
 * record then says that it could not tell. */
enum status posture_unsure(struct posture *p, const char *why, struct slice example,
			   struct error *err) MUST_CHECK;

/* Who listens. `address` is as the tool wrote it; `pid` -1: not told. */
struct posture_listener {
	const char *proto;
	struct slice address, process;
	int64_t port, pid;
};

enum status posture_listener(struct posture *p, const struct posture_listener *l,
			     struct error *err) MUST_CHECK;

/* Where a URL, an address or "localhost", with or without a port, leads: a class of
 * core/address.h, "any" for the unspecified address, "name" for any other host in a
 * URL, "doubtful" where clients disagree (place.h); NULL where it is none of these. */
const char *posture_reach(struct slice value);

/* Parsers, by the form of the text. */
posture_fn posture_json,   /* JSON with comments and trailing commas, as paths "a.b.0.c" */
	posture_yaml,      /* scalars of block mappings and sequences, as such paths */
	posture_toml,      /* scalars */
	posture_assign,    /* NAME=VALUE lines: environment, shell, systemd units */
	posture_words,     /* the first word of a line is the name, the rest the value */
	posture_prefs,     /* user_pref("name", value); */
	posture_hosts,     /* hosts(5): a name and its address */
	posture_addresses, /* each address in it is a "server" */
	posture_route4, posture_route6, /* "default" with the interface */
	posture_listeners, /* ss -Htulnp */
	posture_nft, posture_iptables, posture_ip6tables, posture_ufw_status, posture_ufw_rules,
	posture_ufw_rules6, posture_direct, posture_firewalld, posture_pf, posture_netsh;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_PURPOSE_H
#define ANALYSIS_PURPOSE_H

/*
 * What a connection was for: its name, by the best that tells one, its program and those
 * above it, and the rule that decides from them. What no rule knows is unclassified.
 */

#include "analysis/endpoints.h"
#include "analysis/program.h"
#include "core/address.h"

enum { PURPOSE_NAME_MAX = 1024, PURPOSE_HOW_MAX = 32 };

/* While a store is judged. */
struct purposes {
	struct store *store;       /* not owned, like the others */
	struct endpoints *rules;
	struct lineages *lineages;
	bool answers;              /* there is any that an address could be named by */
	bool names;                /* any packet tells a name */
};

struct purpose_name {
	char name[PURPOSE_NAME_MAX], how[PURPOSE_HOW_MAX]; /* "" where there is none */
	char path[ENDPOINT_FIELD_MAX];
	bool shared; /* its address was taken for other names too */
};

/* What is asked of one connection. */
struct purpose_asked {
	int64_t flow;        /* its own; 0: none is known */
	const char *dst;
	int64_t port;        /* -1: none */
	int64_t time_ns;
	bool local;
	const struct lineage *line;
};

struct purpose {
	const char *vector, *confidence, *browser;
	struct slice rule; /* empty: none decided */
};

/* The name of a connection: that in its own packets, that of the last lookup of its address
 * which had not run out, or that in other packets to the same place. */
enum status purpose_find_name(struct purposes *p, const struct purpose_asked *asked, struct purpose_name *ret,
			      struct error *err) MUST_CHECK;

/* By that name, and all the rest. */
struct purpose purpose_of(const struct purposes *p, const struct purpose_asked *asked, const struct purpose_name *name);

/* Binds vector, rule and confidence from `at` on. */
void purpose_bind(sqlite3_stmt *q, int at, const struct purpose *purpose);

/* Binds those, the name and how it is known, and the kind of browser. */
void purpose_bind_all(sqlite3_stmt *q, int at, const struct purpose *purpose, const struct purpose_name *name);

/* The rows of a store that no attempt of the session stands for: flows, lookups, entries
 * of logs. */
enum status purpose_of_flows(struct purposes *p, struct error *err) MUST_CHECK;
enum status purpose_of_lookups(struct purposes *p, struct error *err) MUST_CHECK;
enum status purpose_of_logs(struct purposes *p, struct error *err) MUST_CHECK;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_FACTS_H
#define REPORT_FACTS_H

/*
 * What every document says of a session: verdict, window, who and where, and the
 * counts. Read once; the lists are read by their sections.
 */

#include "core/arena.h"
#include "core/store.h"
#include "report/form.h"

enum fact {
	FACT_ID,
	FACT_HOST,
	FACT_OS,
	FACT_SYSTEM,
	FACT_KERNEL,
	FACT_MACHINE,
	FACT_USER,
	FACT_UID,
	FACT_THROUGH,
	FACT_TIER,
	FACT_SCOPE,
	FACT_COMMAND,
	FACT_COMMAND_STATUS,
	FACT_COMMAND_PROBLEM,
	FACT_COMMAND_ENDED,
	FACT_WATCHED_PID,
	FACT_CLOSE_REASON,
	FACT_STARTED,
	FACT_WATCH_FROM,
	FACT_WATCH_TO,
	FACT_CLOCK_SYNCHRONISED,
	FACT_CLOCK_SOURCE,
	FACT_CLOCK_OFFSET,
	FACT_CLOCK_MAXIMUM_ERROR,
	FACT_COLLECTOR_VERSION,
	FACT_COLLECTOR_SHA256,
	FACT_POLICY_SHA256,
	FACT_POLICY,
	FACT_FRAMEWORKS,
	FACT_ORGANISATION, /* see organisation.h */
	FACT_MARKING,
	FACT_PAPER,
	FACT_RETENTION, /* years */
	FACT_COUNT
};

/* In the order of the columns of report_counts.sql. */
enum count {
	COUNT_PROCESSES,
	COUNT_ATTEMPTS,
	COUNT_LOCAL,
	COUNT_LEAVING,
	COUNT_ALLOWED, /* of those leaving: what the policy allows */
	COUNT_UNKNOWN, /* the destination is not known: raw and packet sockets */
	COUNT_POINTED, /* UDP sockets that named another machine and sent nothing */
	COUNT_OTHERS,  /* attempts to leave of programs outside the session */
	COUNT_LOOKUPS,
	COUNT_LOOKUPS_LOCAL,
	COUNT_LOOKUPS_LEAVING,
	COUNT_LOOKUPS_OTHERS, /* that left, of programs outside the session */
	COUNT_LOOKUPS_TOLD,   /* findings that a lookup of the session left */
	COUNT_FLOWS,
	COUNT_FLOWS_LEAVING,
	COUNT_FLOWS_UNEXPLAINED,
	COUNT_PACKETS,
	COUNT_FAILING,
	COUNT_UNDECIDED,
	COUNT_FINDINGS,
	COUNT_SKIPPED,
	COUNT_CANARIES,
	COUNT_ARTIFACTS,
	COUNT_APP_EVENTS,
	COUNT_APP_LOGS,
	COUNT_COUNT
};

struct facts {
	struct arena *arena;           /* owned; holds the texts */
	const char *value[FACT_COUNT]; /* as recorded, not fit for a page; "" where absent */
	const char *verdict, *scope, *summary;
	const char *frameworks;        /* whose controls are told of, with commas; "": none */
	const struct reviews *reviews; /* of this database, as the form tells; never NULL */
	const char *accepted;          /* who accepted it and when, fit for a page; "": nobody, or not any more */
	bool judged;             /* false: no verdict in the database */
	int64_t from_ns, to_ns;  /* the window of the verdict, else of the watch; 0: not known */
	int64_t count[COUNT_COUNT];
};

/* `form`: NULL for what the policy says; else what it points to must outlive `ret`.
 * facts_free() also after a failure. */
enum status facts_read(struct store *store, const struct report_form *form, struct facts *ret, struct error *err) MUST_CHECK;
void facts_free(struct facts *f);

/* The name of a count, for programs. */
const char *facts_count_name(enum count count);

/* A fact that is a number; `otherwise` where it is absent or none. */
int64_t facts_number(const struct facts *f, enum fact fact, int64_t otherwise);

/* What a report must say of every session, PASS or not: what the watching cannot
 * see and what the verdict does not mean. Ends with NULL. */
extern const char *const facts_limits[];

#define AUTO_FACTS __attribute__((cleanup(facts_free)))

#endif

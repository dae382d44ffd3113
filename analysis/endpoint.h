/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_ENDPOINT_H
#define ANALYSIS_ENDPOINT_H

/*
 * What a connection is for, by rules: one line of schema/endpoints.tsv, or of a file of
 * the site's own, each (airgap-verify-formats(5)). A rule holds where everything holds
 * that it names; of several the one that names most decides, its host first.
 */

#include "core/cursor.h"
#include "core/error.h"

enum {
	ENDPOINT_TEXT_MAX = 1 << 20, /* of a file */
	ENDPOINT_LINES_MAX = 8192,
	ENDPOINT_FIELD_MAX = 200,    /* bytes of one, but for the off switch */
	ENDPOINT_OFF_MAX = 500,
	ENDPOINT_RULE_MAX = 48,
	ENDPOINT_WORDS_MAX = 16,     /* programs of one rule */
};

enum endpoint_host { ENDPOINT_ANY, ENDPOINT_LOCAL, ENDPOINT_NAMED };

/* All in the text that it was read from, which must outlive it; what is "-" there is empty. */
struct endpoint {
	enum endpoint_host where;
	struct slice rule, product, suffix, process, path, vector, confidence, off_switch;
	unsigned port; /* 0: any */
};

/* What is known of a connection. */
struct endpoint_asked {
	struct slice host;      /* a name; empty: none is known */
	struct slice path;      /* of the request; empty: not seen */
	unsigned port;          /* 0: not known, so that any would do */
	bool local;             /* it goes to this machine itself */
	const char *browser;    /* "webview", "browser", or NULL (program.h) */
	const struct slice *programs; /* names of the process and those above it, as program_name() has them */
	size_t program_count;
};

/* Reads a line. False where it breaks the format: `ret_column` (from 1) and `ret_why` (a
 * constant) say how. */
bool endpoint_read(struct slice line, struct endpoint *ret, unsigned *ret_column, const char **ret_why);

/* The first line of every such file. */
extern const char endpoint_heading[];

/* How much of what is asked the rule names; 0 where it does not hold. */
uint32_t endpoint_rank(const struct endpoint *e, const struct endpoint_asked *asked);

/* The vector of a host name and port, by the rules that are built in and name no program:
 * "telemetry", …; "unclassified" where nothing is known. `name` may be "". */
const char *endpoint_vector(const char *name, unsigned port);

/* Steps through the rules with a host name that are built in; false at the end. Start with
 * *at = 0. */
bool endpoint_next(size_t *at, struct endpoint *ret);

/* The vectors that a rule may name; "unclassified", what no rule knows, stands behind them. */
struct endpoint_vector {
	const char *name, *about;
};

extern const struct endpoint_vector endpoint_vectors[];
extern const size_t endpoint_vector_count;

/* The word of ours that is the same; NULL where it is no vector of a rule. */
const char *endpoint_vector_name(struct slice word);

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POLICY_H
#define ANALYSIS_POLICY_H

/*
 * What a site decides about a session: one INI text (policy.ini(5)).
 *
 *   [policy]
 *   scope = session
 *   required = kernel, packets
 *
 *   [allow 192.0.2.10:443/tcp]
 *   reason = the licence server of the building
 *
 * Without a text everything has its default; a key or section that is not known
 * here is an error, because a rule that is not understood must not be passed over.
 */

#include "analysis/policy_audit.h"
#include "analysis/policy_bench.h"
#include "analysis/policy_challenge.h"
#include "analysis/policy_seal.h"
#include "analysis/policy_signing.h"
#include "core/address.h"
#include "core/carry.h"
#include "core/error.h"
#include "core/tier.h"

enum {
	POLICY_TEXT_MAX = 1 << 20,
	POLICY_ALLOW_MAX = 256,
	POLICY_VALUE_MAX = 256,
	POLICY_WITNESSES_MAX = 8,
	POLICY_FIELDS_MAX = 16,
	POLICY_RETENTION = 6, /* years, where it says none */
	POLICY_RETENTION_MAX = 100,
};

/* A destination that may be reached; the reason is printed in the report. */
struct policy_allow {
	char destination[POLICY_VALUE_MAX]; /* as it was written */
	struct address_range range;
	uint16_t port;      /* 0: any */
	char proto[8];      /* "": any */
	char reason[POLICY_VALUE_MAX];
};

struct policy_field {
	char name[POLICY_VALUE_MAX], value[POLICY_VALUE_MAX];
};

struct policy {
	bool host;                /* scope: every process of the machine, not only the session's */
	bool stopped_is_fail;     /* an attempt that was stopped still counts as egress */
	bool log_required;        /* a session without an application log proves nothing here */
	bool payload;             /* keep whole packets */
	uint64_t rotate_bytes;    /* [capture]: from which size on it goes on in another file; 0: never */
	int64_t rotate_ns;        /* or after which time */
	bool letter;              /* paper of the reports: US Letter, not A4 */
	unsigned retention_years; /* how long the evidence is to be kept */
	unsigned unread_percent;  /* share of a log's lines that may be unreadable */
	char frameworks[POLICY_VALUE_MAX]; /* whose controls the reports tell of, with commas; "": none */
	char required[POLICY_WITNESSES_MAX][16];
	size_t required_count;
	bool required_given;      /* else what the tier of the session can give is required */
	enum watch_tier tier;     /* how a session is to be witnessed */
	struct carry carry[CARRY_MAX]; /* [isolate]: servers that an isolated session may reach */
	size_t carry_count;
	struct policy_allow allow[POLICY_ALLOW_MAX];
	size_t allow_count;
	struct policy_field fields[POLICY_FIELDS_MAX]; /* [organisation], for the reports */
	size_t field_count;
	char past[4096]; /* where earlier sessions lie; "": beside the session; "none": nobody looks */
	struct policy_signing signing; /* [signing] */
	struct policy_seal seal; /* [seal] */
	struct challenge challenge; /* [challenge] and [claim …] */
	struct policy_bench bench; /* [bench] */
	struct policy_audit audit; /* [audit] */
};

/* Reads a policy; `name` is for messages, which tell the line. Fails with
 * ERR_CONFIG. An empty text is the default policy. */
enum status policy_parse(const char *text, const char *name, struct policy *ret,
			 struct error *err) MUST_CHECK;

/* Reads what stands behind "allow" in the name of a section; the reason is left out. */
enum status policy_destination(struct slice text, struct policy_allow *ret,
			       struct error *err) MUST_CHECK;

/* The field of [organisation] with that name; "" where there is none. */
const char *policy_field(const struct policy *p, const char *name);

/* The rule that allows a destination; NULL where none does. */
const struct policy_allow *policy_allows(const struct policy *p, const struct address *dst,
					 unsigned port, const char *proto);

#endif

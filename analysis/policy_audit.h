/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ANALYSIS_POLICY_AUDIT_H
#define ANALYSIS_POLICY_AUDIT_H

/*
 * [audit] of a policy: how long a scheduled audit watches and what, whose logs it keeps,
 * what it compares with, and what it leaves lying.
 */

#include "core/error.h"

#include <stdint.h>

enum {
	POLICY_AUDIT_VALUES = 32, /* of one list */
	POLICY_AUDIT_VALUE_MAX = 512,
	POLICY_AUDIT_COMMAND_MAX = 4096,
	POLICY_AUDIT_PAST_MAX = 100,
};

/* What a list is of; the keys are called so too. */
enum policy_audit_list {
	POLICY_AUDIT_LOGS,   /* NAME=FILE: read on from where the last audit stopped */
	POLICY_AUDIT_APP_LOGS, /* the same, and held against what is seen while it watches */
	POLICY_AUDIT_EXE,    /* the running programs that are watched: by the path of their file, */
	POLICY_AUDIT_UNIT,   /* by the unit of systemd that they belong to, */
	POLICY_AUDIT_USER,   /* by whom they belong to, */
	POLICY_AUDIT_CGROUP, /* and by their control group; all lists empty: the whole machine */
	POLICY_AUDIT_APP,    /* whose known logs are kept (list apps) */
	POLICY_AUDIT_HOLD,   /* patterns of names that are never deleted */
	POLICY_AUDIT_LISTS
};

struct policy_audit {
	int64_t duration_ns; /* 10 minutes */
	int64_t every_ns;    /* 24 hours */
	unsigned past;       /* with how many audits this one is compared: 30 */
	unsigned keep;       /* session folders that stay though their bundle is verified: 30 */
	uint64_t budget;     /* bytes of all that audits leave: 20 GiB */
	char lists[POLICY_AUDIT_LISTS][POLICY_AUDIT_VALUES][POLICY_AUDIT_VALUE_MAX];
	size_t counts[POLICY_AUDIT_LISTS];
	char notify[POLICY_AUDIT_COMMAND_MAX];      /* a program that is told of each audit; "": none */
	char notify_file[POLICY_AUDIT_COMMAND_MAX]; /* a file to which a line is added; "": none */
	unsigned given; /* a bit for each key that may stand once */
};

void policy_audit_defaults(struct policy_audit *a);

/* One key of [audit]; a list may be given in several lines. Fails with ERR_CONFIG. */
enum status policy_audit_set(struct policy_audit *a, const char *key, const char *value, struct error *err) MUST_CHECK;

#endif

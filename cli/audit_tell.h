/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_AUDIT_TELL_H
#define CLI_AUDIT_TELL_H

/*
 * What came of an audit, for whoever waits for it: a line, a JSON object, a program or a file
 * that the policy names. Nothing is sent.
 */

#include "analysis/policy_audit.h"
#include "analysis/verdict.h"
#include "core/store.h"
#include "core/text.h"

enum { AUDIT_CHANGES_MAX = 64, AUDIT_CHANGE_TEXT = 1024 };

struct audit_told {
	bool judged;           /* else `trouble` says why there is no verdict */
	enum verdict verdict;
	int exit_status;
	char trouble[AUDIT_CHANGE_TEXT];
	char host[256], id[64], folder[4096], bundle[4096]; /* bundle "": none */
	char scope[16];        /* "host", "apps" */
	int64_t began_ns, ended_ns, next_ns;
	int64_t failing, undecided; /* findings */
	char reason[AUDIT_CHANGE_TEXT]; /* the title of the first that makes the verdict; "": none does */
	int64_t reason_effect;
	struct {
		char check[64], title[AUDIT_CHANGE_TEXT];
	} changes[AUDIT_CHANGES_MAX]; /* what is new beside the last audits */
	size_t change_count;
	unsigned deleted, unverified; /* what retention did */
	bool tight;            /* four fifths of the budget are used */
	bool disk_tight;       /* the disk has room for `nights` more, which is few */
	uint64_t nights;
};

/* The findings of an audit's database. */
enum status audit_tell_read(struct store *store, struct audit_told *ret, struct error *err) MUST_CHECK;

/* One line without its LF: "FAIL on HOST: 2 failing, 0 open (the first of them); new: new_listener; …/bundles/….zip". Foreign
 * text is made printable. */
void audit_tell_line(const struct audit_told *t, struct text *ret);
void audit_tell_json(const struct audit_told *t, struct text *ret);

/* Adds the line to the file, and runs the program: with the JSON on its standard input, and
 * AIRGAP_VERDICT, AIRGAP_EXIT, AIRGAP_HOST, AIRGAP_FOLDER, AIRGAP_BUNDLE and AIRGAP_CHANGES (ids
 * of checks, with blanks between) in its environment, by no shell; after 30 s it is ended. Fails
 * where one of them did, and tells of both where both did; the audit stands all the same. */
enum status audit_tell_notify(const struct policy_audit *a, const struct audit_told *t, struct error *err) MUST_CHECK;

#endif

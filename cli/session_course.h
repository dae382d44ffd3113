/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CLI_SESSION_COURSE_H
#define CLI_SESSION_COURSE_H

/*
 * A session from the fork of its collector to its seal: what `session` does with a command
 * of the user's, and `bench` with itself.
 */

#include "analysis/endpoints.h"
#include "analysis/frameworks.h"
#include "cli/arguments.h"
#include "cli/finish.h"
#include "cli/folder.h"
#include "cli/logs.h"

/* What the site says of logs, of endpoints and of controls; read before a command could write to it. */
struct session_site {
	struct logs formats;
	struct endpoints *rules; /* owned; NULL: those that are built in */
	struct frameworks *controls; /* owned, likewise; set before a session begins */
};
void session_site_free(struct session_site *s);

struct session_order {
	const struct folder *folder;
	const char *const *options; /* of airgap-collect */
	size_t option_count;
	char **command; /* NULL-terminated; NULL: none */
	const char *policy, *key, *certificate; /* files; NULL: where they usually are */
	const char *passphrase_file; /* NULL: the environment's, or asked */
	const char *tier; /* as it was asked for; NULL: the policy tells */
	const struct session_site *site;
	bool host, payload, keep_formats;
	bool quiet, json, verbose;
	bool untold; /* the caller prints what came of it */
	/* Puts more into the folder when the collector is done and nothing was read yet; NULL: nothing. */
	enum status (*beside)(void *to, int folder, struct error *err);
	void *to;
};

struct session_result {
	bool judged; /* else the collector itself failed: `status` is its own, and it has said why */
	int status;  /* for the exit: what the contract says of a session */
	enum verdict verdict;
	bool command_known;
	int command; /* its wait status */
};

/* Gives this process's privileges up. Fails where nothing could be judged; what was
 * recorded stays. */
enum status session_course(const struct session_order *o, struct session_result *ret, struct error *err) MUST_CHECK;

#endif

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/tsa.h"

#include "cli/policy_file.h"
#include "core/file.h"
#include "report/seal_stamp.h"

#include <fcntl.h>
#include <stdlib.h>

enum { ASK_MS = 15000 };

static bool take(void *context, struct slice bytes, int64_t at_ns)
{
	struct text *reply = context;
	(void)at_ns;
	text_add(reply, bytes);
	return !reply->overflow;
}

static enum status ask(const void *from, struct slice query, struct text *ret, struct error *err)
{
	const struct tsa *t = from;
	struct http *http = NULL;
	struct http_answer answer;
	char place[HTTP_URL_MAX];
	const struct http_request request = {
		.path = t->place.path[0] ? t->place.path : "/",
		.body = query,
		.type = "application/timestamp-query",
		.timeout_ms = ASK_MS,
		.take = take,
		.context = ret,
	};
	http_place_text(&t->place, place);
	enum status status = http_open(&t->place, &http, err);
	if (status)
		return status;
	http_ask(http, &request, &answer);
	if (ret->overflow)
		status = fail(err, ERR_LIMIT, "%s: a reply of more than %d bytes", place, TIMESTAMP_REPLY_MAX);
	else if (answer.end != HTTP_DONE)
		status = fail(err, ERR_UNAVAILABLE, "%s: %s", place, answer.detail);
	else if (answer.status != 200)
		status = fail(err, ERR_UNAVAILABLE, "%s: it answers with HTTP status %u", place, answer.status);
	http_answer_free(&answer);
	http_close(http);
	return status;
}

enum status tsa_open(const char *url, const char *ca_file, struct tsa *ret, struct error *err)
{
	*ret = (struct tsa){.authorities = text_make(SEAL_TSA_MAX)};
	bool url_given = url && *url, ca_given = ca_file && *ca_file;
	if (url_given != ca_given)
		return fail(err, ERR_CONFIG, "a time-stamping authority and those who vouch for it go together (tsa and tsa_ca in [signing] "
					     "of the policy, or --tsa and --tsa-ca)");
	if (!url_given)
		return OK;
	struct error why = {0};
	if (http_place_parse(url, &ret->place, &why))
		return fail(err, ERR_CONFIG, "tsa: %s", why.text);
	enum status status = file_read(AT_FDCWD, ca_file, SEAL_TSA_MAX, &ret->authorities, err);
	if (status)
		return fail_in(err, "tsa_ca");
	ret->source = (struct timestamp_source){ask, ret, text_slice(&ret->authorities)};
	ret->named = true;
	return OK;
}

enum status tsa_of_policy(const struct policy *policy, struct tsa *ret, struct error *err)
{
	*ret = (struct tsa){.named = false};
	if (policy)
		return tsa_open(policy->signing.tsa, policy->signing.tsa_ca, ret, err);
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	struct policy *own = must_alloc(1, sizeof *own);
	enum status status = policy_file_load(NULL, &text, own, err);
	if (!status)
		status = tsa_open(own->signing.tsa, own->signing.tsa_ca, ret, err);
	free(own);
	return status;
}

void tsa_close(struct tsa *t)
{
	text_free(&t->authorities);
	*t = (struct tsa){.named = false};
}

const struct timestamp_source *tsa_source(const struct tsa *t)
{
	return t->named ? &t->source : NULL;
}

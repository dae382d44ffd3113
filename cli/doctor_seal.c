/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/doctor_seal.h"

#include "cli/policy_file.h"
#include "cli/signer.h"
#include "cli/tsa.h"
#include "core/clock.h"
#include "report/certificate.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ANSWER_MS = 2000 };

struct found {
	char key[ERROR_TEXT_MAX]; /* in words */
	bool named, stamps;	  /* an authority; it would do */
	char stamp[ERROR_TEXT_MAX], remedy[ERROR_TEXT_MAX];
};

/* Words, or NULL where nothing is wrong with it. */
static const char *certificate_wrong(const char *path)
{
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	struct error ignored = {0};
	AUTO_CERTIFICATE struct certificate c = {0};
	if (file_read(AT_FDCWD, path, CERTIFICATE_PEM_MAX, &pem, &ignored))
		return "cannot be read";
	const char *wrong = certificate_read_pem(text_slice(&pem), &c);
	return wrong ? wrong : certificate_validity(&c, clock_now().wall_ns);
}

static void look_at_files(const char *key, const char *certificate, const char *whose, struct found *f)
{
	bool there = access(key, F_OK) == 0;
	const char *wrong = there && access(key, R_OK) == 0 ? certificate_wrong(certificate) : NULL;
	if (!there)
		snprintf(f->key, sizeof f->key, "%s: %s is not there", whose, key);
	else if (access(key, R_OK) != 0)
		snprintf(f->key, sizeof f->key, "there, but not readable: %s", key);
	else if (wrong)
		snprintf(f->key, sizeof f->key, "there, but its certificate (%s) %s", certificate, wrong);
	else
		snprintf(f->key, sizeof f->key, "there (%s)", whose);
}

static void look_at_key(const struct policy_signing *policy, struct found *f)
{
	char key[FILE_PATH_MAX], certificate[FILE_PATH_MAX];
	if (slice_starts(slice_of_string(policy->key), "pkcs11:"))
		snprintf(f->key, sizeof f->key, "on a token that the policy names, which was not asked: %s", policy->key);
	else if (policy->key[0])
		look_at_files(policy->key, policy->certificate, "that of the policy", f);
	else if (!signer_paths(key, certificate))
		snprintf(f->key, sizeof f->key, "no home folder: each session would be signed with a key of its own");
	else if (access(key, F_OK) != 0)
		snprintf(f->key, sizeof f->key, "none yet: the first session makes one");
	else
		look_at_files(key, certificate, "your own", f);
}

static bool take(void *context, struct slice bytes, int64_t at_ns)
{
	(void)context, (void)bytes, (void)at_ns;
	return true;
}

/* Whatever it answers to a question that is none, it listens. */
static bool is_reached(const struct http_place *place, struct found *f)
{
	struct http *http = NULL;
	struct error err = {0};
	struct http_answer answer;
	const struct http_request request = {.path = place->path[0] ? place->path : "/", .timeout_ms = ANSWER_MS, .take = take};
	if (http_open(place, &http, &err)) {
		snprintf(f->stamp, sizeof f->stamp, "%s", err.text);
		return false;
	}
	http_ask(http, &request, &answer);
	bool reached = answer.end == HTTP_DONE || answer.status;
	if (!reached)
		snprintf(f->stamp, sizeof f->stamp, "%s", answer.detail);
	http_answer_free(&answer);
	http_close(http);
	return reached;
}

static void look_at_authority(const struct policy *policy, struct found *f)
{
	AUTO_TSA struct tsa tsa = {.named = false};
	char place[HTTP_URL_MAX];
	struct error err = {0};
	f->named = policy->signing.tsa[0] || policy->signing.tsa_ca[0];
	if (!f->named) {
		snprintf(f->stamp, sizeof f->stamp, "the policy names no authority ([signing] tsa): each time is this machine's own");
		return;
	}
	if (tsa_open(policy->signing.tsa, policy->signing.tsa_ca, &tsa, &err)) {
		snprintf(f->stamp, sizeof f->stamp, "%s", err.text);
		snprintf(f->remedy, sizeof f->remedy, "mend [signing] of the policy: no session begins with it as it is");
		return;
	}
	const char *wrong = certificate_any_valid(text_slice(&tsa.authorities), clock_now().wall_ns);
	http_place_text(&tsa.place, place);
	if (wrong) {
		snprintf(f->stamp, sizeof f->stamp, "tsa_ca (%.200s): no certificate that would do: the last one %s", policy->signing.tsa_ca, wrong);
		snprintf(f->remedy, sizeof f->remedy, "the certificate of who vouches for the authority, as it is now");
	} else if (!is_reached(&tsa.place, f)) {
		snprintf(f->remedy, sizeof f->remedy, "start what listens at %s: without it seals have no stamp, and no bundle is made", place);
	} else {
		f->stamps = true;
		snprintf(f->stamp, sizeof f->stamp, "somebody answers at %s", place);
	}
}

/* The caller frees it. */
static struct found *look(void)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	struct found *f = must_alloc(1, sizeof *f);
	struct policy *policy = must_alloc(1, sizeof *policy);
	struct error err = {0};
	if (policy_file_load(NULL, &text, policy, &err)) {
		snprintf(f->key, sizeof f->key, "%s", err.text);
		snprintf(f->stamp, sizeof f->stamp, "the policy cannot be read");
	} else {
		look_at_key(&policy->signing, f);
		look_at_authority(policy, f);
	}
	free(policy);
	return f;
}

void doctor_seal_text(struct text *t)
{
	struct found *f = look();
	text_addf(t, "%-20s %s\n", "signing key", f->key);
	text_addf(t, "%-20s %s%s\n", "time stamps", f->named && !f->stamps ? "do not work: " : "", f->stamp);
	if (f->remedy[0])
		text_addf(t, "%-20s → %s\n", "", f->remedy);
	free(f);
}

void doctor_seal_json(struct json *j)
{
	struct found *f = look();
	json_add_string(j, "signing_key", f->key);
	json_begin_object(j, "time_stamp");
	json_add_bool(j, "named", f->named);
	json_add_bool(j, "works", f->stamps);
	json_add_string(j, "detail", f->stamp);
	json_add_string(j, "remedy", f->remedy);
	json_end_object(j);
	free(f);
}

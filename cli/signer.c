/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/signer.h"

#include "cli/config.h"
#include "cli/passphrase.h"
#include "cli/policy_file.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/privilege.h"
#include "report/certificate.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

enum { LOCK_TURNS = 200, LOCK_TURN_MS = 10 };

bool signer_paths(char ret_key[static FILE_PATH_MAX], char ret_certificate[static FILE_PATH_MAX])
{
	return config_path("signing.key", ret_key) && config_path("signing.crt", ret_certificate);
}

void signer_subject(char ret[static SIGNING_SUBJECT_MAX + 1])
{
	char host[256] = "";
	struct invoker who;
	const char *name = privilege_invoker(&who, NULL) ? "somebody" : who.name;
	gethostname(host, sizeof host - 1);
	snprintf(ret, SIGNING_SUBJECT_MAX + 1, "%.31s@%.31s", name, host);
}

void signer_fingerprint(const char *certificate, char ret[static HASH_TEXT_MAX])
{
	char own_key[FILE_PATH_MAX], own[FILE_PATH_MAX];
	struct error ignored = {0};
	AUTO_CERTIFICATE struct certificate c = {0};
	AUTO_TEXT struct text pem = text_make(CERTIFICATE_PEM_MAX);
	ret[0] = 0;
	if (!certificate || !*certificate)
		certificate = signer_paths(own_key, own) ? own : NULL;
	if (certificate && !file_read(AT_FDCWD, certificate, CERTIFICATE_PEM_MAX, &pem, &ignored) && !certificate_read_pem(text_slice(&pem), &c))
		hash_text(c.fingerprint, ret);
}

static enum status make(const char *key, const char *certificate, struct signing **ret,
			struct error *err)
{
	char subject[SIGNING_SUBJECT_MAX + 1];
	signer_subject(subject);
	enum status status = signing_generate(PUBLIC_KEY_P256, subject, clock_now().wall_ns, ret, err);
	if (status || !key)
		return status;
	status = config_make(err);
	return status ? status : signing_save(*ret, key, certificate, NULL, err);
}

/* Of several that begin at the same time one makes the key, and none reads the half of it. The lock, which
 * ends when this is closed, is waited for no longer than making takes: a program of the same user might
 * hold it for ever. */
static int lock_place(void)
{
	char folder[FILE_PATH_MAX];
	struct error ignored;
	if (!config_path(".", folder) || config_make(&ignored))
		return -1;
	int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	for (int turn = 0; fd >= 0 && turn < LOCK_TURNS && flock(fd, LOCK_EX | LOCK_NB) != 0; turn++)
		poll(NULL, 0, LOCK_TURN_MS);
	return fd;
}

static enum status load_or_make(const char *key, const char *certificate, const struct signing_passphrase *passphrase,
				struct signing **ret, bool *ret_made, struct error *err)
{
	if (access(key, F_OK) == 0 || access(certificate, F_OK) == 0)
		return signing_load(key, certificate, passphrase, clock_now().wall_ns, ret, err);
	enum status status = make(key, certificate, ret, err);
	*ret_made = !status;
	if (!status || access(key, F_OK) != 0)
		return status;
	signing_free(*ret);
	*ret = NULL;
	return signing_load(key, certificate, passphrase, clock_now().wall_ns, ret, err);
}

/* The key and the certificate that were named; "": the user's own. */
struct choice {
	char key[POLICY_SIGNING_MAX], certificate[POLICY_SIGNING_MAX];
};

static enum status take_named(const char *key, const char *certificate, struct choice *ret, struct error *err)
{
	if (!slice_to_string(slice_of_string(key ? key : ""), ret->key, sizeof ret->key) ||
	    !slice_to_string(slice_of_string(certificate ? certificate : ""), ret->certificate, sizeof ret->certificate))
		return fail(err, ERR_USAGE, "the name of a signing key or its certificate is longer than %d bytes", POLICY_SIGNING_MAX - 1);
	if (!ret->key[0] == !ret->certificate[0])
		return OK;
	return fail(err, ERR_USAGE, "a signing key and its certificate go together (--key and "
				    "--certificate, or both in [signing] of the policy)");
}

static enum status choose(const struct signer_named *named, struct choice *ret, struct error *err)
{
	const struct policy *policy = named->policy;
	if ((named->key && *named->key) || (named->certificate && *named->certificate))
		return take_named(named->key, named->certificate, ret, err);
	if (policy)
		return take_named(policy->signing.key, policy->signing.certificate, ret, err);
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	struct policy *own = must_alloc(1, sizeof *own);
	enum status status = policy_file_load(NULL, &text, own, err);
	if (!status)
		status = take_named(own->signing.key, own->signing.certificate, ret, err);
	free(own);
	return status;
}

enum status signer_check(const struct signer_named *named, struct error *err)
{
	AUTO_SIGNING struct signing *signing = NULL;
	char own_key[FILE_PATH_MAX], own_certificate[FILE_PATH_MAX];
	struct choice chosen;
	const struct signing_passphrase from = passphrase_from(named->passphrase_file);
	enum status status = choose(named, &chosen, err);
	if (status)
		return status;
	if (chosen.key[0])
		return signing_load(chosen.key, chosen.certificate, &from, clock_now().wall_ns, &signing, err);
	if (!signer_paths(own_key, own_certificate) || access(own_key, F_OK) != 0)
		return OK;
	return signing_load(own_key, own_certificate, &from, clock_now().wall_ns, &signing, err);
}

/* The user's own; made where it is missing and there is a place for it, else one of this run. */
static enum status get_own(const struct signing_passphrase *from, struct signing **ret, enum signer_origin *origin,
			   struct error *err)
{
	char key[FILE_PATH_MAX], certificate[FILE_PATH_MAX];
	struct error why = {0};
	if (signer_paths(key, certificate)) {
		bool made = false;
		int lock = lock_place();
		enum status status = load_or_make(key, certificate, from, ret, &made, &why);
		auto_close(&lock);
		*origin = made ? SIGNER_MADE : SIGNER_FOUND;
		if (!status)
			return OK;
		if (access(key, F_OK) == 0) {
			*err = why;
			return status; /* a key that is there but cannot be used is for its owner to mend */
		}
		signing_free(*ret);
		*ret = NULL;
	}
	*origin = SIGNER_ONCE;
	return make(NULL, NULL, ret, err);
}

enum status signer_get(const struct signer_named *named, struct signing **ret, enum signer_origin *ret_origin,
		       struct error *err)
{
	struct choice chosen;
	enum signer_origin origin = SIGNER_FOUND;
	const struct signing_passphrase from = passphrase_from(named->passphrase_file);
	enum status status = choose(named, &chosen, err);
	if (!status)
		status = chosen.key[0] ? signing_load(chosen.key, chosen.certificate, &from, clock_now().wall_ns, ret, err)
				       : get_own(&from, ret, &origin, err);
	if (ret_origin)
		*ret_origin = origin;
	return status;
}

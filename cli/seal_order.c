/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/seal_order.h"

#include "cli/signer.h"
#include "core/clock.h"
#include "report/pades.h"
#include "report/seal_stamp.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { NAME_MAX_SHOWN = 512 };

static void say(const struct seal_order *o, const char *text)
{
	if (!o->quiet)
		fprintf(stderr, "airgap-verify: %s\n", text);
}

/* The signature that a PDF reader shows; before the seal, which covers it. */
static enum status sign_report(const struct seal_order *o, const struct signing *signing,
			       const struct seal_facts *seal, const struct timestamp_source *stamp, struct error *err)
{
	char reason[64];
	AUTO_TEXT struct text name = text_make(NAME_MAX_SHOWN);
	snprintf(reason, sizeof reason, "%s as airgap-verify found it", seal->verdict);
	certificate_add_subject(signing_certificate(signing), &name);
	struct pades_facts facts = {
		.title = o->title,
		.reason = reason,
		.name = text_string(&name),
		.made_ns = seal->to_ns,
		.signed_ns = clock_now().wall_ns,
		.stamp = stamp,
	};
	struct error why = {0};
	enum status status = pades_sign_report(o->folder, signing, &facts, stamp ? &why : err);
	if (!status || !stamp)
		return status;
	say(o, why.text);
	say(o, "the signature in the PDF has no time stamp");
	facts.stamp = NULL;
	return pades_sign_report(o->folder, signing, &facts, err);
}

/* Without one the seal stands all the same, and whoever verifies it is told what it lacks. */
static void stamp_seal(const struct seal_order *o, const struct timestamp_source *stamp)
{
	struct timestamp said;
	struct error why = {0};
	if (!stamp || !seal_stamp(o->folder, stamp, clock_now().wall_ns, &said, &why))
		return;
	say(o, why.text);
	say(o, "the seal has no time stamp; airgap-verify timestamp asks anew");
}

enum status seal_signer_open(const struct seal_order *o, struct seal_signer *ret, struct error *err)
{
	const struct signer_named named = {o->policy, o->key, o->certificate, o->passphrase_file};
	enum signer_origin origin = SIGNER_FOUND;
	ret->signing = NULL;
	enum status status = tsa_of_policy(o->policy, &ret->tsa, err);
	if (!status)
		status = signer_get(&named, &ret->signing, &origin, err);
	if (status)
		return status;
	if (origin == SIGNER_MADE)
		say(o, "made a signing key for you (airgap-verify keygen --show tells its fingerprint)");
	if (origin == SIGNER_ONCE)
		say(o, "no place for a signing key of yours: signed with one of this run alone");
	return OK;
}

void seal_signer_close(struct seal_signer *s)
{
	signing_free(s->signing);
	tsa_close(&s->tsa);
	s->signing = NULL;
}

enum status seal_order_do(const struct seal_order *o, const struct seal_signer *signer, struct seal_facts *facts,
			  struct error *err)
{
	const struct timestamp_source *stamp = tsa_source(&signer->tsa);
	if (!stamp && faccessat(o->folder, SEAL_REPLY, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		say(o, "the time stamp was of the old seal and goes with it; airgap-verify timestamp gets one for the new");
	facts->now_ns = clock_now().wall_ns; /* a key that was made is not younger than what it signs */
	facts->stamp_follows = stamp;
	enum status status = sign_report(o, signer->signing, facts, stamp, err);
	if (!status)
		status = seal_folder(o->folder, signer->signing, facts, err);
	if (!status)
		stamp_seal(o, stamp);
	return status;
}

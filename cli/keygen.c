/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/command.h"
#include "cli/config.h"
#include "cli/passphrase.h"
#include "cli/signer.h"
#include "core/clock.h"
#include "core/json.h"
#include "report/signing_token.h"

#include <stdio.h>
#include <string.h>

struct settings {
	struct common common;
	const char *key, *certificate, *passphrase_file, *subject, *type;
	bool show, encrypt;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--key", 0, "FILE", ARGUMENT_TEXT, AT(key), "the key (~/.config/airgap-verify/signing.key), or pkcs11:… for one that a token has"},
	{"--certificate", 0, "FILE", ARGUMENT_TEXT, AT(certificate), "its certificate (…/signing.crt)"},
	{"--passphrase-file", 0, "FILE", ARGUMENT_TEXT, AT(passphrase_file),
	 "its first line is the passphrase that the key gets, or the PIN of its token"},
	{"--subject", 0, "NAME", ARGUMENT_TEXT, AT(subject), "whose it is (user@host)"},
	{"--type", 0, "TYPE", ARGUMENT_TEXT, AT(type), "p-256, or rsa-3072 for tools that know no curves (p-256)"},
	{"--encrypt", 0, NULL, ARGUMENT_FLAG, AT(encrypt), "with a passphrase, asked for or out of that file"},
	{"--show", 0, NULL, ARGUMENT_FLAG, AT(show), "make nothing; tell the fingerprint of the one there is"},
};

struct paths {
	char key[FILE_PATH_MAX], certificate[FILE_PATH_MAX];
};

static enum status choose(const struct settings *s, struct paths *ret, struct error *err)
{
	if (!s->key != !s->certificate)
		return fail(err, ERR_USAGE, "keygen: --key and --certificate go together");
	if (s->key) {
		if (!slice_to_string(slice_of_string(s->key), ret->key, sizeof ret->key) ||
		    !slice_to_string(slice_of_string(s->certificate), ret->certificate,
				     sizeof ret->certificate))
			return fail(err, ERR_USAGE, "keygen: too long a path");
		return OK;
	}
	if (!signer_paths(ret->key, ret->certificate))
		return fail(err, ERR_UNAVAILABLE, "keygen: there is no home folder; give --key and --certificate");
	return s->show ? OK : config_make(err);
}

static enum status make(const struct settings *s, const struct paths *p, struct signing **ret,
			struct error *err)
{
	char subject[SIGNING_SUBJECT_MAX + 1];
	const struct signing_passphrase passphrase = passphrase_from(s->passphrase_file);
	bool token = signing_token_is(p->key);
	bool encrypt = s->encrypt || s->passphrase_file; /* nobody names a passphrase for a key without one */
	enum public_key_kind kind = s->type && !strcmp(s->type, "rsa-3072") ? PUBLIC_KEY_RSA3072 : PUBLIC_KEY_P256;
	if (s->type && kind == PUBLIC_KEY_P256 && strcmp(s->type, "p-256") != 0)
		return fail(err, ERR_USAGE, "keygen: --type is p-256 or rsa-3072 (with Ed25519 OpenSSL 3.0 makes no CMS)");
	if (token && (s->type || s->encrypt))
		return fail(err, ERR_USAGE, "keygen: the key of a token is there already, and the certificate is made over it as it is: "
			    "leave out --type and --encrypt");
	signer_subject(subject);
	const char *name = s->subject ? s->subject : subject;
	enum status status = token ? signing_certify(p->key, &passphrase, name, clock_now().wall_ns, ret, err)
				   : signing_generate(kind, name, clock_now().wall_ns, ret, err);
	return status ? status : signing_save(*ret, p->key, p->certificate, encrypt ? &passphrase : NULL, err);
}

static void print(const struct settings *s, const struct paths *p, const struct signing *signing)
{
	char fingerprint[HASH_TEXT_MAX];
	AUTO_TEXT struct text out = text_make(1 << 16), subject = text_make(4096);
	signing_fingerprint(signing, fingerprint);
	certificate_add_subject(signing_certificate(signing), &subject);
	if (!s->common.json) {
		text_add_string(&out, "Key          ");
		text_add_printable(&out, slice_of_string(p->key), FILE_PATH_MAX);
		text_add_string(&out, "\nCertificate  ");
		text_add_printable(&out, slice_of_string(p->certificate), FILE_PATH_MAX);
		text_add_string(&out, "\nSubject      ");
		text_add_printable(&out, text_slice(&subject), 4096);
		text_addf(&out, "\nSHA-256      %s\n", fingerprint);
		if (!s->show)
			text_add_string(&out, "\nGive the fingerprint to whoever will check your sessions, by another way than\n"
					      "the sessions themselves: only so can they tell your seal from another's.\n");
		fputs(text_string(&out), stdout);
		return;
	}
	struct json j = json_on(&out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "key", p->key);
	json_add_string(&j, "certificate", p->certificate);
	json_add_slice(&j, "subject", text_slice(&subject));
	json_add_string(&j, "fingerprint", fingerprint);
	json_end_object(&j);
	printf("%s\n", text_string(&out));
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	struct paths p;
	size_t count, dashes;
	bool done;
	AUTO_SIGNING struct signing *signing = NULL;
	struct signing_passphrase passphrase;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count) {
		fail(err, ERR_USAGE, "keygen: \"%s\" is not an option", argv[0]);
		return 0;
	}
	if (s.show && (s.type || s.subject || s.encrypt)) {
		fail(err, ERR_USAGE, "keygen: --show makes nothing, and takes no --type, --subject or --encrypt");
		return 0;
	}
	enum status status = choose(&s, &p, err);
	passphrase = passphrase_from(s.passphrase_file);
	if (!status)
		status = s.show ? signing_load(p.key, p.certificate, &passphrase, clock_now().wall_ns, &signing, err)
				: make(&s, &p, &signing, err);
	if (!status)
		print(&s, &p, signing);
	return 0;
}

const struct command command_keygen = {
	.name = "keygen",
	.usage = "[options]",
	.summary = "make a key and certificate to seal sessions with",
	.details = "ECDSA over P-256 (or RSA), a self-signed certificate for ten years. Never writes over a file.\n"
		   "Over a key that a token has already (pkcs11:…), the certificate alone.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#ifndef REPORT_SEAL_H
#define REPORT_SEAL_H

/*
 * Sealing a finished session folder: HOW_TO_VERIFY.txt and all of seal/.
 */

#include "report/signing.h"

/* The files of a seal, by their path in the session folder. */
#define SEAL_FOLDER "seal"
#define SEAL_MANIFEST "seal/manifest.json"
#define SEAL_CUSTODY "seal/custody.jsonl"
#define SEAL_CERTIFICATE "seal/certificate.pem"
#define SEAL_ALLOWED "seal/allowed_signers"
#define SEAL_ATTESTATION "seal/attestation.dsse.json"
#define SEAL_SUMS "seal/SHA256SUMS"
#define SEAL_CMS "seal/SHA256SUMS.p7s"
#define SEAL_SSH "seal/SHA256SUMS.sig"

/* In a bundle, also where people look for them, copies of three of these. Copies, since an
 * archive that Windows unpacks too knows no links, and a note of where to look is one more thing
 * to be read. The first cannot list itself. */
#define SEAL_SUMS_COPY "SHA256SUMS"
#define SEAL_MANIFEST_COPY "manifest.json"
#define SEAL_CUSTODY_COPY "custody.jsonl"

/* There while a folder is being sealed; no part of a seal. */
#define SEAL_UNFINISHED "seal/UNFINISHED"

struct seal_facts {
	const char *session_id, *verdict, *tool_version;
	const char *user, *host; /* who seals, where */
	const char *reason;	 /* may be NULL */
	int64_t now_ns;
	const char *watched;	 /* the host of the session; NULL: `host` */
	int64_t from_ns, to_ns; /* when it was watched; 0 where that is not known */
	const char *marking;	  /* of all that is in it; NULL or "" for none */
	unsigned retention_years; /* 0: RETENTION_YEARS */
	bool copies;	    /* of list, manifest and custody log at the top */
	bool stamp_follows; /* a time stamp is to be got next (seal_stamp.h) */
	const char *derived_from; /* as manifest_facts has it; NULL or "": it is an original */
	const struct origins *origins; /* as manifest_facts has them */
	const char *folder; /* of a bundle: the name of the folder in it; or NULL */
	bool fleet; /* it holds documents about many hosts, and no session */
};

/* Seals a folder that has an evidence log or none, sealed before or not. A seal that
 * is there is replaced; its custody log is kept and gets an entry. Refuses a folder
 * that holds a link, device, socket or pipe, and a custody log that does not hold.
 * Where it fails, the folder may be left without a whole seal, never with a false
 * one. */
enum status seal_folder(int folder_fd, const struct signing *signing,
			const struct seal_facts *facts, struct error *err) MUST_CHECK;

/* Is this one of the files that SHA256SUMS does not list: itself, its copy, its two signatures, a
 * time stamp over one of those? */
bool seal_is_signature(const char *path);

#endif

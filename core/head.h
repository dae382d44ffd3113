/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_HEAD_H
#define CORE_HEAD_H

/*
 * The head of an evidence log's chain as it is told to a second place on this machine
 * (airgap-verify-formats(5)), so that a log that is rewritten, cut or replaced later shows:
 * one line each time,
 *
 *   {"kind":"head","session":"…","state":"open","t":…,"records":R,"bytes":N,"sha256":"H"}
 *
 * where N and H are the size and the SHA-256 of all that the log held by then.
 */

#include "core/error.h"
#include "core/hash.h"
#include "core/text.h"

enum {
	HEAD_LINE_MAX = 512, /* its LF included; at most PIPE_BUF, so that lines never mix */
	HEAD_SESSION_MAX = 33,
	HEAD_PLACES_MAX = 4,
	HEAD_PLACE_MAX = 4096,
	HEAD_DEVICE_MAX = 108, /* it may be a Unix socket: sun_path */
	/* Registers that begin anew with the machine alone, and that firmware leaves to the system. Of
	 * these the thirteenth is the least used: systemd-stub measures extensions of the initrd into it,
	 * if there are any, before there is a session. */
	HEAD_TPM_FIRST = 8, HEAD_TPM_LAST = 15, HEAD_TPM_REGISTER = 13,
};

/* What stands in front of the line in an entry of journald's, and the file's name in a folder. */
#define HEAD_FIELD "AIRGAP_VERIFY_HEAD="
#define HEAD_FILE "airgap-verify-heads.ndjson"
#define HEAD_JOURNAL "journald"
#define HEAD_TPM_DEVICE "/dev/tpmrm0" /* the kernel's resource manager: others may use the TPM meanwhile */

enum head_state {
	HEAD_OPEN,  /* before the command was let go */
	HEAD_GOING,
	HEAD_END,   /* nothing is written behind it */
	HEAD_STATES,
};

struct head {
	char session[HEAD_SESSION_MAX]; /* 32 hexadecimal digits */
	enum head_state state;
	int64_t wall_ns;
	uint64_t records, bytes;
	unsigned char sha256[HASH_SIZE];
};

/* Adds the line, its LF left out. */
void head_add(const struct head *h, struct text *to);

/* NULL, or what is wrong with a line (a constant). */
const char *head_read(struct slice line, struct head *ret);

/* A register of a TPM, and the folder in which what it was extended with is kept
 * (core/head_register.h). */
struct head_tpm {
	char folder[HEAD_PLACE_MAX], device[HEAD_DEVICE_MAX];
	unsigned number;
};

/* Is that a second place: "dir:/FOLDER", "tpm:/FOLDER" or "journald"? Else fails with ERR_CONFIG. */
enum status head_place_check(struct slice place, struct error *err) MUST_CHECK;

/* The folder of "dir:/FOLDER"; an empty slice where it is none. */
struct slice head_folder(struct slice place);

/* "tpm:/FOLDER[:DEVICE[:REGISTER]]"; false where it is none. Without, or empty, the device is
 * HEAD_TPM_DEVICE and the register HEAD_TPM_REGISTER. */
bool head_tpm_place(struct slice place, struct head_tpm *ret);

#endif

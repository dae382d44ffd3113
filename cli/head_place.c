/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/head_place.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/tpm_device.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum status head_place_ask(const struct head_tpm *place, struct head_register *ret, struct error *err)
{
	struct tpm_clock clock;
	AUTO_FD int fd = -1;
	*ret = (struct head_register){.number = place->number, .wall_ns = clock_now().wall_ns};
	enum status status = tpm_device_open(place->device, &fd, err);
	if (!status)
		status = tpm_device_read(fd, place->device, place->number, ret->value, err);
	if (!status)
		status = tpm_device_clock(fd, place->device, &clock, err);
	if (status)
		return status;
	ret->resets = clock.resets;
	ret->restarts = clock.restarts;
	return OK;
}

static enum status find_register(const struct head_tpm *place, struct head_place *ret, struct error *err)
{
	AUTO_FD int fd = -1;
	struct stat st;
	struct error why = {0};
	snprintf(ret->path, sizeof ret->path, "%.4000s/" HEAD_REGISTER_FILE, place->folder, place->number);
	ret->is_register = true;
	enum status status = file_open(AT_FDCWD, ret->path, &fd, err);
	if (status)
		return status;
	/* between a line and what is extended with it, register and log do not fit each other */
	enum status asked = file_lock(fd, true, HEAD_REGISTER_LOCK_MS, ret->path, &why);
	if (!asked)
		asked = head_place_ask(place, &ret->at.now, &why);
	if (fstat(fd, &st) != 0)
		return fail_errno(err, ERR_IO, errno, "%s", ret->path);
	ret->at.log_bytes = (uint64_t)st.st_size;
	if (!st.st_size)
		return fail(err, ERR_NO_INPUT, "%s: is empty", ret->path);
	snprintf(ret->why, sizeof ret->why, "%s", why.text);
	ret->at.unknown = asked ? ret->why : NULL;
	return OK;
}

enum status head_place_find(const char *text, struct head_place *ret, struct error *err)
{
	struct slice folder = head_folder(slice_of_string(text));
	struct head_tpm tpm;
	*ret = (struct head_place){.is_register = false};
	if (head_tpm_place(slice_of_string(text), &tpm))
		return find_register(&tpm, ret, err);
	if (slice_starts(slice_of_string(text), "tpm:"))
		return fail(err, ERR_USAGE, "--head: \"%s\" is no tpm:/FOLDER[:DEVICE[:REGISTER]], with a register from %d to %d", text,
			    HEAD_TPM_FIRST, HEAD_TPM_LAST);
	if (slice_is(slice_of_string(text), HEAD_JOURNAL))
		return fail(err, ERR_USAGE, "--head: the journal is read from a file: journalctl -o export SYSLOG_IDENTIFIER=airgap-verify >FILE");
	snprintf(ret->path, sizeof ret->path, folder.size ? "%.4000s/" HEAD_FILE : "%.4000s",
		 folder.size ? text + strlen("dir:") : text);
	return OK;
}

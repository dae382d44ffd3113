/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/linux/register_log.h"

#include "core/auto.h"
#include "core/clock.h"
#include "core/tpm_device.h"

#include <string.h>
#include <sys/file.h>

enum status register_log_open(const struct head_tpm *place, struct register_log *ret, struct error *err)
{
	char name[HEAD_REGISTER_NAME_MAX];
	*ret = (struct register_log){.place = *place, .lines = head_lines_none(), .device = -1};
	snprintf(name, sizeof name, HEAD_REGISTER_FILE, place->number);
	enum status status = tpm_device_open(place->device, &ret->device, err);
	return status ? status : head_lines_open(slice_of_string(place->folder), name, &ret->lines, err);
}

/* Whose answer did not come, or was none, is not asked again. */
static enum status asked(struct register_log *l, enum status status, const struct error *err)
{
	if (status == ERR_IO || status == ERR_MALFORMED)
		l->dead = *err;
	return status;
}

static enum status add(struct register_log *l, struct slice line, struct error *err)
{
	unsigned char digest[HASH_SIZE];
	head_register_digest(line, digest);
	enum status status = head_lines_add(&l->lines, line, err);
	if (!status)
		status = asked(l, tpm_device_extend(l->device, l->place.device, l->place.number, digest, err), err);
	if (!status)
		head_register_extend(l->value, line);
	return status;
}

static enum status begin(struct register_log *l, struct error *err)
{
	struct head_register now = {.number = l->place.number, .wall_ns = clock_now().wall_ns};
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	struct tpm_clock clock;
	enum status status = asked(l, tpm_device_clock(l->device, l->place.device, &clock, err), err);
	if (status)
		return status;
	memcpy(now.value, l->value, HASH_SIZE);
	now.resets = clock.resets;
	now.restarts = clock.restarts;
	head_register_add(&now, &line);
	return add(l, text_slice(&line), err);
}

/* What is not as we left it is told anew: another session, or somebody whom we do not know. */
static enum status tell(struct register_log *l, struct slice line, struct error *err)
{
	unsigned char value[HASH_SIZE];
	enum status status = asked(l, tpm_device_read(l->device, l->place.device, l->place.number, value, err), err);
	if (!status && (!l->begun || memcmp(value, l->value, HASH_SIZE) != 0)) {
		memcpy(l->value, value, HASH_SIZE);
		status = begin(l, err);
	}
	if (!status)
		status = add(l, line, err);
	l->begun = status == OK;
	return status;
}

enum status register_log_tell(struct register_log *l, struct slice line, struct error *err)
{
	if (l->dead.status) {
		*err = l->dead;
		return err->status;
	}
	enum status status = file_lock(l->lines.fd, false, HEAD_REGISTER_LOCK_MS, l->lines.name, err);
	if (status)
		return status;
	status = tell(l, line, err);
	flock(l->lines.fd, LOCK_UN);
	return status;
}

void register_log_close(struct register_log *l)
{
	head_lines_close(&l->lines);
	auto_close(&l->device);
	l->device = -1;
}

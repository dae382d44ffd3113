/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The posture as a session keeps it: gathered while there are rights, written when they
 * are gone and there is a log to tell of it.
 */
#include "collectors/linux/platform_state.h"
#include "collectors/linux/posture.h"
#include "core/file.h"
#include "core/hash.h"

#include <stdio.h>

void platform_gather_posture(struct session *s)
{
	struct platform *p = s->w.platform;
	struct error err = {0};
	p->posture = text_make(POSTURE_MAX);
	if (!posture_gather(&(struct posture_options){.workspace = "."}, &p->invoker, &p->posture, &err))
		return;
	text_clear(&p->posture);
	snprintf(p->posture_problem, sizeof p->posture_problem, "%.255s", err.text);
}

void platform_write_posture(struct session *s)
{
	static const char name[] = "posture.ndjson";
	struct platform *p = s->w.platform;
	struct slice all = text_slice(&p->posture);
	unsigned char digest[HASH_SIZE];
	struct error err = {0};
	if (!p->posture_problem[0] && file_write(s->w.folder, name, all, &err))
		snprintf(p->posture_problem, sizeof p->posture_problem, "%.255s", err.text);
	hash_bytes(all, digest);
	struct json *j = evidence_begin(s->w.evidence, "posture", clock_now().wall_ns);
	json_add_string(j, "path", name);
	json_add_u64(j, "size", all.size);
	json_add_hex(j, "sha256", digest, sizeof digest);
	if (p->posture_problem[0])
		json_add_string(j, "problem", p->posture_problem);
	evidence_end(s->w.evidence);
	text_free(&p->posture);
}

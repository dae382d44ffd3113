/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/doctor_tpm.h"

#include "cli/head_place.h"
#include "cli/policy_file.h"

#include <stdio.h>
#include <stdlib.h>

struct found {
	bool works, named; /* named: by the policy */
	struct head_tpm place;
	char detail[ERROR_TEXT_MAX];
};

/* Of a policy that cannot be read others tell. */
static void read_policy(struct found *f)
{
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	struct policy *policy = must_alloc(1, sizeof *policy);
	struct error err = {0};
	if (!policy_file_load(NULL, &text, policy, &err))
		for (size_t i = 0; i < policy->seal.head_count && !f->named; i++)
			f->named = head_tpm_place(slice_of_string(policy->seal.head[i]), &f->place);
	if (!f->named)
		(void)head_tpm_place(SLICE("tpm:/"), &f->place);
	free(policy);
}

static void look(struct found *f)
{
	struct head_register now;
	struct error err = {0};
	*f = (struct found){.works = false};
	read_policy(f);
	f->works = head_place_ask(&f->place, &now, &err) == OK;
	if (f->works)
		snprintf(f->detail, sizeof f->detail, "%s answers, for register %u%s", f->place.device, now.number,
			 f->named ? "" : "; the policy keeps no heads in it ([seal] head)");
	else
		snprintf(f->detail, sizeof f->detail, "%s", err.text);
}

void doctor_tpm_text(struct text *t)
{
	struct found f;
	look(&f);
	text_addf(t, "%-20s %s%s\n", "TPM", f.works ? "" : f.named ? "does not work, and the policy names it: " : "none that works: ", f.detail);
}

void doctor_tpm_json(struct json *j)
{
	struct found f;
	look(&f);
	json_begin_object(j, "tpm");
	json_add_bool(j, "works", f.works);
	json_add_bool(j, "named", f.named);
	json_add_string(j, "device", f.place.device);
	json_add_u64(j, "register", f.place.number);
	json_add_string(j, "detail", f.detail);
	json_end_object(j);
}

/* SPDX-License-Identifier: Apache-2.0 */
#include "report/oscal.h"

#include "report/oscal_parts.h"

enum status oscal_plan_write(struct store *store, const struct report_form *form, int fd, struct error *err)
{
	AUTO_FACTS struct facts facts;
	enum status status = facts_read(store, form, &facts, err);
	if (status)
		return status;
	struct oscal o = {.store = store, .facts = &facts, .out = stream_to(fd), .text = text_make(8 * OSCAL_TEXT_MAX)};
	o.j = json_on(&o.out.text);
	json_begin_object(&o.j, NULL);
	json_begin_object(&o.j, "assessment-plan");
	oscal_uuid(&o, "uuid", "plan", SLICE(""));
	oscal_metadata(&o, "Watching one session for network egress");
	json_begin_object(&o.j, "import-ssp");
	json_add_string(&o.j, "href", "#"); /* the system's own plan is the site's */
	json_end_object(&o.j);
	status = oscal_reviewed(&o, err);
	json_end_object(&o.j);
	json_end_object(&o.j);
	text_add_char(&o.out.text, '\n');
	if (!status)
		status = stream_flush(&o.out, true, err);
	stream_free(&o.out);
	text_free(&o.text);
	return status;
}

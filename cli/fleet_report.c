/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_report.h"

#include "cli/fleet_gather.h"
#include "cli/fleet_status.h"
#include "cli/signer.h"
#include "core/auto.h"
#include "core/clock.h"
#include "core/json.h"
#include "report/pades.h"
#include "report/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NAME_MAX_BYTES = 64, OUTPUT_MAX = 1 << 16, SUBJECT_MAX = 512 };

static const struct {
	const char *name;
	enum status (*write)(const struct fleet_document *d, int fd, struct error *err);
} writers_of_fleet[] = {
	{"pdf", fleet_pdf_write},
	{"xlsx", fleet_xlsx_write},
	{"html", fleet_html_write},
};

/* Sets the bit of each format that a list with commas names; NULL: all. */
static enum status choose(const char *list, unsigned *ret, struct error *err)
{
	*ret = list ? 0 : (1u << LENGTH(writers_of_fleet)) - 1;
	if (!list)
		return OK;
	for (struct slice rest = slice_of_string(list);;) {
		size_t end = slice_find(rest, ','), i = 0;
		while (i < LENGTH(writers_of_fleet) && !slice_is(slice_part(rest, 0, end), writers_of_fleet[i].name))
			i++;
		if (i == LENGTH(writers_of_fleet))
			return fail(err, ERR_USAGE, "fleet report: --format is a list of pdf, xlsx and html");
		*ret |= 1u << i;
		if (end == rest.size)
			return OK;
		rest = slice_part(rest, end + 1, rest.size);
	}
}

static enum status write_one(const struct fleet_document *doc, int folder, size_t n, struct error *err)
{
	char name[NAME_MAX_BYTES];
	struct file_output out;
	snprintf(name, sizeof name, "report.%s", writers_of_fleet[n].name);
	enum status status = file_begin(folder, name, &out, err);
	if (status)
		return status;
	status = writers_of_fleet[n].write(doc, out.fd, err);
	if (status) {
		file_abandon(&out);
		return fail_in(err, "%s", name);
	}
	return file_commit(&out, err);
}

static enum status write_all(const struct fleet_document *doc, int folder, unsigned formats, struct error *err)
{
	AUTO_FD int report = -1;
	enum status status = file_make_folder(folder, "report", &report, err);
	for (size_t i = 0; i < LENGTH(writers_of_fleet) && !status; i++)
		if (formats >> i & 1)
			status = write_one(doc, report, i, err);
	return status;
}

static enum status seal(const struct fleet_settings *s, const struct fleet_document *doc, int folder, unsigned formats, struct error *err)
{
	AUTO_SIGNING struct signing *signing = NULL;
	AUTO_TEXT struct text name = text_make(SUBJECT_MAX);
	char subject[SIGNING_SUBJECT_MAX + 1], host[256] = "", id[CLOCK_TEXT_MAX + 8], as_of[CLOCK_TEXT_MAX];
	bool made, once;
	enum status status = signer_get(s->key, s->certificate, s->passphrase_file, &signing, &made, &once, err);
	if (status)
		return status;
	signer_subject(subject);
	subject[strcspn(subject, "@")] = 0;
	gethostname(host, sizeof host - 1);
	clock_compact(doc->as_of_ns, as_of);
	snprintf(id, sizeof id, "fleet-%s", as_of);
	certificate_add_subject(signing_certificate(signing), &name);
	const struct seal_facts facts = {.session_id = id, .verdict = doc->verdict, .tool_version = VERSION, .user = subject, .host = host,
					 .reason = "fleet report", .now_ns = clock_now().wall_ns, .from_ns = doc->from_ns, .to_ns = doc->to_ns};
	const struct pades_facts signed_facts = {.title = "Network egress of many hosts", .reason = "as airgap-verify fleet found it",
						 .name = text_string(&name), .made_ns = doc->as_of_ns, .signed_ns = facts.now_ns};
	if (formats & 1)
		status = pades_sign_report(folder, signing, &signed_facts, err);
	return status ? status : seal_folder(folder, signing, &facts, err);
}

static void tell(const struct fleet_settings *s, const struct fleet_document *doc)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	if (s->common.json) {
		struct json j = json_on(&out);
		json_begin_object(&j, NULL);
		json_add_string(&j, "folder", s->output);
		json_add_string(&j, "verdict", doc->verdict);
		json_add_i64(&j, "as_of_ns", doc->as_of_ns);
		json_add_i64(&j, "hosts", doc->hosts);
		json_add_i64(&j, "bundles", doc->bundles);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else if (!s->common.quiet) {
		text_addf(&out, "%s  ", doc->verdict);
		fleet_document_sentence(doc, &out);
		text_addf(&out, "\nReport     %s/report/\nCheck it   airgap-verify verify %s\n", s->output, s->output);
	}
	fputs(text_string(&out), stdout);
}

int fleet_report(const struct fleet_settings *s, char *const names[], size_t count, struct error *err)
{
	struct value times[3];
	unsigned formats = 0;
	AUTO_DEPOT struct depot *d = NULL;
	AUTO_FD int folder = -1;
	struct fleet_document doc = fleet_document_new();
	(void)names, (void)count;
	enum status status = s->output ? OK : fail(err, ERR_USAGE, "fleet report: -o names a folder that is to be made");
	if (!status)
		status = choose(s->formats, &formats, err);
	if (!status)
		status = fleet_status_times(s, times, err);
	if (!status)
		status = fleet_store_open(s, DEPOT_READ, &d, err);
	if (!status)
		status = fleet_gather(d, times, &doc, err);
	if (!status)
		status = file_make_folder(AT_FDCWD, s->output, &folder, err);
	if (!status)
		status = write_all(&doc, folder, formats, err);
	if (!status)
		status = seal(s, &doc, folder, formats, err);
	if (!status)
		tell(s, &doc);
	int verdict = !strcmp(doc.verdict, "FAIL") ? 1 : strcmp(doc.verdict, "PASS") != 0 ? 2 : 0;
	fleet_document_free(&doc);
	return status ? 0 : verdict;
}

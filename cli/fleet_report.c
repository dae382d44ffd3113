/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/fleet_report.h"

#include "cli/fleet_period.h"
#include "cli/policy_file.h"
#include "cli/seal_order.h"
#include "cli/signer.h"
#include "core/auto.h"
#include "core/json.h"
#include "core/shell_word.h"
#include "report/bundle.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OUTPUT_MAX = 1 << 16, NAME_MAX_BYTES = 32, PATH_SHOWN_MAX = 4096 };

static const struct {
	const char *name;
	enum status (*write)(const struct fleet *f, int fd, struct error *err);
} writers_of_fleet[] = {
	{"pdf", fleet_pdf_write},
	{"xlsx", fleet_xlsx_write},
	{"html", fleet_html_write},
};

static volatile sig_atomic_t interrupted;

static void on_signal(int number)
{
	interrupted = number;
}

/* From here on there is something to be cleared away; asked a second time the program ends at once. */
static void catch_signals(void)
{
	const struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
}

static enum status check_interrupted(struct error *err)
{
	return interrupted ? fail(err, ERR_IO, "fleet report: interrupted; nothing was kept") : OK;
}

/* Who waits for this process is to see why it ended. */
static void end_by_signal(const struct error *err)
{
	fprintf(stderr, "airgap-verify: %s\n", err->text);
	signal(interrupted, SIG_DFL);
	raise(interrupted);
}

const char *fleet_report_format(size_t i)
{
	return i < LENGTH(writers_of_fleet) ? writers_of_fleet[i].name : NULL;
}

/* A bit for each format of a list with commas; NULL: all. */
static enum status choose(const char *list, unsigned *ret, struct error *err)
{
	*ret = list ? 0 : (1u << LENGTH(writers_of_fleet)) - 1;
	for (struct slice rest = slice_of_string(list ? list : ""); list;) {
		size_t end = slice_find(rest, ','), i = 0;
		while (i < LENGTH(writers_of_fleet) && !slice_is(slice_part(rest, 0, end), writers_of_fleet[i].name))
			i++;
		if (i == LENGTH(writers_of_fleet))
			return fail(err, ERR_USAGE, "fleet report: --format takes pdf, xlsx and html, with commas between");
		*ret |= 1u << i;
		if (end == rest.size)
			break;
		rest = slice_part(rest, end + 1, rest.size);
	}
	return OK;
}

/* Whose documents they are, as a policy says; texts of its fields go into the facts. */
static enum status take_policy(const struct fleet_settings *s, const struct policy *p, struct fleet *f, struct error *err)
{
	AUTO_TEXT struct text fields = text_make(POLICY_FIELDS_MAX * (2 * POLICY_VALUE_MAX + 4));
	if (s->paper && strcmp(s->paper, "a4") != 0 && strcmp(s->paper, "letter") != 0)
		return fail(err, ERR_USAGE, "--paper takes a4 or letter, not \"%s\"", s->paper);
	for (size_t i = 0; i < p->field_count; i++)
		text_addf(&fields, "%s = %s\n", p->fields[i].name, p->fields[i].value);
	f->facts.value[FACT_ORGANISATION] = arena_string(f->facts.arena, text_slice(&fields));
	f->facts.value[FACT_MARKING] = arena_string(f->facts.arena, slice_of_string(policy_field(p, "marking")));
	f->facts.value[FACT_PAPER] = s->paper ? s->paper : p->letter ? "letter" : "a4";
	return f->facts.value[FACT_ORGANISATION] && f->facts.value[FACT_MARKING] ? OK : fail(err, ERR_LIMIT, "the policy is too long");
}

static enum status write_documents(const struct fleet *f, int folder, unsigned formats, struct error *err)
{
	AUTO_FD int report = -1;
	enum status status = file_make_folder(folder, "report", &report, err);
	for (size_t i = 0; i < LENGTH(writers_of_fleet) && !status; i++) {
		char name[NAME_MAX_BYTES];
		struct file_output out;
		if (!(formats >> i & 1))
			continue;
		snprintf(name, sizeof name, "report.%s", writers_of_fleet[i].name);
		status = file_begin(report, name, &out, err);
		if (status)
			return status;
		status = writers_of_fleet[i].write(f, out.fd, err);
		if (!status)
			status = file_commit(&out, err);
		file_abandon(&out);
		if (status)
			return fail_in(err, "report/%s", name);
		status = check_interrupted(err);
	}
	return status;
}

static enum status seal(const struct fleet_settings *s, const struct policy *p, const struct fleet *f, int folder, struct error *err)
{
	char subject[SIGNING_SUBJECT_MAX + 1], host[256] = "";
	const struct seal_order order = {
		.folder = folder,
		.title = "Network egress of many hosts",
		.policy = p,
		.key = s->key,
		.certificate = s->certificate,
		.passphrase_file = s->passphrase_file,
		.quiet = s->common.quiet,
	};
	signer_subject(subject);
	subject[strcspn(subject, "@")] = 0;
	gethostname(host, sizeof host - 1);
	struct seal_facts facts = {
		.session_id = f->facts.value[FACT_ID],
		.verdict = f->facts.verdict,
		.tool_version = VERSION,
		.user = subject,
		.host = host,
		.reason = "documents of many hosts made out of their store",
		.watched = "fleet",
		.from_ns = f->facts.from_ns,
		.to_ns = f->facts.to_ns,
		.marking = f->facts.value[FACT_MARKING],
		.retention_years = p->retention_years,
		.fleet = true,
	};
	AUTO_SEAL_SIGNER struct seal_signer signer = {0};
	enum status status = seal_signer_open(&order, &signer, err);
	return status ? status : seal_order_do(&order, &signer, &facts, err);
}

static enum status tell(const struct fleet_settings *s, const struct fleet *f, struct error *err)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	struct json j = json_on(&out);
	if (s->common.json) {
		json_begin_object(&j, NULL);
		json_add_string(&j, "folder", s->output);
		json_add_string(&j, "id", f->facts.value[FACT_ID]);
		json_add_string(&j, "verdict", f->facts.verdict);
		json_add_i64(&j, "from_ns", f->facts.from_ns);
		json_add_i64(&j, "to_ns", f->facts.to_ns);
		json_add_u64(&j, "hosts", f->rows[FLEET_HOSTS].count);
		json_add_u64(&j, "bundles", f->rows[FLEET_BUNDLES].count);
		json_add_i64(&j, "nights", f->total_nights);
		json_add_i64(&j, "hosts_without_evidence", f->silent_hosts);
		json_add_u64(&j, "refused", f->rows[FLEET_REFUSED].count);
		json_add_u64(&j, "alarms", f->rows[FLEET_ALARMS].count);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else if (!s->common.quiet) {
		text_addf(&out, "%s  %s\n", f->facts.verdict, f->facts.summary);
		text_add_string(&out, "Documents  ");
		text_add_printable(&out, slice_of_string(s->output), PATH_SHOWN_MAX);
		text_add_string(&out, "/report/\nCheck it   airgap-verify verify ");
		shell_word_add(&out, slice_of_string(s->output), PATH_SHOWN_MAX);
		text_add_char(&out, '\n');
	}
	return fwrite(text_string(&out), 1, out.size, stdout) == out.size ? OK : fail(err, ERR_IO, "cannot write to standard output");
}

/* The rows, before anything is made. */
static enum status gather(const struct fleet_settings *s, const struct policy *p, struct fleet *f, struct error *err)
{
	int64_t from = 0, to = 0;
	struct fleet_period period = {.from_ns = s->from ? &from : NULL, .to_ns = s->to ? &to : NULL};
	AUTO_DEPOT struct depot *d = NULL;
	enum status status = take_policy(s, p, f, err);
	if (!status && s->from)
		status = fleet_store_time(s->from, "--from", &from, err);
	if (!status && s->to)
		status = fleet_store_time(s->to, "--to", &to, err);
	if (!status)
		status = fleet_store_every(s, &period.every, err);
	if (!status)
		status = fleet_store_open(s, DEPOT_READ, &d, err);
	return status ? status : fleet_period_read(d, &period, f, err);
}

/* The exit status, as of a session. */
static int status_of(const struct fleet *f)
{
	return !strcmp(f->facts.verdict, "PASS") ? 0 : !strcmp(f->facts.verdict, "FAIL") ? 1 : 2;
}

/* Under a name of its own until it is whole: a part of it would pass for all. */
static enum status make_part(const char *output, char ret_name[static FILE_PATH_MAX], char ret_part[static FILE_PATH_MAX], int *ret_folder,
			     struct error *err)
{
	size_t size = strlen(output);
	while (size > 1 && output[size - 1] == '/')
		size--;
	snprintf(ret_name, FILE_PATH_MAX, "%.*s", (int)size, output);
	if (snprintf(ret_part, FILE_PATH_MAX, "%.*s.part", (int)size, output) >= FILE_PATH_MAX)
		return fail(err, ERR_USAGE, "fleet report: the path of the folder is too long");
	if (faccessat(AT_FDCWD, ret_name, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return fail(err, ERR_CREATE, "cannot make the folder %s: it is there already; name another", ret_name);
	if (faccessat(AT_FDCWD, ret_part, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
		return fail(err, ERR_CREATE, "%s is there: a report that was cut short left it, or another one is made; remove it and try again",
			    ret_part);
	return file_make_folder(AT_FDCWD, ret_part, ret_folder, err);
}

static enum status write_folder(const struct fleet_settings *s, const struct policy *p, const struct fleet *f, unsigned formats,
				struct error *err)
{
	char name[FILE_PATH_MAX], part[FILE_PATH_MAX];
	AUTO_FD int folder = -1;
	catch_signals();
	enum status status = make_part(s->output, name, part, &folder, err);
	if (status)
		return status;
	status = write_documents(f, folder, formats, err);
	if (!status)
		status = seal(s, p, f, folder, err);
	if (!status)
		status = check_interrupted(err);
	if (!status && rename(part, name) != 0)
		status = fail_errno(err, ERR_CREATE, errno, "cannot give %s its name, %s", part, name);
	if (status)
		bundle_remove(folder);
	return status;
}

static enum status make(const struct fleet_settings *s, const struct policy *p, int *ret_exit, struct error *err)
{
	AUTO_FLEET struct fleet f = fleet_new();
	unsigned formats = 0;
	if (!s->output)
		return fail(err, ERR_USAGE, "fleet report: -o names the folder that is to be made");
	enum status status = choose(s->formats, &formats, err);
	if (!status)
		status = gather(s, p, &f, err);
	if (!status)
		status = write_folder(s, p, &f, formats, err);
	*ret_exit = status_of(&f);
	return status ? status : tell(s, &f, err);
}

int fleet_report(const struct fleet_settings *s, char *const names[], size_t count, struct error *err)
{
	struct policy *policy = must_alloc(1, sizeof *policy);
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	int verdict = 0;
	(void)names, (void)count;
	enum status status = policy_file_load(s->policy, &text, policy, err);
	if (!status)
		status = make(s, policy, &verdict, err);
	free(policy);
	if (status && interrupted)
		end_by_signal(err);
	return status ? error_exit(status) : verdict;
}

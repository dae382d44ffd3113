/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What was derived, made again from the raw evidence alone, in a folder of its own; then
 * compared byte by byte with what lies there.
 */
#include "cli/command.h"
#include "cli/control_files.h"
#include "cli/database.h"
#include "cli/endpoint_files.h"
#include "cli/logs.h"
#include "cli/policy_file.h"
#include "cli/raw_files.h"
#include "cli/reviews.h"
#include "cli/wrong_place.h"
#include "core/auto.h"
#include "core/json.h"
#include "report/bundle.h"
#include "report/custody.h"
#include "report/document.h"
#include "report/verify_source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ARENA_MAX = 1 << 30, OUTPUT_MAX = 64 << 20, FILE_MAX = 1 << 30 };

struct settings {
	struct common common;
	const char *policy;
};

#define AT(member) offsetof(struct settings, member)
static const struct argument arguments[] = {
	{"--policy", 0, "FILE", ARGUMENT_TEXT, AT(policy), "it was judged by this policy (crosscheck --policy), not by the session's own"},
};

struct compared {
	const char *path;
	bool there, same;
	uint64_t at; /* of the first difference */
};

struct reproducing {
	const char *path;
	struct verify_source source;
	struct verify_result *verified; /* owned; empty where there is no review */
	struct arena *arena; /* owned */
	int folder;          /* of our own making; -1 before */
	char place[FILE_PATH_MAX];
	char version[64]; /* of what made the documents */
	struct compared *compared; /* in the arena */
	size_t count;
	const struct policy *policy; /* NULL: the session's own */
	bool other_policy; /* it was judged by another than that, and by which nobody said */
	bool all_same, pdf_alone; /* pdf_alone: no other document differs */
	struct drawn drawn, drawn_now; /* what the PDF was drawn with, there and here */
	struct text drawn_otherwise; /* owned; how they differ */
};

/* Where the original of a file of the session lies. */
static void original_of(const struct reproducing *r, const char *path, char ret[static FILE_PATH_MAX])
{
	if (raw_files_bundled(&r->source))
		bundle_place(path, ret);
	else
		snprintf(ret, FILE_PATH_MAX, "%s", path);
}

/* One that cannot be read tells nothing: then a document that was written otherwise differs. */
static void read_made(const struct reproducing *r, struct made *ret)
{
	static const struct made nothing;
	char original[FILE_PATH_MAX];
	struct error ignored = {0};
	AUTO_TEXT struct text json = text_make(MADE_SIZE_MAX);
	original_of(r, "report/" MADE_FILE, original);
	if (!verify_source_has(&r->source, original) ||
	    verify_source_read(&r->source, original, MADE_SIZE_MAX, &json, &ignored) || !made_read(text_slice(&json), ret))
		*ret = nothing;
}

static enum status make_again(struct reproducing *r, struct error *err)
{
	struct made made;
	struct reviews reviews;
	enum verdict verdict;
	size_t kept;
	AUTO_ENDPOINTS struct endpoints *rules = NULL;
	AUTO_FRAMEWORKS struct frameworks *controls = NULL;
	AUTO_STORE struct store *store = NULL;
	read_made(r, &made);
	r->drawn = made.drawn;
	enum status status = endpoint_files_kept(r->folder, NULL, &rules, &kept, err);
	if (!status)
		status = control_files_kept(r->folder, NULL, &controls, &kept, err);
	if (!status)
		status = database_build(r->folder, r->place, r->policy, NULL, rules, controls, &verdict, err);
	if (!status)
		status = database_open(r->place, STORE_READ, &store, err);
	if (!status)
		status = reviews_of(r->folder, r->verified, &reviews, err);
	return status ? status : report_write_again(store, r->folder, &made, &reviews, &r->drawn_now, err);
}

/* The signature in a PDF is behind what was drawn: that part was not made again. */
static enum status compare(struct reproducing *r, const char *path, struct error *err)
{
	char original[FILE_PATH_MAX];
	AUTO_TEXT struct text was = text_make(FILE_MAX), is = text_make(FILE_MAX);
	struct compared *c = &r->compared[r->count++];
	*c = (struct compared){.path = path};
	original_of(r, path, original);
	c->there = verify_source_has(&r->source, original);
	if (!c->there)
		return OK; /* nobody asked for this document then */
	enum status status = verify_source_read(&r->source, original, FILE_MAX, &was, err);
	if (!status)
		status = file_read(r->folder, path, FILE_MAX, &is, err);
	if (status)
		return fail_in(err, "%s", path);
	size_t size = was.size < is.size ? was.size : is.size;
	while (c->at < size && was.at[c->at] == is.at[c->at])
		c->at++;
	bool pdf = slice_ends(slice_of_string(path), ".pdf");
	bool whole = was.size == is.size || (pdf && was.size > is.size);
	c->same = whole && c->at == is.size;
	r->all_same = r->all_same && c->same;
	r->pdf_alone = r->pdf_alone && (c->same || pdf);
	return OK;
}

static enum status compare_all(struct reproducing *r, struct error *err)
{
	struct file_entry *entries;
	size_t count = 0;
	enum status status = file_list(r->folder, r->arena, &entries, &count, err);
	r->compared = arena_alloc(r->arena, (count + 1) * sizeof *r->compared);
	if (!status && !r->compared)
		return fail(err, ERR_LIMIT, "the list of files is too long");
	r->all_same = r->pdf_alone = true;
	for (size_t i = 0; i < count && !status; i++)
		if (slice_is(slice_of_string(entries[i].path), "audit.db") ||
		    slice_starts(slice_of_string(entries[i].path), "report/"))
			status = compare(r, entries[i].path, err);
	return status;
}

/* "tool_version" of report.json: another version may rightly say other things. */
static void read_version(struct reproducing *r)
{
	char original[FILE_PATH_MAX], buffer[64];
	struct slice value;
	struct error ignored = {0};
	struct json_member m[] = {{.key = "tool_version"}};
	AUTO_TEXT struct text json = text_make(FILE_MAX);
	original_of(r, "report/report.json", original);
	if (verify_source_has(&r->source, original) && !verify_source_read(&r->source, original, FILE_MAX, &json, &ignored) &&
	    !json_read_object(slice_trim(slice_part(text_slice(&json), 0, json.size ? json.size - 1 : 0)), m, 1, NULL) &&
	    json_string(&m[0].value, buffer, sizeof buffer, &value))
		slice_to_string(value, r->version, sizeof r->version);
}

static void read_custody(struct reproducing *r)
{
	const char *path = raw_files_bundled(&r->source) ? "raw/" SEAL_CUSTODY : SEAL_CUSTODY;
	struct error ignored = {0};
	AUTO_TEXT struct text log = text_make(CUSTODY_SIZE_MAX);
	r->other_policy = !r->policy && verify_source_has(&r->source, path) &&
			  !verify_source_read(&r->source, path, CUSTODY_SIZE_MAX, &log, &ignored) && custody_other_policy(text_slice(&log));
}

/* 0 all is the same, 1 something differs, 2 it may: another version made it, it was judged by a policy that
 * is not known, or the PDF alone differs and was drawn with other libraries or fonts. */
static int outcome_of(const struct reproducing *r)
{
	if (r->all_same)
		return 0;
	if (r->other_policy || (r->pdf_alone && r->drawn_otherwise.size))
		return 2;
	return r->version[0] && strcmp(r->version, VERSION) != 0 ? 2 : 1;
}

static void tell_drawn(const struct reproducing *r, struct text *out)
{
	struct cursor c = cursor_over(text_slice(&r->drawn_otherwise));
	struct slice line;
	if (outcome_of(r) != 2 || r->other_policy || !r->drawn_otherwise.size)
		return;
	text_add_string(out, "The PDF was drawn with other libraries or fonts than are here, so that its bytes say nothing:\n");
	while (cursor_line(&c, &line, NULL))
		text_addf(out, "  %.*s\n", (int)line.size, (const char *)line.at);
	text_add_string(out, "Compare on a machine that has those. What it tells stands in the other documents, too, each of which is the same.\n");
}

static void tell(const struct reproducing *r, const struct settings *s)
{
	static const char *const words[] = {"SAME", "DIFFERS", "COULD NOT TELL"};
	static const char *const outcomes[] = {"same", "differs", "unknown"};
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	if (s->common.json) {
		struct json j = json_on(&out);
		json_begin_object(&j, NULL);
		json_add_string(&j, "path", r->path);
		json_add_string(&j, "outcome", outcomes[outcome_of(r)]);
		json_add_string(&j, "made_by", r->version[0] ? r->version : NULL);
		if (outcome_of(r) == 2 && r->drawn_otherwise.size)
			json_add_string(&j, "drawn_with", text_string(&r->drawn_otherwise));
		json_add_bool(&j, "other_policy", r->other_policy);
		json_begin_array(&j, "files");
		for (size_t i = 0; i < r->count; i++) {
			json_begin_object(&j, NULL);
			json_add_string(&j, "file", r->compared[i].path);
			json_add_bool(&j, "there", r->compared[i].there);
			json_add_bool(&j, "same", r->compared[i].same);
			json_end_object(&j);
		}
		json_end_array(&j);
		json_end_object(&j);
		text_add_char(&out, '\n');
	} else if (!s->common.quiet) {
		text_addf(&out, "%s  %s\n", words[outcome_of(r)], r->path);
		for (size_t i = 0; i < r->count; i++) {
			const struct compared *c = &r->compared[i];
			if (!c->there)
				continue;
			text_addf(&out, c->same ? "  same     %s\n" : "  differs  %s, from byte %llu on\n", c->path, (unsigned long long)c->at);
		}
		tell_drawn(r, &out);
		if (outcome_of(r) == 2 && r->other_policy)
			text_add_string(&out, "It was judged again by another policy than the session's own (seal/custody.jsonl), which does not lie in "
					      "it: name that with --policy FILE.\n");
		if (outcome_of(r) == 2 && r->version[0] && strcmp(r->version, VERSION) != 0)
			text_addf(&out, "It was made by version %s, this is " VERSION ": use that one to compare.\n", r->version);
	}
	fputs(text_string(&out), stdout);
}

static enum status open_source(struct reproducing *r, int fd, struct error *err)
{
	struct stat st;
	if (fstat(fd, &st) != 0)
		return fail_errno(err, ERR_NO_INPUT, errno, "%s", r->path);
	r->source = verify_source_folder(fd);
	enum status status = S_ISDIR(st.st_mode) ? OK : verify_source_archive(fd, r->arena, &r->source, err);
	if (!status && !verify_source_has(&r->source, SEAL_EVIDENCE) && !verify_source_has(&r->source, SEAL_EVIDENCE_RAW) &&
	    !verify_source_has(&r->source, SEAL_BENCHMARK))
		status = fail(err, ERR_NO_INPUT, "neither a session folder nor a bundle: it holds no evidence.ndjson");
	return status;
}

/* The first is there where any is. */
static enum status read_reviews(struct reproducing *r, int fd, struct error *err)
{
	const struct verify_options nothing = {0};
	char path[REVIEW_PATH_MAX], raw[REVIEW_PATH_MAX + 8];
	review_path(1, REVIEW_WORDS, path);
	snprintf(raw, sizeof raw, "raw/%s", path);
	if (!verify_source_has(&r->source, path) && !verify_source_has(&r->source, raw))
		return OK;
	return r->source.archive ? verify_archive(fd, &nothing, r->verified, err)
				 : verify_folder(fd, &nothing, r->verified, err);
}

static enum status reproduce(struct reproducing *r, int fd, struct error *err)
{
	enum status status = open_source(r, fd, err);
	if (status)
		return fail_in(err, "%s", r->path);
	status = raw_files_place("reproduce", r->place, &r->folder, err);
	if (!status)
		status = raw_files_take(&r->source, r->arena, r->folder, err);
	if (!status)
		status = read_reviews(r, fd, err);
	if (!status)
		status = make_again(r, err);
	if (!status)
		status = compare_all(r, err);
	read_version(r);
	read_custody(r);
	if (!status)
		drawn_differs(&r->drawn, &r->drawn_now, &r->drawn_otherwise);
	if (r->folder >= 0)
		bundle_remove(r->folder);
	return status;
}

static int run(const struct command *self, int argc, char *argv[], struct error *err)
{
	struct settings s = {0};
	size_t count, dashes;
	bool done;
	if (command_parse(self, argc, argv, &s, &count, &dashes, &done, err) || done)
		return 0;
	if (count != 1) {
		fail(err, ERR_USAGE, "reproduce: name one session folder or bundle");
		return 0;
	}
	AUTO_TEXT struct text text = text_make(POLICY_TEXT_MAX);
	AUTO_FREE struct policy *policy = must_alloc(1, sizeof *policy);
	if (wrong_place_check(argv[0], WRONG_PLACE_BUNDLE, err) || (s.policy && policy_file_load(s.policy, &text, policy, err)))
		return 0;
	AUTO_FD int fd = open(argv[0], O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		fail_errno(err, ERR_NO_INPUT, errno, "%s", argv[0]);
		return 0;
	}
	struct reproducing r = {.path = argv[0], .policy = s.policy ? policy : NULL, .arena = arena_new(ARENA_MAX), .folder = -1,
				.drawn_otherwise = text_make(DRAWN_FONTS_MAX * 512)};
	r.verified = must_alloc(1, sizeof *r.verified);
	int outcome = 0;
	if (!reproduce(&r, fd, err)) {
		tell(&r, &s);
		outcome = outcome_of(&r);
	}
	if (r.folder >= 0)
		close(r.folder);
	text_free(&r.drawn_otherwise);
	verify_result_free(r.verified);
	free(r.verified);
	arena_free(r.arena);
	return outcome;
}

const struct command command_reproduce = {
	.name = "reproduce",
	.usage = "[options] DIR|FILE.zip",
	.summary = "make database and documents again from the raw evidence, and compare",
	.details = "In a folder of its own below $TMPDIR; nothing is changed. Exit status: 0 all is the same\n"
		   "byte for byte (a PDF but for the signature behind it), 1 something differs, 2 it was made\n"
		   "by another version, was judged by another policy than the session's, or the PDF alone differs\n"
		   "and was drawn with other fonts or libraries.",
	.arguments = arguments,
	.argument_count = LENGTH(arguments),
	.run = run,
};

/* SPDX-License-Identifier: Apache-2.0 */
#include "cli/redact_tell.h"

#include "core/json.h"

#include <stdio.h>
#include <string.h>

enum { OUTPUT_MAX = 256 << 20, SHOWN_MAX = 300 };

static bool same_findings(const struct redacting *r)
{
	return slice_equal(text_slice(&r->before.findings), text_slice(&r->after.findings));
}

/* A word as somebody would have to know it to look it up: only on the site's own terminal. */
static void made_of(const struct redacting *r, struct slice word, struct text *ret)
{
	text_clear(ret);
	text_add(ret, word);
	if (ret->size)
		pseudonym_word(r->copy.p, (unsigned char *)ret->at, ret->size, false);
}

static void add_json_hidden(const struct redacting *r, struct json *j)
{
	AUTO_TEXT struct text made = text_make(1 << 20);
	json_begin_array(j, "hidden");
	for (size_t i = 0; i < pseudonyms_words(r->copy.p); i++) {
		struct slice word = pseudonyms_word_at(r->copy.p, i);
		made_of(r, word, &made);
		json_begin_object(j, NULL);
		json_add_slice(j, "word", word);
		json_add_slice(j, "pseudonym", text_slice(&made));
		json_end_object(j);
	}
	for (size_t i = 0; i < pseudonyms_addresses(r->copy.p); i++) {
		struct address a, b;
		char text[ADDRESS_TEXT_MAX];
		pseudonyms_address_at(r->copy.p, i, &a, &b);
		address_text(&a, text);
		json_begin_object(j, NULL);
		json_add_string(j, "address", text);
		address_text(&b, text);
		json_add_string(j, "pseudonym", text);
		json_end_object(j);
	}
	json_end_array(j);
}

static void add_json_left(const struct redacting *r, struct json *j)
{
	json_begin_array(j, "left");
	for (size_t i = 0; i < r->left.count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "file", r->left.found[i].path);
		json_add_u64(j, "at", r->left.found[i].at);
		json_add_string(j, "what", r->left.found[i].what);
		json_end_object(j);
	}
	json_end_array(j);
	json_add_u64(j, "left_count", r->left.all);
	json_add_u64(j, "searched_for", r->left.searched);
	json_add_u64(j, "not_searched_for", r->left.unsearched);
	json_add_u64(j, "searched_bytes", r->left.bytes);
}

static void add_json(const struct redact_settings *s, const struct redacting *r, const char *original, struct text *out)
{
	struct json j = json_on(out);
	json_begin_object(&j, NULL);
	json_add_string(&j, "original", original);
	json_add_string(&j, "copy", s->dry_run || r->left.all ? NULL : s->output);
	json_add_string(&j, "derived_from", r->original.manifest);
	json_add_bool(&j, "dry_run", s->dry_run);
	json_add_u64(&j, "words", pseudonyms_words(r->copy.p));
	json_add_u64(&j, "addresses", pseudonyms_addresses(r->copy.p));
	json_add_u64(&j, "hardware_addresses", pseudonyms_macs(r->copy.p));
	json_add_u64(&j, "shared_pseudonyms", pseudonyms_shared(r->copy.p));
	json_begin_array(&j, "not_copied");
	for (size_t i = 0; i < r->copy.count; i++) {
		if (!r->copy.files[i].reason[0])
			continue;
		json_begin_object(&j, NULL);
		json_add_string(&j, "file", r->copy.files[i].path);
		json_add_string(&j, "why", r->copy.files[i].reason);
		json_end_object(&j);
	}
	json_end_array(&j);
	json_add_u64(&j, "members_left_out", r->copy.left_out);
	json_add_u64(&j, "packets", r->copy.packets);
	json_add_u64(&j, "packets_left_out", r->copy.packets_dropped);
	json_add_u64(&j, "packets_blanked", r->copy.payload_blanked);
	json_add_u64(&j, "log_lines_not_understood", r->copy.lines_unread);
	if (!s->dry_run) {
		json_add_string(&j, "verdict", r->after.verdict);
		json_add_string(&j, "verdict_of_original", r->before.verdict);
		json_add_bool(&j, "same_findings", same_findings(r));
		json_add_string(&j, "findings", text_string(&r->after.findings));
		json_add_string(&j, "findings_of_original", text_string(&r->before.findings));
		json_add_string(&j, "secret", r->secret_path);
		add_json_left(r, &j);
	}
	if (s->dry_run && s->common.verbose)
		add_json_hidden(r, &j);
	json_end_object(&j);
	text_add_char(out, '\n');
}

static void add_hidden(const struct redacting *r, struct text *out)
{
	AUTO_TEXT struct text made = text_make(1 << 20);
	for (size_t i = 0; i < pseudonyms_words(r->copy.p); i++) {
		struct slice word = pseudonyms_word_at(r->copy.p, i);
		made_of(r, word, &made);
		text_add_string(out, "  ");
		text_add_printable(out, word, SHOWN_MAX);
		text_add_string(out, " -> ");
		text_add_printable(out, text_slice(&made), SHOWN_MAX);
		text_add_char(out, '\n');
	}
	for (size_t i = 0; i < pseudonyms_addresses(r->copy.p); i++) {
		struct address a, b;
		char from[ADDRESS_TEXT_MAX], to[ADDRESS_TEXT_MAX];
		pseudonyms_address_at(r->copy.p, i, &a, &b);
		address_text(&a, from);
		address_text(&b, to);
		text_addf(out, "  %s -> %s\n", from, to);
	}
}

static void add_left_out(const struct redacting *r, struct text *out)
{
	for (size_t i = 0; i < r->copy.count; i++) {
		if (!r->copy.files[i].reason[0])
			continue;
		text_add_string(out, "Left out   ");
		text_add_printable(out, slice_of_string(r->copy.files[i].path), SHOWN_MAX);
		text_addf(out, ": %s\n", r->copy.files[i].reason);
	}
	if (r->copy.packets_dropped)
		text_addf(out, "Left out   %llu packets of a kind that is not known\n", (unsigned long long)r->copy.packets_dropped);
	if (r->copy.payload_blanked)
		text_addf(out, "Blanked    what was not understood in %llu of %llu packets\n",
			  (unsigned long long)r->copy.payload_blanked, (unsigned long long)r->copy.packets);
	if (r->copy.left_out)
		text_addf(out, "Left out   %llu members or blocks that are not known\n", (unsigned long long)r->copy.left_out);
	if (r->copy.lines_unread)
		text_addf(out, "Blanked    %llu lines of logs that were not understood\n", (unsigned long long)r->copy.lines_unread);
	if (pseudonyms_shared(r->copy.p))
		text_addf(out, "Shared     %zu short words have the pseudonym of another\n", pseudonyms_shared(r->copy.p));
}

static void add_left(const struct redacting *r, const char *output, struct text *out)
{
	text_addf(out, "NOT HIDDEN: the copy still held %llu times what it was to hide, and was removed\n",
		  (unsigned long long)r->left.all);
	for (size_t i = 0; i < r->left.count; i++)
		text_addf(out, "  %s/%s, byte %llu: %s\n", output, r->left.found[i].path, (unsigned long long)r->left.found[i].at,
			  r->left.found[i].what);
}

static void add_judgement(const struct redacting *r, struct text *out)
{
	bool same = !strcmp(r->before.verdict, r->after.verdict);
	text_addf(out, "Verdict    %s, ", r->after.verdict);
	if (same)
		text_addf(out, "as of the original%s\n", same_findings(r) ? ", with the same findings" : "; its findings differ:");
	else
		text_addf(out, "where the original has %s: what was left out counts; its findings were:\n", r->before.verdict);
	if (!same || !same_findings(r))
		text_addf(out, "             %s\n           and of the copy:\n             %s\n", text_string(&r->before.findings),
			  text_string(&r->after.findings));
}

void redact_tell(const struct redact_settings *s, const struct redacting *r, const char *original)
{
	AUTO_TEXT struct text out = text_make(OUTPUT_MAX);
	if (s->common.json) {
		add_json(s, r, original, &out);
	} else if (!s->common.quiet || r->left.all) {
		if (r->left.all)
			add_left(r, s->output, &out);
		else
			text_addf(&out, "%s     %s\n", s->dry_run ? "Would hide" : "Copy      ", s->dry_run ? "" : s->output);
		text_addf(&out, "Hidden     %zu words, %zu addresses, %zu hardware addresses\n", pseudonyms_words(r->copy.p),
			  pseudonyms_addresses(r->copy.p), pseudonyms_macs(r->copy.p));
		if (s->dry_run && s->common.verbose)
			add_hidden(r, &out);
		add_left_out(r, &out);
		if (!s->dry_run && !r->left.all) {
			add_judgement(r, &out);
			text_addf(&out, "Searched   %llu bytes of %llu files for %llu words and addresses: none is left; %llu are too short or\n"
				  "           too common to be searched for\n", (unsigned long long)r->left.bytes,
				  (unsigned long long)r->left.files, (unsigned long long)r->left.searched,
				  (unsigned long long)r->left.unsearched);
			text_addf(&out, "Secret     %s%s: keep it, and keep it here\n", r->secret_path, r->secret_made ? ", made now" : "");
			text_addf(&out, "Derived of %s (SHA-256 of the original's seal/manifest.json)\n", r->original.manifest);
		}
	}
	fputs(text_string(&out), stdout);
}

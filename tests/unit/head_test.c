/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of heads, files of them, and second places that hear of them. */
#include "tests/unit/fake_watch.h"

#include "collectors/linux/head_tell.h"
#include "core/privilege.h"
#include "report/head_file.h"

#include <sys/socket.h>
#include <sys/un.h>

#define ONE "00112233445566778899aabbccddeeff"
#define OTHER "ffeeddccbbaa99887766554433221100"
#define SUM "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
#define LINE(session, state, bytes)                                                                \
	"{\"kind\":\"head\",\"session\":\"" session "\",\"state\":\"" state "\",\"t\":5,\"records\":3,\"bytes\":" bytes ",\"sha256\":\"" SUM "\"}"

static void a_line_is_read_as_it_was_written(void **state)
{
	(void)state;
	struct head h = {.session = ONE, .state = HEAD_END, .wall_ns = 5, .records = 3, .bytes = 77}, again;
	AUTO_TEXT struct text line = text_make(HEAD_LINE_MAX);
	hash_bytes(SLICE(""), h.sha256);
	head_add(&h, &line);
	assert_string_equal(text_string(&line), LINE(ONE, "end", "77"));
	assert_null(head_read(text_slice(&line), &again));
	assert_string_equal(again.session, ONE);
	assert_int_equal(again.state, HEAD_END);
	assert_int_equal(again.wall_ns, 5);
	assert_int_equal(again.records, 3);
	assert_int_equal(again.bytes, 77);
	assert_memory_equal(again.sha256, h.sha256, HASH_SIZE);
}

static void what_is_no_line_is_refused(void **state)
{
	(void)state;
	static const char *const wrong[] = {
		"", "{}", "head", LINE(ONE, "gone", "77"), LINE("00", "end", "77"), LINE(ONE, "end", "-1"), LINE(ONE, "end", "\"7\""),
		"{\"kind\":\"tail\",\"session\":\"" ONE "\",\"state\":\"end\",\"t\":5,\"records\":3,\"bytes\":7,\"sha256\":\"" SUM "\"}",
		"{\"kind\":\"head\",\"session\":\"" ONE "\",\"state\":\"end\",\"t\":5,\"records\":3,\"bytes\":7,\"sha256\":\"" SUM "00\"}",
		LINE(ONE, "end", "77") "x",
	};
	struct head h;
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_non_null(head_read(slice_of_string(wrong[i]), &h));
	AUTO_TEXT struct text line = text_make(2 * HEAD_LINE_MAX);
	text_add_string(&line, LINE(ONE, "end", "77"));
	while (line.size < HEAD_LINE_MAX)
		text_add_char(&line, ' ');
	assert_string_equal(head_read(text_slice(&line), &h), "a line that is too long");
}

static void only_places_that_there_are(void **state)
{
	(void)state;
	assert_int_equal(head_place_check(SLICE("journald"), NULL), OK);
	assert_int_equal(head_place_check(SLICE("dir:/var/heads"), NULL), OK);
	assert_int_equal(head_place_check(SLICE("dir:heads"), NULL), ERR_CONFIG);
	assert_int_equal(head_place_check(SLICE("dir:"), NULL), ERR_CONFIG);
	assert_int_equal(head_place_check(SLICE("syslog"), NULL), ERR_CONFIG);
	assert_int_equal(head_place_check(SLICE(""), NULL), ERR_CONFIG);
}

static void a_place_in_a_tpm_is_taken_apart(void **state)
{
	(void)state;
	struct head_tpm t;
	assert_true(head_tpm_place(SLICE("tpm:/var/heads"), &t));
	assert_string_equal(t.folder, "/var/heads");
	assert_string_equal(t.device, "/dev/tpmrm0");
	assert_int_equal(t.number, 13);
	assert_true(head_tpm_place(SLICE("tpm:/h:/run/tpm:8"), &t));
	assert_string_equal(t.device, "/run/tpm");
	assert_int_equal(t.number, 8);
	assert_true(head_tpm_place(SLICE("tpm:/h::15"), &t));
	assert_string_equal(t.device, "/dev/tpmrm0");
	assert_int_equal(head_place_check(SLICE("tpm:/h"), NULL), OK);
	/* those that anybody may set back, or that the firmware fills, vouch for nothing of ours */
	static const char *const wrong[] = {"tpm:", "tpm:h", "tpm:/h::7", "tpm:/h::16", "tpm:/h::23", "tpm:/h:tpm0", "tpm:/h:/d:13:", "tpm:/h:/d:x"};
	for (size_t i = 0; i < LENGTH(wrong); i++)
		assert_int_equal(head_place_check(slice_of_string(wrong[i]), NULL), ERR_CONFIG);
}

static struct head_file read_file(const struct scratch *s, const char *text, const char *session)
{
	char path[4096];
	struct head_file f;
	struct error err = {0};
	scratch_put(s, "heads", slice_of_string(text));
	snprintf(path, sizeof path, "%s/heads", s->path);
	assert_int_equal(head_file_read(path, session, 0, &f, &err), OK);
	return f;
}

static void a_file_is_read_by_session(void **state)
{
	const struct fake *fake = *state;
	struct head_file f = read_file(fake->s, LINE(OTHER, "open", "9") "\n" LINE(ONE, "end", "80") "\nnonsense\n\n" LINE(ONE, "open", "77") "\n" LINE(OTHER, "end", "9") "\n" LINE(ONE, "going", "78"), ONE);
	assert_int_equal(f.told_count, 3);
	assert_int_equal(f.told[0].head.bytes, 77);
	assert_int_equal(f.told[0].line, 5);
	assert_int_equal(f.told[2].head.bytes, 80);
	assert_int_equal(f.told[2].line, 2);
	assert_int_equal(f.other_count, 1);
	assert_string_equal(f.others[0].id, OTHER);
	assert_true(f.others[0].ended);
	assert_int_equal(f.reader.unreadable, 1);
	head_file_free(&f);
}

/* What is in a field that may hold anything is not taken for a field of its own. */
static void an_export_of_the_journal_is_read(void **state)
{
	static const char text[] =
		"__CURSOR=s=1\nMESSAGE=a\n" HEAD_FIELD LINE(ONE, "open", "77") "\n_UID=0\n\n"
		"__CURSOR=s=2\nMESSAGE\n\x9\0\0\0\0\0\0\0one\ntwo\n\n\nSYSLOG_IDENTIFIER=x\n\n"
		"__CURSOR=s=3\n" HEAD_FIELD "{}\n" HEAD_FIELD LINE(OTHER, "end", "9") "\n\n";
	const struct fake *fake = *state;
	char path[4096];
	struct head_file f;
	struct error err = {0};
	scratch_put(fake->s, "export", slice_of(text, sizeof text - 1));
	snprintf(path, sizeof path, "%s/export", fake->s->path);
	assert_int_equal(head_file_read(path, ONE, 0, &f, &err), OK);
	assert_int_equal(f.told_count, 1);
	assert_int_equal(f.told[0].line, 0);
	assert_int_equal(f.other_count, 1);
	assert_int_equal(f.reader.unreadable, 1);
	head_file_free(&f);
	assert_int_equal(head_file_read("/nonexistent/heads", ONE, 0, &f, &err), ERR_NO_INPUT);
	head_file_free(&f);
}

static void on_head(void *context, const struct head *h, uint64_t line)
{
	(void)h, (void)line;
	++*(unsigned *)context;
}

static void a_line_that_is_too_long_is_passed_over(void **state)
{
	(void)state;
	AUTO_TEXT struct text text = text_make(4 * HEAD_PIECE_MAX);
	unsigned found = 0;
	for (size_t i = 0; i < 3 * HEAD_PIECE_MAX; i++)
		text_add_char(&text, 'x');
	text_add_string(&text, "\n" LINE(ONE, "end", "77") "\n");
	struct head_reader r = {0};
	assert_int_equal(head_reader_feed(&r, text_slice(&text), true, on_head, &found), text.size);
	assert_int_equal(found, 1);
	assert_int_equal(r.unreadable, 1);
	assert_int_equal(r.line, 2);
}

struct told {
	struct head_places places;
	struct invoker who;
	char name[4096];
};

static struct head_teller *teller(struct fake *f, struct told *t, const char *place)
{
	*t = (struct told){.who = {.uid = getuid(), .gid = getgid()}};
	snprintf(t->places.at[t->places.count++], HEAD_PLACE_MAX, "%s", place);
	f->options.heads = &t->places;
	f->w.invoker = &t->who;
	snprintf(t->name, sizeof t->name, "%s/journal", f->s->path);
	struct head_teller *teller = head_tell_open_at(&f->w, t->name);
	head_tell_start(teller, &f->w);
	return teller;
}

static void wants_part(struct fake *f, size_t n, const char *state)
{
	struct json_member m[] = {{.key = "witness"}, {.key = "state"}};
	assert_true(fake_record(f, "witness", n, m, LENGTH(m)));
	assert_true(slice_is(m[0].value.raw, "head"));
	assert_true(slice_is(m[1].value.raw, state));
}

static void a_folder_hears_of_it(void **state)
{
	struct fake *f = *state;
	struct told t;
	struct error err = {0};
	char place[4096];
	unsigned char digest[HASH_SIZE];
	snprintf(place, sizeof place, "dir:%s", f->s->path);
	struct head_teller *told = teller(f, &t, place);
	wants_part(f, 0, "on");
	assert_int_equal(head_tell(told, &f->w, HEAD_OPEN, &err), OK);
	assert_int_equal(head_tell(told, &f->w, HEAD_GOING, &err), OK); /* within the second: not told */
	evidence_checkpoint(f->w.evidence, SLICE("{}"), true);
	assert_int_equal(head_tell(told, &f->w, HEAD_END, &err), OK);
	evidence_digest(f->w.evidence, digest);
	head_tell_free(told);
	snprintf(place, sizeof place, "%s/" HEAD_FILE, f->s->path);
	struct head_file file;
	assert_int_equal(head_file_read(place, ONE, 0, &file, &err), OK);
	assert_int_equal(file.told_count, 2);
	assert_int_equal(file.told[1].head.state, HEAD_END);
	assert_memory_equal(file.told[1].head.sha256, digest, HASH_SIZE);
	head_file_free(&file);
}

/* What a collector that died left of a line is none, and takes no other one with it. */
static void a_line_that_was_torn_stays_alone(void **state)
{
	struct fake *f = *state;
	struct told t;
	struct error err = {0};
	char place[4096];
	snprintf(place, sizeof place, "dir:%s", f->s->path);
	scratch_put(f->s, HEAD_FILE, SLICE("{\"kind\":\"he"));
	struct head_teller *told = teller(f, &t, place);
	assert_int_equal(head_tell(told, &f->w, HEAD_OPEN, &err), OK);
	head_tell_free(told);
	snprintf(place, sizeof place, "%s/" HEAD_FILE, f->s->path);
	struct head_file file;
	assert_int_equal(head_file_read(place, ONE, 0, &file, &err), OK);
	assert_int_equal(file.told_count, 1);
	assert_int_equal(file.told[0].line, 2);
	assert_int_equal(file.reader.unreadable, 1);
	head_file_free(&file);
}

/* A link, or a second name, could be anybody's file. */
static void only_a_file_of_one_name_is_written_to(void **state)
{
	struct fake *f = *state;
	struct told t;
	char place[4096];
	snprintf(place, sizeof place, "dir:%s", f->s->path);
	scratch_put(f->s, "victim", SLICE("v"));
	assert_int_equal(linkat(f->s->fd, "victim", f->s->fd, HEAD_FILE, 0), 0);
	head_tell_free(teller(f, &t, place));
	wants_part(f, 0, "missing");
	assert_int_equal(unlinkat(f->s->fd, HEAD_FILE, 0), 0);
	assert_int_equal(symlinkat("victim", f->s->fd, HEAD_FILE), 0);
	head_tell_free(teller(f, &t, place));
	wants_part(f, 1, "missing");
}

static int listen_as_journal(const struct fake *f)
{
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	snprintf(at.sun_path, sizeof at.sun_path, "%s/journal", f->s->path);
	assert_int_equal(bind(fd, (const struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

static void the_journal_hears_of_it(void **state)
{
	struct fake *f = *state;
	struct told t;
	struct error err = {0};
	struct head h;
	char entry[4096];
	int journal = listen_as_journal(f);
	struct head_teller *told = teller(f, &t, HEAD_JOURNAL);
	wants_part(f, 0, "on");
	assert_int_equal(head_tell(told, &f->w, HEAD_OPEN, &err), OK);
	ssize_t got = recv(journal, entry, sizeof entry, MSG_DONTWAIT);
	assert_true(got > 0);
	struct slice all = slice_of(entry, (size_t)got);
	size_t at = slice_search(all, SLICE("\n" HEAD_FIELD));
	assert_true(at < all.size && slice_ends(all, "}\n"));
	assert_null(head_read(slice_part(all, at + strlen("\n" HEAD_FIELD), all.size - 1), &h));
	assert_string_equal(h.session, ONE);
	/* started anew, at the same place */
	close(journal);
	assert_int_equal(unlinkat(f->s->fd, "journal", 0), 0);
	journal = listen_as_journal(f);
	assert_int_equal(head_tell(told, &f->w, HEAD_OPEN, &err), OK);
	assert_true(recv(journal, entry, sizeof entry, MSG_DONTWAIT) > 0);
	/* and gone */
	close(journal);
	assert_int_equal(head_tell(told, &f->w, HEAD_OPEN, &err), OK);
	wants_part(f, 1, "died");
	assert_int_equal(head_tell(told, &f->w, HEAD_END, &err), OK); /* which was told before */
	head_tell_free(told);
}

static void an_end_that_nobody_hears_is_an_error(void **state)
{
	struct fake *f = *state;
	struct told t;
	struct error err = {0};
	int journal = listen_as_journal(f);
	struct head_teller *told = teller(f, &t, HEAD_JOURNAL);
	close(journal);
	assert_int_equal(head_tell(told, &f->w, HEAD_END, &err), ERR_IO);
	assert_contains(err.text, "could not be told to journald");
	head_tell_free(told);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_is_read_as_it_was_written),
		cmocka_unit_test(what_is_no_line_is_refused),
		cmocka_unit_test(only_places_that_there_are),
		cmocka_unit_test(a_place_in_a_tpm_is_taken_apart),
		fake_test(a_file_is_read_by_session),
		fake_test(an_export_of_the_journal_is_read),
		cmocka_unit_test(a_line_that_is_too_long_is_passed_over),
		fake_test(a_folder_hears_of_it),
		fake_test(a_line_that_was_torn_stays_alone),
		fake_test(only_a_file_of_one_name_is_written_to),
		fake_test(the_journal_hears_of_it),
		fake_test(an_end_that_nobody_hears_is_an_error),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the members of our own files hold. One name means the same in all of them, or
 * something stricter is taken.
 */
#include "redact/copy_parts.h"

#include "core/chain.h"

enum { TEXT_MAX = 64 << 20 };

#define AS_IS(name) {name, MEMBER_AS_IS}
#define TEXT(name) {name, MEMBER_TEXT}
#define PATH(name) {name, MEMBER_PATH}
#define NAME(name) {name, MEMBER_NAME}
#define HEX(name) {name, MEMBER_HEX}

/* The members of all our own files. */
static const struct member_known known[] = {
	/* addresses, names, places, programs */
	PATH("src"), PATH("dst"), PATH("local"), PATH("remote"), PATH("address"), PATH("addresses"), PATH("interface"),
	PATH("interfaces"), PATH("comm"), PATH("exe"), PATH("path"), PATH("process"), PATH("services"), PATH("command"),
	PATH("folder"), PATH("place"), PATH("destination"), PATH("hidden"), PATH("passed"), PATH("carry"), PATH("copy"), PATH("app"), PATH("app_logs"), PATH("home"), PATH("root"), PATH("workspace"),
	NAME("name"), NAME("servers"), NAME("suffix"), NAME("proxy"), NAME("bypass"), NAME("script"), NAME("http"),
	NAME("https"), NAME("url"), NAME("sid"), NAME("boot_id"), NAME("where"), NAME("token"),
	/* text for people, of the collector or of the system */
	TEXT("detail"), TEXT("remedy"), TEXT("problem"), TEXT("reason"), TEXT("text"), TEXT("kernel"), TEXT("kernel_version"),
	TEXT("os"), TEXT("model"), TEXT("source"), TEXT("rule"), TEXT("warning"), TEXT("notes"), TEXT("say"), TEXT("needs"),
	TEXT("skipped"), TEXT("version"), TEXT("profile"), TEXT("tried"),
	HEX("sha256"), HEX("digest"), HEX("fingerprint"),
	/* words of ours, numbers, and objects that hold what is named here */
	AS_IS("kind"), AS_IS("t"), AS_IS("mono"), AS_IS("pid"), AS_IS("tid"), AS_IS("ppid"), AS_IS("uid"), AS_IS("image"),
	AS_IS("inode"), AS_IS("cgroup"), AS_IS("tree"), AS_IS("suite"), AS_IS("call"), AS_IS("proto"), AS_IS("sport"),
	AS_IS("dport"), AS_IS("lport"), AS_IS("rport"), AS_IS("value"), AS_IS("cookie"), AS_IS("netns"), AS_IS("ifindex"),
	AS_IS("size"), AS_IS("state"), AS_IS("error"), AS_IS("sent"), AS_IS("received"), AS_IS("child"), AS_IS("status"),
	AS_IS("family"), AS_IS("type"), AS_IS("abstract"), AS_IS("witness"), AS_IS("part"), AS_IS("round"), AS_IS("end"),
	AS_IS("tool"), AS_IS("moment"), AS_IS("at"), AS_IS("role"), AS_IS("change"), AS_IS("copied_from"), AS_IS("before"),
	AS_IS("after"), AS_IS("until"), AS_IS("command_ended"), AS_IS("processes"), AS_IS("packets"), AS_IS("bytes"),
	AS_IS("dropped"), AS_IS("lost"), AS_IS("session"), AS_IS("format"), AS_IS("records"), AS_IS("opcode"),
	AS_IS("request"), AS_IS("rounds"), AS_IS("rows"), AS_IS("queries"), AS_IS("written"), AS_IS("took_ns"),
	AS_IS("created"), AS_IS("unreadable"), AS_IS("fd"), AS_IS("codepage"), AS_IS("entries"), AS_IS("unchanged"),
	AS_IS("store"), AS_IS("enabled"), AS_IS("outbound"), AS_IS("detect"), AS_IS("cut"), AS_IS("rules"), AS_IS("egress"), AS_IS("last"),
	/* the session */
	AS_IS("id"), AS_IS("started_ns"), AS_IS("started"), AS_IS("tier"), AS_IS("user"), AS_IS("through"), AS_IS("host"),
	AS_IS("system"), AS_IS("machine"), AS_IS("clock"), AS_IS("wall_ns"), AS_IS("mono_ns"), AS_IS("synchronised"),
	AS_IS("offset_ns"), AS_IS("estimated_error_ns"), AS_IS("maximum_error_ns"), AS_IS("options"), AS_IS("scope"),
	AS_IS("duration_ns"), AS_IS("linger_ns"), AS_IS("interval_ns"), AS_IS("ring_bytes"), AS_IS("policy"),
	AS_IS("memory_bytes"), AS_IS("memory_unified"), AS_IS("boot_ns"), AS_IS("administrator"), AS_IS("gpus"),
	AS_IS("total_bytes"),
	/* calls that were done for the session, what was refused, an isolation */
	AS_IS("isolated"), AS_IS("isolation"), AS_IS("seccomp"), AS_IS("secret_key"), AS_IS("own"), AS_IS("denied"), AS_IS("unrecorded"), AS_IS("held"), AS_IS("number"), AS_IS("sockets"), AS_IS("masked"),
	AS_IS("shut"), AS_IS("later"), AS_IS("gone"), AS_IS("kept"), AS_IS("open"), AS_IS("unknown"),
	/* earlier sessions */
	AS_IS("found"), AS_IS("left_out"), AS_IS("audit"), AS_IS("verdict"), AS_IS("attempts"), AS_IS("attempts_leaving"),
	AS_IS("lookups_leaving"), AS_IS("findings_fail"), AS_IS("findings_inconclusive"), AS_IS("seen_permille"),
	AS_IS("destinations_more"), AS_IS("destinations_cut"), AS_IS("seal"),
	/* posture, and what a prober tried */
	AS_IS("what"), AS_IS("subject"), AS_IS("time_ns"), AS_IS("probe"), AS_IS("from_ns"), AS_IS("to_ns"), AS_IS("errno"),
	AS_IS("answer"),
};

void copy_record(struct copy *c, const struct json_value *object, const struct member_override overrides[], size_t count,
		 struct sink *out)
{
	const struct member_form form = {known, LENGTH(known), overrides, count, c->p, &c->left_out};
	struct json j = json_on(&out->text);
	members_write(&form, object, NULL, &j);
}

/* /proc/net/route and ipv6_route: columns of hexadecimal digits, of IPv4 the last byte first. */
static void mask_route_word(struct copy *c, unsigned char *word, size_t size, bool v4)
{
	static const char upper[] = "0123456789ABCDEF", lower[] = "0123456789abcdef";
	unsigned char bytes[16], turned[4];
	const char *digits = v4 ? upper : lower;
	bool number = !v4 && size == 8 && slice_hex_bytes(slice_of(word, size), 4, bytes);
	if (number)
		return;
	if (size != (v4 ? 8 : 32) || !slice_hex_bytes(slice_of(word, size), size / 2, bytes)) {
		mask_text(c->p, MASK_TEXT, word, size);
		return;
	}
	for (size_t i = 0; i < 4; i++)
		turned[i] = bytes[3 - i];
	if (!v4)
		pseudonym_v6(c->p, bytes);
	else if (turned[0] != 0xff) /* a mask */
		pseudonym_v4(c->p, turned);
	for (size_t i = 0; i < size / 2; i++) {
		unsigned char byte = v4 ? turned[3 - i] : bytes[i];
		word[2 * i] = (unsigned char)digits[byte >> 4];
		word[2 * i + 1] = (unsigned char)digits[byte & 15];
	}
}

static void mask_routes(struct copy *c, struct text *text, bool v4)
{
	unsigned char *at = (unsigned char *)text->at;
	for (size_t from = 0, end; from < text->size; from = end + 1) {
		for (end = from; end < text->size && at[end] > ' ';)
			end++;
		mask_route_word(c, at + from, end - from, v4);
	}
}

/* Of a routing table the text has a form that hides addresses from mask_text(). */
static void copy_item(struct copy *c, const struct json_value *object, struct sink *out)
{
	struct json_member m[] = {{.key = "what"}, {.key = "text"}};
	AUTO_TEXT struct text text = text_make(TEXT_MAX), json = text_make(2 * TEXT_MAX);
	struct member_override override = {.key = "text"};
	bool item = !json_read_object(object->raw, m, LENGTH(m), NULL) && m[0].value.type == JSON_STRING;
	bool v4 = item && slice_is(m[0].value.raw, "route4");
	bool routes = (v4 || (item && slice_is(m[0].value.raw, "route6"))) && members_string(&m[1].value, &text);
	if (routes) {
		struct json j = json_on(&json);
		mask_routes(c, &text, v4);
		json_add_slice(&j, NULL, text_slice(&text));
		override.json = text_slice(&json);
	}
	copy_record(c, object, &override, routes, out);
}

typedef void item_fn(struct copy *c, const struct json_value *object, struct sink *out);

static enum status each_line(struct copy *c, struct slice whole, item_fn *item, struct sink *out, struct error *err)
{
	struct cursor lines = cursor_over(whole);
	struct slice line;
	enum status status = OK;
	for (uint64_t number = 1; !status && cursor_line(&lines, &line, NULL); number++) {
		struct json_value object;
		const char *wrong = line.size > CHAIN_LINE_MAX * 64u ? "longer than is read" : json_read(line, &object, NULL);
		if (wrong || object.type != JSON_OBJECT)
			return fail(err, ERR_MALFORMED, "line %llu: %s", (unsigned long long)number, wrong ? wrong : "no object");
		item(c, &object, out);
		text_add_char(&out->text, '\n');
		status = sink_flush(out, false, err);
	}
	return status;
}

enum status copy_lines(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	return each_line(c, whole, copy_item, out, err);
}

/* "20261128T023000Z-0123abcd", as we call a folder ourselves: a time and the first digits of the
 * id, which stands there as it is. */
static bool is_named_by_us(struct slice folder, struct slice id)
{
	enum { TIME_SIZE = 16, ID_SIZE = 8 };
	static const char form[] = "00000000T000000Z-";
	for (size_t i = 0; i <= TIME_SIZE && i < folder.size; i++)
		if (form[i] == '0' ? folder.at[i] < '0' || folder.at[i] > '9' : folder.at[i] != (unsigned char)form[i])
			return false;
	return id.size >= ID_SIZE && folder.size == TIME_SIZE + 1 + ID_SIZE &&
	       slice_equal(slice_part(folder, TIME_SIZE + 1, ID_SIZE), slice_part(id, 0, ID_SIZE));
}

/* Here the host is a string, and not an object that says more of it. */
static void copy_audit(struct copy *c, const struct json_value *object, struct sink *out)
{
	struct json_member m[] = {{.key = "host"}, {.key = "folder"}, {.key = "id"}};
	AUTO_TEXT struct text name = text_make(TEXT_MAX), json = text_make(2 * TEXT_MAX);
	struct member_override override[2];
	size_t count = 0;
	bool read = !json_read_object(object->raw, m, LENGTH(m), NULL);
	if (read && members_string(&m[0].value, &name)) {
		struct json j = json_on(&json);
		mask_text(c->p, MASK_NAME, (unsigned char *)name.at, name.size);
		json_add_slice(&j, NULL, text_slice(&name));
		override[count++] = (struct member_override){.key = "host", .json = text_slice(&json)};
	}
	AUTO_TEXT struct text folder = text_make(TEXT_MAX);
	if (read && m[1].value.type == JSON_STRING && m[2].value.type == JSON_STRING && is_named_by_us(m[1].value.raw, m[2].value.raw)) {
		struct json j = json_on(&folder);
		json_add_slice(&j, NULL, m[1].value.raw);
		override[count++] = (struct member_override){.key = "folder", .json = text_slice(&folder)};
	}
	copy_record(c, object, override, count, out);
}

enum status copy_past(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	return each_line(c, whole, copy_audit, out, err);
}

/* What a tool of the system printed: words and numbers, line by line. */
enum status copy_tool(struct copy *c, struct slice whole, struct sink *out, struct error *err)
{
	struct cursor lines = cursor_over(whole);
	struct slice line;
	enum status status = OK;
	if (whole.size && slice_find(whole, 0) < whole.size)
		return fail(err, ERR_MALFORMED, "no text in one byte a letter");
	for (size_t from = 0; !status && cursor_line(&lines, &line, NULL);) {
		size_t next = whole.size - cursor_left(&lines), at = out->text.size;
		text_add(&out->text, slice_part(whole, from, next - from));
		if (!out->text.overflow)
			mask_text(c->p, MASK_OUTPUT, (unsigned char *)out->text.at + at, next - from);
		from = next;
		status = sink_flush(out, false, err);
	}
	return status;
}

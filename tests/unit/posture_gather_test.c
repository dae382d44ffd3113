/* SPDX-License-Identifier: Apache-2.0 */
#include "tests/unit/test.h"

#include "collectors/linux/posture.h"

#include "core/json.h"

static void make(const struct scratch *s, const char *path, const char *text)
{
	char folder[256];
	for (size_t i = 1; path[i]; i++)
		if (path[i] == '/') {
			snprintf(folder, sizeof folder, "%.*s", (int)i, path);
			mkdirat(s->fd, folder, 0755);
		}
	scratch_put(s, path, slice_of_string(text));
}

/* The record that holds `part`; each line must be an object by itself. */
static const char *find(const struct text *all, const char *part, char ret[static 4096])
{
	struct cursor c = cursor_over(text_slice(all));
	struct slice line;
	struct json_value v;
	const char *found = NULL;
	while (cursor_line(&c, &line, NULL)) {
		assert_null(json_read(line, &v, NULL));
		assert_int_equal(v.type, JSON_OBJECT);
		if (!found && slice_search(line, slice_of_string(part)) < line.size) {
			assert_true(slice_to_string(line, ret, 4096));
			found = ret;
		}
	}
	if (!found)
		print_error("no record with %s\n", part);
	assert_non_null(found);
	return found;
}

static void gather(const struct posture_options *o, struct text *ret)
{
	struct error err = {0};
	struct invoker who;
	assert_int_equal(privilege_invoker(&who, &err), OK);
	enum status status = posture_gather(o, &who, ret, &err);
	if (status)
		print_error("%s\n", err.text);
	assert_int_equal(status, OK);
}

static void a_tree_is_looked_at(void **state)
{
	const struct scratch *s = *state;
	char record[4096], workspace[128];
	AUTO_TEXT struct text out = text_make(POSTURE_MAX);
	make(s, "etc/resolv.conf", "nameserver 192.0.2.53\n");
	make(s, "home/dev/.config/Code/User/settings.json", "{\"a\":1}");
	make(s, "home/dev/.config/Code/User/profiles/p1/settings.json", "{\"p\":1}");
	make(s, "home/dev/.continue/config.yaml", "models:\n  - apiKey: sk-1\n");
	make(s, "home/dev/.ollama/models/manifests/reg/library/m/latest", "{}");
	make(s, "proc/7/comm", "ollama\n");
	make(s, "proc/8/comm", "bash\n");
	scratch_put(s, "proc/7/cmdline", slice_of("ollama\0serve\0", 13));
	scratch_put(s, "proc/7/environ", slice_of("HOME=/x\0OLLAMA_HOST=0.0.0.0\0", 28));
	make(s, "sys/class/net/eth0/operstate", "up\n");
	make(s, "project/.vscode/settings.json", "{\"w\":1}");
	make(s, "project/.env", "DATABASE=x-private-x\nOLLAMA_API_BASE=http://127.0.0.1:11434\n");
	make(s, "tools/nft.txt", "table inet t {\n}\n");
	snprintf(workspace, sizeof workspace, "%s/project", s->path);
	char tools[128];
	snprintf(tools, sizeof tools, "%s/tools", s->path);
	gather(&(struct posture_options){s->path, "/home/dev", workspace, tools}, &out);
	assert_contains(find(&out, "\"resolv-conf\"", record), "nameserver 192.0.2.53\\n");
	assert_contains(find(&out, "/Code/User/settings.json", record), "\"state\":\"read\",\"size\":7,");
	assert_contains(find(&out, "profiles/p1", record), "\"scope\":\"profile\"");
	assert_contains(find(&out, "config.yaml", record), "apiKey: [masked]");
	assert_contains(find(&out, "/home/dev/.ollama/models", record), "reg/library/m/latest\\n");
	assert_contains(find(&out, "\"process\"", record),
			"pid=7\\ncomm=ollama\\nargs= ollama serve\\nenvironment=read\\nenv.OLLAMA_HOST=0.0.0.0");
	assert_contains(find(&out, "\"interfaces\"", record), "eth0 up wired");
	assert_contains(find(&out, "\"scope\":\"workspace\",\"path\":\"./.vscode", record), "{\\\"w\\\":1}");
	assert_contains(find(&out, "\"what\":\"nft\"", record), "\"state\":\"recorded\"");
	assert_contains(find(&out, "\"what\":\"ufw\"", record), "\"state\":\"missing\"");
	assert_contains(find(&out, "/etc/nftables.conf", record), "\"state\":\"absent\"");
	assert_contains(find(&out, "./.env", record), "\"text\":\"OLLAMA_API_BASE=http://127.0.0.1:11434\\n\"");
	assert_null(strstr(text_string(&out), "x-private-x"));
	assert_null(strstr(text_string(&out), "bash"));
}

/* What a user may link to must not come into a file of theirs by other rights. */
static void links_lead_nowhere_else(void **state)
{
	const struct scratch *s = *state;
	char record[4096];
	AUTO_TEXT struct text out = text_make(POSTURE_MAX);
	make(s, "secret", "x-secret-x");
	make(s, "tree/home/dev/.continue/keep", "");
	assert_int_equal(symlinkat("../../../../secret", s->fd, "tree/home/dev/.continue/config.json"), 0);
	char root[128];
	snprintf(root, sizeof root, "%s/tree", s->path);
	make(s, "tree/etc/passwd", "x-secret-x");
	make(s, "tree/usr/share/ollama/.ollama/keep", "");
	assert_int_equal(symlinkat("/etc/passwd", s->fd, "tree/usr/share/ollama/.ollama/server.json"), 0);
	gather(&(struct posture_options){.root = root, .home = "/home/dev"}, &out);
	assert_contains(find(&out, "/usr/share/ollama/.ollama/server.json", record), "\"failed\"");
	assert_contains(find(&out, "/.continue/config.json", record), "\"absent\"");
	assert_null(strstr(text_string(&out), "x-secret-x"));
}

static void what_is_no_plain_file_does_not_hold_it_up(void **state)
{
	const struct scratch *s = *state;
	char record[4096];
	AUTO_TEXT struct text out = text_make(POSTURE_MAX), large = text_make(POSTURE_FILE_MAX + 100);
	make(s, "etc/keep", "");
	make(s, "home/dev/keep", "");
	assert_int_equal(mkfifoat(s->fd, "etc/resolv.conf", 0600), 0);
	while (large.size < POSTURE_FILE_MAX + 1)
		text_add_char(&large, ' ');
	make(s, "etc/nftables.conf", text_string(&large));
	gather(&(struct posture_options){.root = s->path, .home = "/home/dev"}, &out);
	assert_contains(find(&out, "\"resolv-conf\"", record), "\"failed\"");
	assert_non_null(strstr(text_string(&out), "\"/etc/nftables.conf\",\"state\":\"cut\",\"size\":1048576,"));
}

/* A folder of pieces that cannot be opened is not one without any. */
static void a_folder_that_cannot_be_opened(void **state)
{
	const struct scratch *s = *state;
	char record[4096];
	AUTO_TEXT struct text out = text_make(POSTURE_MAX);
	make(s, "home/dev/keep", "");
	make(s, "etc/firewalld/keep", "");
	make(s, "etc/systemd/system/ollama.service.d/a.conf", "[Service]\n");
	assert_int_equal(symlinkat("policies", s->fd, "etc/firewalld/policies"), 0); /* for ever */
	gather(&(struct posture_options){.root = s->path, .home = "/home/dev"}, &out);
	assert_contains(find(&out, "/etc/firewalld/policies/*.xml", record), "\"failed\"");
	assert_contains(find(&out, "ollama.service.d/a.conf", record), "\"read\"");
	assert_contains(find(&out, "/etc/opt/chrome/policies/managed/*.json", record), "\"absent\"");
}

static void a_root_that_is_none(void **state)
{
	struct error err = {0};
	struct invoker who;
	AUTO_TEXT struct text out = text_make(POSTURE_MAX);
	(void)state;
	assert_int_equal(privilege_invoker(&who, &err), OK);
	assert_int_equal(posture_gather(&(struct posture_options){.root = "/nonexistent/x"}, &who, &out, &err),
			 ERR_NO_INPUT);
	assert_contains(err.text, "/nonexistent/x");
}

/* Without it nothing of a user's would be found, and nothing would tell. */
static void a_home_that_is_none(void **state)
{
	const struct scratch *s = *state;
	struct error err = {0};
	struct invoker who;
	AUTO_TEXT struct text out = text_make(POSTURE_MAX);
	make(s, "home/file", "");
	assert_int_equal(privilege_invoker(&who, &err), OK);
	assert_int_equal(posture_gather(&(struct posture_options){.root = s->path, .home = "/home/dev"}, &who, &out, &err),
			 ERR_NO_INPUT);
	assert_contains(err.text, "/home/dev");
	assert_int_equal(posture_gather(&(struct posture_options){.root = s->path, .home = "/home/file"}, &who, &out, &err),
			 ERR_NO_INPUT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		scratch_test(a_tree_is_looked_at),
		scratch_test(links_lead_nowhere_else),
		scratch_test(what_is_no_plain_file_does_not_hold_it_up),
		cmocka_unit_test(a_root_that_is_none),
		scratch_test(a_home_that_is_none),
		scratch_test(a_folder_that_cannot_be_opened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}

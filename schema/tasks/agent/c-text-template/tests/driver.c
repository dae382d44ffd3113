#define _POSIX_C_SOURCE 200809L
#include "render.h"

#include <stdio.h>
#include <string.h>

static FILE *out;
static struct values v;

static void show(const char *template, size_t size)
{
	char area[80];
	int result;

	memset(area, '#', sizeof area);
	result = (int)render(template, &v, area + 2, size);
	fprintf(out, "%s (%zu): %d ", template, size, result);
	for (size_t i = 0; i < 40; i++)
		fprintf(out, "%c", area[i] ? area[i] : '$');
	fprintf(out, "\n");
}

static void set(const char *name, const char *text)
{
	bool done = values_set(&v, name, text);

	fprintf(out, "set %s=%s: %d %zu\n", name, text, done, v.count);
}

static void get(const char *name, size_t n)
{
	const char *text = values_get(&v, name, n);

	fprintf(out, "get %.*s: %s\n", (int)n, name, text ? text : "none");
}

int main(void)
{
	out = fdopen(3, "w");
	if (!out)
		return 1;
	show("nothing {x|here}", 60);
	get("", 0);
	set("user_name", "Ada L.");
	set("user", "ada");
	set("user", "a");
	set("us", "short name");
	set("empty", "");
	set("braces", "{user} }} {{");
	set("", "no name");
	set("123456789012345", "x");
	set("1234567890123456", "x");
	set("12345678901234567", "x");
	set("long", "1234567890123456789012345678901");
	set("long", "12345678901234567890123456789012");
	set("a|b", "bar");
	set("more", "8");
	set("one too many", "9");
	set("user", "ada");
	get("user", 4);
	get("user_name", 4);
	get("user_name", 9);
	get("user_name", 8);
	get("u", 1);
	get("usersuffix", 5);
	get("long", 4);
	get("123456789012345", 15);
	get("1234567890123456", 16);

	show("", 60);
	show("plain", 60);
	show("Hello {user_name} ({user}), {us}", 60);
	show("{ user }|{user   }|{   user}", 60);
	show("{user x}", 60);
	show("{{user}} {{{user}}}", 60);
	show("}} } {user}}", 60);
	show("}", 60);
	show("{{", 60);
	show("{", 60);
	show("a {user", 60);
	show("a {nobody} b", 60);
	show("{}", 60);
	show("{ }", 60);
	show("{|default}", 60);
	show("{nobody|}", 60);
	show("{nobody| a  b }", 60);
	show("{ nobody |x}", 60);
	show("{empty}", 60);
	show("{empty|instead}", 60);
	show("{user|instead}", 60);
	show("{nobody|a|b}", 60);
	show("{user} a|b {user}", 60);
	show("{nobody|{user}}", 60);
	show("{braces}", 60);
	show("{nobody} {user", 60);
	show("{user {nobody}", 60);
	show("12345{user}", 9);
	show("12345{user}", 8);
	show("12345{user}", 6);
	show("12345{user}", 5);
	show("12345{user}", 1);
	show("12345{user}", 0);
	show("", 1);
	show("", 0);
	show("{{{{", 2);
	show("{nobody|default}", 5);
	show("12{nobody}3456", 4);
	show("1234{nobody}", 4);
	show("{long}", 32);
	show("{long}", 31);
	return fclose(out) != 0;
}

#include "render.h"

#include <stdio.h>
#include <string.h>

static int failed;

static void check(const char *template, const struct values *v, int result, const char *wanted)
{
	char buf[64] = "?";
	int got = (int)render(template, v, buf, sizeof buf);

	if (got != result || strcmp(buf, wanted)) {
		printf("%s: got %d \"%s\", wanted %d \"%s\"\n", template, got, buf, result, wanted);
		failed = 1;
	}
}

int main(void)
{
	struct values v = { .count = 0 };

	values_set(&v, "user_name", "Ada L.");
	values_set(&v, "user", "ada");
	values_set(&v, "user", "ada2");
	check("Hello {user_name} ({user})", &v, RENDER_OK, "Hello Ada L. (ada2)");
	check("{{literal}} { user }", &v, RENDER_OK, "{literal} ada2");
	check("{group|no group} a|b {user}", &v, RENDER_OK, "no group a|b ada2");
	check("x {nobody}", &v, RENDER_UNKNOWN, "x ");
	check("x {user", &v, RENDER_OPEN, "x ");
	return failed;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A model server of which it is known how good its model is: it has the answers that come
 * with the tasks, and gives a known share of them right, the others wrong, dressed as models
 * dress them. Speaks Ollama's API and OpenAI's on 127.0.0.1; ends when its parent closes
 * standard input.
 *
 *   bench_model TASKS SHARE [die-after=N] [delay-ms=N] [log=FILE] [port=N]
 *
 * TASKS is the folder of the suites. Of the tasks in the order of their paths SHARE percent
 * are answered right, spread evenly. The log gets a line "right|wrong TASK" for each
 * answer (for each DONE of an agent's). Prints its port.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <limits.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

enum { REQUEST_MAX = 4 << 20, TEXT_MAX = 1 << 20, TASKS_MAX = 1024, PIECE = 64, WRONGS_MAX = 16 };

#define MODEL "scripted:1b"

struct task {
	char path[512]; /* of its folder */
	char *prompt;   /* as it stands inside a JSON string */
	char answer[128];
	bool edit, agent, right;
};

static struct task tasks[TASKS_MAX];
static size_t task_count;
static unsigned long die_after, delay_ms, answered;
static FILE *answers_log;

/* ---- files ----------------------------------------------------------------- */

static char *read_all(const char *path)
{
	FILE *f = fopen(path, "r");
	char *text = calloc(TEXT_MAX + 1, 1);
	if (f && text)
		text[fread(text, 1, TEXT_MAX, f)] = 0;
	if (f)
		fclose(f);
	return f ? text : (free(text), NULL);
}

/* As the product writes strings into JSON. */
static void add_escaped(char *to, const char *text)
{
	to += strlen(to);
	for (; *text; text++) {
		if (*text == '\n')
			to += sprintf(to, "\\n");
		else if (*text == '\t')
			to += sprintf(to, "\\t");
		else if (*text == '"' || *text == '\\')
			to += sprintf(to, "\\%c", *text);
		else if ((unsigned char)*text < 0x20)
			to += sprintf(to, "\\u%04x", (unsigned)*text);
		else
			*to++ = *text;
	}
	*to = 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
	return strcmp((*a)->d_name, (*b)->d_name);
}

static int no_dots(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

static void read_ini(struct task *t)
{
	char path[700], *ini, *line;
	snprintf(path, sizeof path, "%s/task.ini", t->path);
	ini = read_all(path);
	line = ini ? strstr(ini, "\nanswer") : NULL;
	if (line)
		sscanf(line, " answer = %127s", t->answer);
	free(ini);
}

static void add_task(const char *suites, const char *suite, const char *name)
{
	char path[700];
	struct task *t = &tasks[task_count];
	snprintf(t->path, sizeof t->path, "%s/%s/%s", suites, suite, name);
	snprintf(path, sizeof path, "%s/prompt.md", t->path);
	char *prompt = read_all(path);
	if (!prompt || task_count + 1 == TASKS_MAX)
		return;
	t->prompt = calloc(6, TEXT_MAX + 1);
	add_escaped(t->prompt, prompt);
	t->edit = !strcmp(suite, "edit");
	t->agent = !strcmp(suite, "agent");
	read_ini(t);
	free(prompt);
	task_count++;
}

static void load(const char *suites, unsigned long share)
{
	struct dirent **suite, **name;
	int suite_count = scandir(suites, &suite, no_dots, by_name);
	for (int i = 0; i < suite_count; i++) {
		char path[512];
		snprintf(path, sizeof path, "%s/%s", suites, suite[i]->d_name);
		int count = scandir(path, &name, no_dots, by_name);
		for (int k = 0; k < count; k++)
			add_task(suites, suite[i]->d_name, name[k]->d_name);
	}
	for (size_t i = 0; i < task_count; i++)
		tasks[i].right = (i + 1) * share / 100 > i * share / 100;
}

/* ---- what is said ------------------------------------------------------------ */

/* The folder of the answer that is given. */
static void answer_folder(size_t i, char ret[static 700])
{
	unsigned wrongs = 0;
	snprintf(ret, 700, "%s/reference", tasks[i].path);
	if (tasks[i].right)
		return;
	for (unsigned n = 1; n <= WRONGS_MAX; n++) {
		snprintf(ret, 700, "%s/wrong-%u", tasks[i].path, n);
		wrongs += access(ret, F_OK) == 0;
	}
	snprintf(ret, 700, "%s/wrong-%u", tasks[i].path, wrongs ? (unsigned)(i % wrongs) + 1 : 1);
}

/* Every file below `folder` but WHY, each behind a line with `word` and its path. */
static void add_files(const char *folder, const char *below, const char *word, char *to)
{
	struct dirent **entry;
	int count = scandir(folder, &entry, no_dots, by_name);
	for (int i = 0; i < count; i++) {
		char path[PATH_MAX], name[1024];
		snprintf(path, sizeof path, "%s/%s", folder, entry[i]->d_name);
		snprintf(name, sizeof name, "%s%s", below, entry[i]->d_name);
		char *text = read_all(path);
		if (entry[i]->d_type == DT_DIR) {
			strcat(name, "/");
			add_files(path, name, word, to);
		} else if (text && strcmp(name, "WHY") != 0) {
			sprintf(to + strlen(to), "%s%s\n`````\n%s%s`````\n\n", word, name, text,
				text[0] && text[strlen(text) - 1] == '\n' ? "" : "\n");
		}
		free(text);
	}
}

/* The one file, in clothes that change from task to task. */
static void add_one_file(size_t i, const char *code, char *to)
{
	switch (i % 6) {
	case 0:
		sprintf(to, "`````\n%s\n`````\n", code);
		break;
	case 1:
		sprintf(to, "Sure! Here is the file:\n\n`````\n%s\n`````\n\nIt handles all of the cases above.\n", code);
		break;
	case 2:
		sprintf(to, "<think>\nMaybe so:\n```\nnothing\n```\nNo.\n</think>\n\n`````\n%s\n`````\n", code);
		break;
	case 3:
		sprintf(to, "~~~~~ %s\n%s\n~~~~~\n", tasks[i].answer, code);
		break;
	case 4:
		sprintf(to, "**FILE: `%s`**\n\n`````\n%s\n`````\n\nUse it so:\n```\nrun it\n```\n", tasks[i].answer, code);
		break;
	default:
		sprintf(to, "`````\n%s", code); /* and forgets to close it */
	}
}

static void note(size_t i)
{
	answered++;
	if (answers_log)
		fprintf(answers_log, "%s %s\n", tasks[i].right ? "right" : "wrong", tasks[i].path);
	if (answers_log)
		fflush(answers_log);
}

static void say(size_t i, const char *request, char *to)
{
	char folder[700], path[900];
	answer_folder(i, folder);
	*to = 0;
	if (tasks[i].agent && !strstr(request, "\"assistant\"")) {
		sprintf(to, "I write the files.\n\n");
		add_files(folder, "", "WRITE ", to);
		strcat(to, "TEST\n");
		return;
	}
	note(i);
	if (tasks[i].agent) {
		strcpy(to, "DONE\n");
		return;
	}
	if (tasks[i].edit) {
		add_files(folder, "", "FILE: ", to);
		return;
	}
	snprintf(path, sizeof path, "%s/%s", folder, tasks[i].answer);
	char *code = read_all(path);
	add_one_file(i, code ? code : "", to);
	free(code);
}

/* The task that was asked for; the one with the longest prompt that stands in it. */
static size_t find(const char *request)
{
	size_t best = task_count, size = 0;
	for (size_t i = 0; i < task_count; i++)
		if (strlen(tasks[i].prompt) > size && strstr(request, tasks[i].prompt)) {
			size = strlen(tasks[i].prompt);
			best = i;
		}
	return best;
}

/* ---- HTTP ------------------------------------------------------------------ */

static void send_json(int fd, const char *body)
{
	dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
		strlen(body), body);
}

static void stream(int fd, const char *said, bool ollama)
{
	static char piece[PIECE * 8];
	size_t pieces = 0;
	dprintf(fd, "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nConnection: close\r\n\r\n",
		ollama ? "application/x-ndjson" : "text/event-stream");
	for (size_t at = 0, size = strlen(said); at < size; pieces++) {
		char part[PIECE + 8] = "";
		size_t n = size - at < PIECE ? size - at : PIECE;
		while (at + n < size && ((unsigned char)said[at + n] & 0xc0) == 0x80)
			n++; /* not in the middle of a character */
		memcpy(part, said + at, n);
		at += n;
		piece[0] = 0;
		add_escaped(piece, part);
		if (ollama)
			dprintf(fd, "{\"model\":\"" MODEL "\",\"message\":{\"role\":\"assistant\",\"content\":\"%s\"},\"done\":false}\n", piece);
		else
			dprintf(fd, "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"},\"finish_reason\":null}]}\n\n", piece);
	}
	usleep((useconds_t)delay_ms * 1000);
	if (ollama)
		dprintf(fd, "{\"model\":\"" MODEL "\",\"message\":{\"role\":\"assistant\",\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\","
			    "\"total_duration\":3000000,\"load_duration\":1000000,\"prompt_eval_count\":100,"
			    "\"prompt_eval_duration\":1000000,\"eval_count\":%zu,\"eval_duration\":1000000}\n", pieces);
	else
		dprintf(fd, "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"
			    "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":100,\"completion_tokens\":%zu,\"total_tokens\":%zu}}\n\n"
			    "data: [DONE]\n\n", pieces, pieces + 100);
}

static void answer_one(int fd, const char *request)
{
	static char said[8 * TEXT_MAX];
	char path[128] = "";
	sscanf(request, "%*s %127s", path);
	if (!strcmp(path, "/api/version"))
		send_json(fd, "{\"version\":\"0.0.1\"}");
	else if (!strcmp(path, "/api/tags"))
		send_json(fd, "{\"models\":[{\"name\":\"" MODEL "\",\"digest\":\"00ff\",\"size\":1000,\"details\":"
			      "{\"family\":\"script\",\"parameter_size\":\"1B\",\"quantization_level\":\"Q4_K_M\"}}]}");
	else if (!strcmp(path, "/api/show"))
		send_json(fd, "{\"template\":\"{{ .Prompt }}\",\"details\":{},\"model_info\":{\"script.context_length\":8192}}");
	else if (!strcmp(path, "/api/ps"))
		send_json(fd, "{\"models\":[{\"name\":\"" MODEL "\",\"size\":1000,\"size_vram\":1000}]}");
	else if (!strcmp(path, "/v1/models"))
		send_json(fd, "{\"object\":\"list\",\"data\":[{\"id\":\"" MODEL "\",\"object\":\"model\"}]}");
	else if (!strcmp(path, "/api/chat") || !strcmp(path, "/v1/chat/completions")) {
		size_t i = find(request);
		if (i < task_count)
			say(i, request, said);
		else
			strcpy(said, "A reader keeps the place of the last line of each key, and goes there.");
		stream(fd, said, path[1] == 'a');
	} else
		dprintf(fd, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

static size_t end_of(const char *request)
{
	const char *body = strstr(request, "\r\n\r\n"), *length = strcasestr(request, "\r\ncontent-length:");
	if (!body)
		return 0;
	return (size_t)(body + 4 - request) + (length && length < body ? strtoul(length + 17, NULL, 10) : 0);
}

static void serve(int listener)
{
	static char request[REQUEST_MAX + 1];
	struct timeval patience = {.tv_sec = 5};
	size_t used = 0, end = 0;
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);
	if (fd < 0)
		return;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	while (used < REQUEST_MAX && (end == 0 || used < end)) {
		ssize_t got = read(fd, request + used, REQUEST_MAX - used);
		if (got <= 0)
			break;
		used += (size_t)got;
		request[used] = 0;
		if (end == 0)
			end = end_of(request);
	}
	if (used > 0)
		answer_one(fd, request);
	close(fd);
}

static int listen_on(unsigned port)
{
	struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port),
				.sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	socklen_t size = sizeof a;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(fd, 16) != 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &size) != 0) {
		perror("bench_model");
		exit(1);
	}
	printf("%u\n", ntohs(a.sin_port));
	fflush(stdout);
	return fd;
}

int main(int argc, char *argv[])
{
	unsigned long port = 0;
	if (argc < 3) {
		fprintf(stderr, "usage: bench_model TASKS SHARE [die-after=N] [delay-ms=N] [log=FILE] [port=N]\n");
		return 2;
	}
	for (int i = 3; i < argc; i++) {
		sscanf(argv[i], "die-after=%lu", &die_after);
		sscanf(argv[i], "delay-ms=%lu", &delay_ms);
		sscanf(argv[i], "port=%lu", &port);
		if (!strncmp(argv[i], "log=", 4))
			answers_log = fopen(argv[i] + 4, "a");
	}
	load(argv[1], strtoul(argv[2], NULL, 10));
	int listener = listen_on((unsigned)port);
	while (!die_after || answered < die_after) {
		struct pollfd watched[] = {{listener, POLLIN, 0}, {0, POLLIN, 0}};
		char byte;
		if (poll(watched, 2, 600000) <= 0)
			return 0;
		if (watched[0].revents)
			serve(listener);
		if (watched[1].revents && read(0, &byte, 1) <= 0)
			return 0;
	}
	return 0;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 * journal PATH: stands in for journald: prints what is sent to the socket PATH as an export
 * of the journal has it, and one field of another program between, which looks like a head
 * and lies in a field that may hold anything.
 */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

int main(int argc, char *argv[])
{
	static const char inside[] = "a\nAIRGAP_VERIFY_HEAD={\"kind\":\"head\"}";
	struct sockaddr_un at = {.sun_family = AF_UNIX};
	char message[65536];
	int fd = socket(AF_UNIX, SOCK_DGRAM, 0);
	if (argc != 2 || strlen(argv[1]) >= sizeof at.sun_path)
		return 64;
	memcpy(at.sun_path, argv[1], strlen(argv[1]));
	if (fd < 0 || bind(fd, (const struct sockaddr *)&at, sizeof at) != 0 || chmod(argv[1], 0666) != 0)
		return 71;
	for (unsigned n = 0;; n++) {
		ssize_t got = recv(fd, message, sizeof message, 0);
		if (got < 0)
			return 74;
		printf("__CURSOR=s=%u\n_TRANSPORT=journal\n", n);
		fwrite(message, 1, (size_t)got, stdout);
		printf("_UID=65534\n\n__CURSOR=t=%u\nMESSAGE\n%c%c%c%c%c%c%c%c%s\n\n", n, (int)strlen(inside), 0, 0, 0, 0, 0, 0, 0, inside);
		fflush(stdout);
	}
}

#include "packet.h"

#include <stdio.h>
#include <string.h>

int main(void)
{
	static const uint8_t wanted[] = { 0x25, 0, 0, 3, 1, 2, 3, 4, 5, 6, 7, 8, 0xff, 0x38, 0x07, 0x4d, 'a', 'b', 'c' };
	struct packet p = { 5, 0x0102030405060708, -200, (const uint8_t *)"abc", 3 }, back;
	uint8_t buf[40];
	size_t n = packet_write(buf + 1, 39, &p);
	int failed = 0;

	if (n != sizeof wanted || memcmp(buf + 1, wanted, sizeof wanted)) {
		printf("written, %zu bytes:", n);
		for (size_t i = 0; i < n && i < 20; i++)
			printf(" %02x", buf[1 + i]);
		printf("\n");
		failed = 1;
	}
	if (!packet_read(wanted, sizeof wanted, &back) || back.temperature != -200 || back.length != 3) {
		printf("cannot be read\n");
		failed = 1;
	}
	return failed;
}

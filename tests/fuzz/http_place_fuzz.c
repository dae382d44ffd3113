/* SPDX-License-Identifier: Apache-2.0 */
/*
 * URLs of model servers: what is taken leads to this machine, and says so again.
 */
#include "benchmark/http.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size)
{
	char url[1024], text[HTTP_URL_MAX];
	struct http_place place, again;
	struct error err = {0};
	if (!slice_to_string(slice_of(data, size), url, sizeof url) || http_place_parse(url, &place, &err))
		return 0;
	bool here = place.socket[0] == '/' || (address_class(&place.address) == CLASS_LOOPBACK && place.port);
	http_place_text(&place, text);
	if (here && strlen(text) > HTTP_URL_MAX / 2)
		return 0; /* its port makes it longer than may be read */
	if (!here || http_place_parse(text, &again, &err) || !address_equal(&place.address, &again.address) ||
	    place.port != again.port || strcmp(place.path, again.path) || strcmp(place.socket, again.socket))
		abort();
	return 0;
}

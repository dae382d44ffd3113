/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/network.h"

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

struct interface_address {
	struct address address;
	char name[IF_NAMESIZE];
};

static bool take_address(const struct ifaddrs *entry, struct interface_address *ret)
{
	const struct sockaddr *sa = entry->ifa_addr;
	if (!sa)
		return false;
	if (sa->sa_family == AF_INET) {
		struct sockaddr_in v4;
		memcpy(&v4, sa, sizeof v4);
		ret->address = address_v4((const unsigned char *)&v4.sin_addr);
	} else if (sa->sa_family == AF_INET6) {
		struct sockaddr_in6 v6;
		memcpy(&v6, sa, sizeof v6);
		ret->address = address_v6(v6.sin6_addr.s6_addr);
	} else {
		return false;
	}
	size_t size = strnlen(entry->ifa_name, sizeof ret->name - 1);
	memcpy(ret->name, entry->ifa_name, size);
	ret->name[size] = 0;
	return true;
}

static void write_record(struct watch *w, const struct interface_address *found, size_t count,
			 bool all)
{
	struct json *j = evidence_begin(w->evidence, "network", clock_now().wall_ns);
	json_begin_array(j, "addresses");
	for (size_t i = 0; i < count; i++) {
		char text[ADDRESS_TEXT_MAX];
		address_text(&found[i].address, text);
		json_begin_object(j, NULL);
		json_add_string(j, "address", text);
		json_add_string(j, "interface", found[i].name);
		json_add_u64(j, "ifindex", if_nametoindex(found[i].name));
		json_end_object(j);
	}
	json_end_array(j);
	json_begin_array(j, "interfaces");
	struct if_nameindex *names = if_nameindex();
	for (struct if_nameindex *n = names; n && n->if_index; n++) {
		json_begin_object(j, NULL);
		json_add_string(j, "interface", n->if_name);
		json_add_u64(j, "ifindex", n->if_index);
		json_end_object(j);
	}
	if (names)
		if_freenameindex(names);
	json_end_array(j);
	if (!all)
		json_add_bool(j, "cut", true);
	evidence_end(w->evidence);
}

void network_look(struct watch *w)
{
	struct ifaddrs *list = NULL;
	struct interface_address found[WATCH_ADDRESSES_MAX];
	size_t count = 0, same = 0;
	bool all = true;
	if (getifaddrs(&list) != 0)
		return;
	for (const struct ifaddrs *e = list; e; e = e->ifa_next) {
		if (count == WATCH_ADDRESSES_MAX)
			all = false;
		else if (take_address(e, &found[count]))
			count++;
	}
	freeifaddrs(list);
	for (size_t i = 0; i < count && i < w->own_count; i++)
		same += address_equal(&found[i].address, &w->own[i]);
	if (w->own_count == count && same == count && count)
		return;
	write_record(w, found, count, all);
	w->own_count = count;
	for (size_t i = 0; i < count; i++)
		w->own[i] = found[i].address;
}

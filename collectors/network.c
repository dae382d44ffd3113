/* SPDX-License-Identifier: Apache-2.0 */
#include "collectors/network.h"

#include "core/auto.h"

#include <stdio.h>

static void set_interface(struct network_interface *ret, const char *name, uint32_t index)
{
	snprintf(ret->name, sizeof ret->name, "%s", name);
	ret->index = index;
}

void network_add(struct network *n, const struct address *a, const char *name, uint32_t index)
{
	if (n->address_count == WATCH_ADDRESSES_MAX) {
		n->cut = true;
		return;
	}
	struct network_address *added = &n->addresses[n->address_count++];
	added->address = *a;
	set_interface(&added->interface, name, index);
}

void network_add_interface(struct network *n, const char *name, uint32_t index)
{
	if (n->interface_count < NETWORK_INTERFACES_MAX)
		set_interface(&n->interfaces[n->interface_count++], name, index);
}

static void write_record(struct watch *w, const struct network *n)
{
	struct json *j = evidence_begin(w->evidence, "network", clock_now().wall_ns);
	json_begin_array(j, "addresses");
	for (size_t i = 0; i < n->address_count; i++) {
		char text[ADDRESS_TEXT_MAX];
		address_text(&n->addresses[i].address, text);
		json_begin_object(j, NULL);
		json_add_string(j, "address", text);
		json_add_string(j, "interface", n->addresses[i].interface.name);
		json_add_u64(j, "ifindex", n->addresses[i].interface.index);
		json_end_object(j);
	}
	json_end_array(j);
	json_begin_array(j, "interfaces");
	for (size_t i = 0; i < n->interface_count; i++) {
		json_begin_object(j, NULL);
		json_add_string(j, "interface", n->interfaces[i].name);
		json_add_u64(j, "ifindex", n->interfaces[i].index);
		json_end_object(j);
	}
	json_end_array(j);
	if (n->cut)
		json_add_bool(j, "cut", true);
	evidence_end(w->evidence);
}

void network_look(struct watch *w)
{
	AUTO_FREE struct network *n = must_alloc(1, sizeof *n);
	size_t same = 0;
	if (!network_list(n))
		return;
	for (size_t i = 0; i < n->address_count && i < w->own_count; i++)
		same += address_equal(&n->addresses[i].address, &w->own[i]);
	if (w->own_count == n->address_count && same == n->address_count && n->address_count)
		return;
	write_record(w, n);
	w->own_count = n->address_count;
	for (size_t i = 0; i < n->address_count; i++)
		w->own[i] = n->addresses[i].address;
}

/* SPDX-License-Identifier: Apache-2.0 */
/*
 *   Rule Name:                            Core Networking - DNS (UDP-Out)
 *   ----------------------------------------------------------------------
 *   Enabled:                              Yes
 *   Direction:                            Out
 *   Profiles:                             Domain,Private,Public
 *   LocalIP:                              Any
 *   RemoteIP:                             Any
 *   Protocol:                             ICMPv6
 *                                         Type    Code
 *                                         135     Any
 *   Action:                               Allow
 *
 * Fields that do not narrow what a rule is for are known; any other narrows it.
 */
#include "ingest/posture/netsh_rule.h"

#include "ingest/posture/firewall.h"

struct fields {
	struct slice enabled, direction, action, protocol, remote;
	bool narrow, types, link; /* link: all types are of messages between neighbours */
};

/* "Name:   value" */
static bool split(struct slice line, struct slice *ret_name, struct slice *ret_value)
{
	size_t colon = slice_find(line, ':');
	*ret_name = slice_part(line, 0, colon);
	*ret_value = slice_trim(slice_part(line, colon + 1, line.size));
	return colon < line.size;
}

static void take_field(struct fields *f, struct netsh_rule *r, struct slice name, struct slice value)
{
	static const char *const telling[] = {"Grouping", "Rule source", "Description", "Edge traversal", "Security", "Deferred"};
	const struct {
		const char *name;
		struct slice *ret;
	} kept[] = {{"Enabled", &f->enabled}, {"Direction", &f->direction}, {"Action", &f->action},
		    {"Protocol", &f->protocol}, {"RemoteIP", &f->remote}, {"Profiles", &r->profiles}};
	for (size_t i = 0; i < LENGTH(kept); i++)
		if (slice_is(name, kept[i].name)) {
			*kept[i].ret = value;
			return;
		}
	for (size_t i = 0; i < LENGTH(telling); i++)
		if (slice_is(name, telling[i]))
			return;
	f->narrow = f->narrow || (value.size > 0 && !slice_is(value, "Any"));
}

/* "135     Any", below "Type    Code" */
static void take_type(struct fields *f, struct slice line)
{
	struct slice type = slice_part(line, 0, slice_find(line, ' '));
	if (type.size == 0 || slice_is(type, "Type"))
		return;
	bool link = firewall_is_link_message(type);
	f->link = link && (!f->types || f->link);
	f->types = true;
}

static const char *family_of(const struct fields *f)
{
	if (slice_is(f->protocol, "ICMPv6") || slice_is(f->protocol, "IPv6"))
		return "6";
	if (slice_is(f->protocol, "ICMPv4") || slice_is(f->protocol, "IGMP"))
		return "4";
	bool colon = slice_find(f->remote, ':') < f->remote.size, dot = slice_find(f->remote, '.') < f->remote.size;
	return colon == dot ? "46" : colon ? "6" : "4";
}

static const char *scope_of(const struct fields *f)
{
	struct slice remote = slice_part(f->remote, 0, slice_find(f->remote, '/'));
	bool everywhere = f->remote.size == 0 || slice_is(f->remote, "Any");
	bool any = f->protocol.size == 0 || slice_is(f->protocol, "Any");
	if (!everywhere && firewall_is_local(remote))
		return "loopback";
	if (slice_is(f->protocol, "ICMPv6") && f->types && f->link)
		return "link";
	if (everywhere && any && !f->narrow && !f->types)
		return "all";
	return firewall_is_control(f->protocol) || (!everywhere && !firewall_is_wide(f->remote)) ? "narrow" : "wide";
}

bool netsh_rule_next(struct cursor *c, struct netsh_rule *ret)
{
	struct fields f = {0};
	struct slice line, name, value;
	bool inside = false;
	*ret = (struct netsh_rule){0};
	for (;;) {
		struct cursor before = *c;
		if (!cursor_line(c, &line, NULL))
			break;
		line = slice_trim(slice_part(line, 0, POSTURE_LINE_MAX));
		if (slice_starts(line, "Rule Name:")) {
			if (inside) {
				*c = before;
				break;
			}
			inside = true;
			(void)split(line, &name, &ret->name);
		} else if (inside && split(line, &name, &value)) {
			take_field(&f, ret, name, value);
		} else if (inside && !slice_starts(line, "---") && !slice_is(line, "Ok.")) {
			take_type(&f, line);
		}
	}
	ret->counts = slice_is(f.enabled, "Yes") && slice_is(f.direction, "Out");
	ret->blocks = slice_is(f.action, "Block");
	ret->family = family_of(&f);
	ret->scope = scope_of(&f);
	return inside;
}

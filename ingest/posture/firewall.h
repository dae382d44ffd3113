/* SPDX-License-Identifier: Apache-2.0 */
#ifndef INGEST_POSTURE_FIREWALL_H
#define INGEST_POSTURE_FIREWALL_H

/*
 * Rules of any firewall in one form: what of new outgoing packets a rule speaks of, and
 * what it does with them. Which one decides is not found here.
 */

#include "ingest/posture/posture.h"

enum {
	FIREWALL_WORDS_MAX = 96, /* of one rule */
	FIREWALL_CHAIN_MAX = 256, /* bytes of a name: family, table and chain */
	FIREWALL_HOOK_MAX = 32,
};

struct firewall_chain {
	const char *family; /* "4", "6", "46" */
	struct slice name;
	const char *hook;   /* "output", "forward", "postrouting" (which both pass), "egress:eth0", "pf", "profile"
			       or "another"; NULL: reached by jumps alone */
	int64_t priority;   /* lower ones come first */
	const char *policy; /* "accept" or "drop": where no rule decides */
};

/* What part of the packets that leave the machine and begin something new it matches:
 * "all"; "loopback" (none of them); "established" (none either); "link" (messages by
 * which neighbours find each other, and which no router passes on); "narrow" (some);
 * "wide" (some, but of any destination, or of much of the world); "unsure". */
struct firewall_rule {
	const char *family;
	struct slice chain;
	const char *verdict; /* "accept" "drop" "jump" "goto" "return" "dnat" "other" "unsure"; pf: "pass"
				"block", with "-quick" behind */
	struct slice target; /* of a jump: the chain's name; of dnat: what follows */
	const char *scope;
	struct slice text;
};

enum status firewall_chain(struct posture *p, const struct firewall_chain *c,
			   struct error *err) MUST_CHECK;
enum status firewall_rule(struct posture *p, const struct firewall_rule *r,
			  struct error *err) MUST_CHECK;

/* The words of a rule: what stands in double quotes or in braces is one. */
struct firewall_words {
	struct slice at[FIREWALL_WORDS_MAX];
	size_t count;
	bool more; /* than fit */
};

void firewall_split(struct slice text, struct firewall_words *ret);

/* Is it the loopback as an interface, or as a destination? */
bool firewall_is_loopback(struct slice interface);
bool firewall_is_local(struct slice destination);

/* Does a destination, one or several with commas between, also in braces, hold a great part
 * of all public addresses? Does an interface lead to this machine's own guests? Is a
 * protocol for messages about the network (ICMP, IGMP)? */
bool firewall_is_wide(struct slice destination);
bool firewall_is_inner(struct slice interface);
bool firewall_is_control(struct slice protocol);

/* A type of ICMPv6, or a set of them in braces, that belongs to neighbour discovery (RFC
 * 4861) or multicast listeners (RFC 2710, 3810, 4286) alone? */
bool firewall_is_link_message(struct slice type);

/* A rule of iptables(8) behind "-A CHAIN", for `family`; `table` is part of names. */
enum status firewall_iptables_rule(struct posture *p, const char *family, struct slice table,
				   struct slice chain, struct slice rule, struct error *err) MUST_CHECK;

/* The words of "type filter hook … priority …" of nft(8): fills in hook ("egress" without
 * its device) and priority, and which devices it is for. */
void firewall_nft_type(const struct firewall_words *words, struct firewall_chain *ret, struct slice *ret_devices);

/* The words of a rule of nft(8): fills in verdict, target and scope, and the family
 * where the rule is for one alone. */
void firewall_nft_rule(const struct firewall_words *words, struct firewall_rule *ret);

#endif

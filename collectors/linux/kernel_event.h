/* SPDX-License-Identifier: (Apache-2.0 OR GPL-2.0-only OR BSD-2-Clause) */
#ifndef COLLECTORS_LINUX_KERNEL_EVENT_H
#define COLLECTORS_LINUX_KERNEL_EVENT_H

/*
 * What the kernel programs write into the ring and what the collector reads from
 * it. Both sides are built from this file on the same machine, so records are
 * plain structs in host order; ports are in host order too, addresses as on the
 * wire (an IPv4 address in the first 4 bytes).
 */

#include <linux/types.h>

enum {
	EVENT_COMM_SIZE = 16,
	EVENT_UNIX_PATH_SIZE = 108,
	EVENT_PATH_DEPTH = 20, /* components of the path of a program */
	EVENT_NAME_SIZE = 64,  /* one of them, with its NUL */
};

enum event_kind {
	EVENT_NONE,
	EVENT_ATTEMPT, /* struct event_attempt: a connect or a send with an address */
	EVENT_UNIX,    /* struct event_unix: a connect to a Unix socket, or a message to one */
	EVENT_SOCKET,  /* struct event_socket: a raw, packet or other unusual socket was made */
	EVENT_RESULT,  /* struct event_result: a connect(), or a send to a Unix socket, that was told already failed */
	EVENT_SENT,    /* struct event_sent: what a send on a socket returned */
	EVENT_STATE,   /* struct event_state: a TCP connection came up, or did not */
	EVENT_CLOSED,  /* struct event_closed: bytes of a TCP connection, at its end */
	EVENT_EGRESS,  /* struct event_egress: first packet of a socket to a destination */
	EVENT_FORK,    /* struct event_fork */
	EVENT_EXEC,    /* struct event_exec */
	EVENT_EXIT,    /* struct event_exit */
	EVENT_URING,   /* struct event_uring: a network request through io_uring */
	EVENT_URING_DONE,
	EVENT_DROPPED, /* struct event_egress: the same, but it was refused and did not leave */
	EVENT_MEDDLED, /* struct event_meddled: the session reached for kernel programs, or made any */
	EVENT_LISTEN,  /* struct event_listen: a TCP socket, of anybody's, began to listen */
	EVENT_KINDS
};

enum event_call {
	CALL_CONNECT = 1,
	CALL_SEND,  /* sendto, sendmsg, sendmmsg with an address */
	CALL_URING, /* the same, by way of io_uring */
	CALL_JOIN,  /* setsockopt() that joins a group of machines, of which routers are told */
};

enum event_flag {
	EVENT_IN_CGROUP = 1, /* the task (or socket) belongs to the session's cgroup */
	EVENT_IN_TREE = 2,   /* the task descends from the session's first process */
	EVENT_SUITE = 4,     /* a process of ours: a canary */
	EVENT_CUT = 8,       /* the path did not fit */
};

struct event_head {
	__u64 mono_ns; /* CLOCK_MONOTONIC */
	__u16 kind;    /* enum event_kind */
	__u16 flags;   /* enum event_flag */
	__u32 tgid, tid;
	__u32 uid;
};

/* What an attempt's record holds beyond the attempt itself. */
enum attempt_has {
	ATTEMPT_VALUE = 1, /* `value`: what the call returned */
	ATTEMPT_LEFT = 2,  /* its first packet was seen leaving: src, sport, ifindex, size */
	ATTEMPT_UP = 8,    /* the TCP connection came up before the call returned */
	ATTEMPT_OPEN = 4,  /* neither came in the time a record was held back for them */
};

struct event_attempt {
	struct event_head head;
	__u64 cookie, netns;
	__u16 call, family, proto, type;
	__u16 dport, sport, has, pad;
	__s32 value;
	__u32 ifindex, size, pad2; /* size of the packet from its IP header on */
	__u8 src[16], dst[16];
	char comm[EVENT_COMM_SIZE];
};

/* An attempt is held back in a slot of its thread until its first packet leaves or
 * its call returns, so that one record can tell all of it: records are what costs.
 * The collector looks at the slots too and tells what has been held for too long
 * (a SYN that a firewall swallows, say). Where a slot is taken the attempt is told
 * at once. */
enum slot_state { SLOT_FREE, SLOT_ARMED, SLOT_HELD, SLOT_TOLD };

enum { SLOT_COUNT = 4096 };

struct slot {
	__u64 owner; /* thread id; 0: nobody */
	__u32 state; /* changed by compare-and-swap only, where two might */
	__u32 pad;
	struct event_attempt attempt;
};

struct event_unix {
	struct event_head head;
	char comm[EVENT_COMM_SIZE];
	__u16 family, size, call, pad; /* call: enum event_call */
	char path[EVENT_UNIX_PATH_SIZE]; /* "\0name" for an abstract one */
};

struct event_socket {
	struct event_head head;
	__u64 cookie; /* 0 where there is none to be had */
	__u16 family, proto, type;
	__s16 pad;
	char comm[EVENT_COMM_SIZE];
};

struct event_result {
	struct event_head head;
	__s32 value; /* -errno, of what this thread did last */
	__u32 pad;
};

struct event_sent {
	struct event_head head;
	__u64 cookie;
	__s32 value; /* bytes or -errno */
	__u16 family, proto, dport, sport;
	__u32 pad;
	__u8 dst[16]; /* of a connected socket, else zeros */
	char comm[EVENT_COMM_SIZE];
};

struct event_state {
	struct event_head head;
	__u64 cookie;
	__s32 error;       /* 0, or the errno of the failure */
	__u16 established; /* 1: came up */
	__u16 sport;
};

struct event_closed {
	struct event_head head;
	__u64 cookie;
	__u64 bytes_sent, bytes_received;
};

struct event_egress {
	struct event_head head;
	__u64 cookie;
	__u32 ifindex, size; /* size of the packet from its IP header on */
	__u16 family, proto, sport, dport;
	__u8 src[16], dst[16];
	__u16 icmp6, pad[3]; /* its type, and 1 (RFC 4443, 2.1); 0: another protocol */
};

struct event_fork {
	struct event_head head; /* of the parent */
	__u32 child, pad;
	char comm[EVENT_COMM_SIZE];
};

struct event_exec {
	struct event_head head;
	__u32 ppid, device; /* dev_t as the kernel keeps it */
	__u64 inode;
	__u64 cgroup; /* number of its control group */
	char comm[EVENT_COMM_SIZE];
	__u16 depth, pad; /* slots in use; 0 with EVENT_CUT: the path is not known */
	__u32 pad2;
	char names[EVENT_PATH_DEPTH][EVENT_NAME_SIZE]; /* from the file up to the root */
};

struct event_exit {
	struct event_head head;
	__s32 status; /* as wait() tells it */
	__u32 pad;
};

struct event_uring {
	struct event_head head;
	__u64 request; /* address of the request in the kernel */
	__s32 value;   /* EVENT_URING_DONE: result */
	__u32 opcode;
};

/* A destination that is allowed where others are refused, as a longest-prefix match has it:
 * `prefix` counts the bits that matter from `proto` on. IPv4 addresses are mapped ones;
 * a proto or port of 0 stands for any. */
struct allowed {
	__u32 prefix;
	__u8 proto, pad;
	__u16 port;
	__u8 address[16];
};

enum { ALLOWED_MAX = 1024, ALLOWED_FIXED_BITS = 32 /* before the address */ };

struct event_meddled {
	struct event_head head;
	char comm[EVENT_COMM_SIZE];
};

/* A port on which the session listens: who connects to it over the loopback is told, too. */
struct heard {
	__u64 netns; /* cookie of the network namespace; 0: the kernel keeps none */
	__u32 port, pad;
};

enum { HEARD_MAX = 1 << 16 }; /* all ports of one namespace: none is given up again */

struct event_listen {
	struct event_head head;
	__u64 cookie, netns;
	__u16 family, port; /* port: 0 where the kernel is still to choose one */
	__u32 pad;
	__u8 address[16];
	char comm[EVENT_COMM_SIZE];
};

/* Memory that both sides see. The kernel side adds to the counters, the collector
 * sets the rest before the programs are attached. */
enum {
	SHARED_LOST = 0, /* + enum event_kind: records that found no room */
	SHARED_SESSION_PACKETS = EVENT_KINDS, /* that left by other than the loopback */
	SHARED_SESSION_BYTES,
	SHARED_MAP_FULL, /* a table had no room for a process of the session */
	SHARED_CGROUP,   /* id of the session's cgroup; 0: none */
	SHARED_LEVEL,    /* its depth below the root */
	SHARED_SUITE,    /* our own pid */
	SHARED_HOST,     /* 1: every process is told of */
	SHARED_HOLD_CONNECT, /* 1: the part that sees connect() return is on */
	SHARED_HOLD_SEND,    /* 1: the part that sees sends return is on */
	SHARED_ENFORCE,      /* 1: what the session aims at other machines is refused */
	SHARED_FAIL_CLOSED,  /* 1: what finds no room in the ring is refused */
	SHARED_DENIED,       /* packets of the session that were dropped by that */
	SHARED_UNRECORDED,   /* attempts of the session that were refused for want of room */
	SHARED_COUNT
};

#endif

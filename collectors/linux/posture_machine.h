/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_LINUX_POSTURE_MACHINE_H
#define COLLECTORS_LINUX_POSTURE_MACHINE_H

/*
 * Facts that stand in no one file: processes, interfaces, radios, graphics memory, the
 * clock, the environment. Each is written as lines of text.
 */

#include "collectors/linux/posture_look.h"

/* Processes that serve models or pass ports on: name, arguments, and those variables of
 * their environment that matter here. */
void posture_processes(struct posture_look *l);

void posture_interfaces(struct posture_look *l); /* "NAME STATE KIND", KIND wireless or wired */
void posture_radios(struct posture_look *l);     /* "NAME TYPE blocked" or "NAME TYPE on" */
void posture_graphics(struct posture_look *l);   /* "CARD BYTES" */
void posture_clock(struct posture_look *l);      /* of this machine: "synchronised=yes" */
void posture_environment(struct posture_look *l); /* of this process: "NAME=VALUE" */

#endif

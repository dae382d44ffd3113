/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COLLECTORS_MACOS_PLATFORM_STATE_H
#define COLLECTORS_MACOS_PLATFORM_STATE_H

/*
 * What a session has of its own on macOS.
 */

#include "collectors/platform.h"
#include "collectors/posix/launch.h"
#include "core/privilege.h"

struct platform {
	struct invoker invoker;
	struct launch launch;
};

#endif

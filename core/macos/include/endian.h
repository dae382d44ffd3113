/* SPDX-License-Identifier: Apache-2.0 */
#ifndef CORE_MACOS_INCLUDE_ENDIAN_H
#define CORE_MACOS_INCLUDE_ENDIAN_H

/* endian(3), which macOS lacks: it is little-endian wherever it runs today. */

#include <stdint.h>

#define be16toh(value) __builtin_bswap16(value)
#define be32toh(value) __builtin_bswap32(value)
#define be64toh(value) __builtin_bswap64(value)
#define le16toh(value) ((uint16_t)(value))
#define le32toh(value) ((uint32_t)(value))
#define le64toh(value) ((uint64_t)(value))

#endif

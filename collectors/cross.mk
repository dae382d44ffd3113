# SPDX-License-Identifier: Apache-2.0
#
#   make cross           the collectors for other systems, into build/windows/ and build/macos-*/
#   make cross-windows   the one for Windows alone
#   make check-windows   what can be tested of the Windows one under Wine
#
# Included by GNUmakefile, from which its flags come. Nothing is linked but what the
# other system brings along.

# ---- Windows: MinGW-w64 ------------------------------------------------------

WINDOWS_CC ?= x86_64-w64-mingw32-gcc
WINDOWS    := build/windows

# Windows 10 on; stdio as in C17, not as in the oldest Windows; headers that MinGW lacks.
WINDOWS_FLAGS = -std=c17 $(OPT) $(WARN) -fstack-protector-strong \
        -D_GNU_SOURCE -D__USE_MINGW_ANSI_STDIO=1 -D_WIN32_WINNT=0x0A00 -DVERSION='"$(VERSION)"' \
        -I. -Icore/windows/include
WINDOWS_LDFLAGS = -static -fstack-protector-strong -Wl,--dynamicbase,--nxcompat,--high-entropy-va,--no-insert-timestamp
WINDOWS_LIBS    = -lbcrypt -lws2_32 -lntdll -ladvapi32 -liphlpapi -lshell32 -lwinhttp -ldnsapi

# What needs no system, or has a counterpart in core/windows/.
WINDOWS_CORE := $(patsubst %,core/%.c,address arena byte_size chain clock cursor duration error file_write hash \
        json_read json_value json_write socket_address text tier) $(wildcard core/windows/*.c)
WINDOWS_COLLECT := $(wildcard collectors/*.c collectors/windows/*.c)
WINDOWS_OBJ  := $(patsubst %.c,$(WINDOWS)/%.o,$(WINDOWS_CORE) $(WINDOWS_COLLECT))
WINDOWS_TEST := $(patsubst tests/windows/%.c,$(WINDOWS)/tests/%.exe,$(wildcard tests/windows/*_test.c))

.PHONY: cross cross-windows check-windows
cross: cross-windows cross-macos
cross-windows: $(WINDOWS)/airgap-collect.exe

$(WINDOWS)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CROSS $<"
	$(Q)$(WINDOWS_CC) $(WINDOWS_FLAGS) -MMD -MP -c -o $@ $<

$(WINDOWS)/airgap-collect.exe: $(WINDOWS_OBJ)
	@echo "  LINK  $@"
	$(Q)$(WINDOWS_CC) $(WINDOWS_LDFLAGS) -o $@ $^ $(WINDOWS_LIBS)

# All but the main function, for tests to call.
$(WINDOWS)/libcollect.a: $(filter-out $(WINDOWS)/collectors/main.o,$(WINDOWS_OBJ))
	$(Q)rm -f $@; $(WINDOWS_CC:gcc=ar) qcs $@ $^

$(WINDOWS)/tests/%.exe: tests/windows/%.c tests/windows/test.h $(WINDOWS)/libcollect.a
	@mkdir -p $(@D)
	@echo "  CROSS $@"
	$(Q)$(WINDOWS_CC) $(WINDOWS_FLAGS) $(WINDOWS_LDFLAGS) -o $@ $< $(WINDOWS)/libcollect.a $(WINDOWS_LIBS)

# Nothing to test with is not a failure: who builds for Linux alone needs no MinGW.
ifneq ($(shell command -v $(WINDOWS_CC)),)
check-windows: $(B)/airgap-verify cross-windows $(WINDOWS_TEST) $(WINDOWS)/tests/talk.exe
	$(Q)BUILDDIR=$(CURDIR)/$(B) sh tests/windows/wine.sh \
	  $(abspath $(WINDOWS)/airgap-collect.exe $(WINDOWS_TEST))
else
check-windows:
	@echo "0 passed, 0 failed, 1 skipped: no $(WINDOWS_CC) here"
endif

-include $(shell find $(WINDOWS) -name '*.d' 2>/dev/null)

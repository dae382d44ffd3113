# SPDX-License-Identifier: Apache-2.0
#
#   make install uninstall   DESTDIR, PREFIX and the single folders as GNU names them
#   make dist                build/airgap-verify-VERSION.tar.gz, of the same bytes wherever it is made
#   make deb                 build/deb/*.deb, of that archive
#   make deb-twice           the same once more, elsewhere: are they the same bytes?
#   make rpm                 build/rpm/*.rpm, likewise
#   make packages-alike      both: do they hold the same files, and ask for what is built with?
#   make lab-packages        they install, run, upgrade and go again, in a system made for it; the
#                            guides of docs/ are followed in others that have nothing else (root)

bindir    ?= $(PREFIX)/bin
mandir    ?= $(datadir)/man
docdir    ?= $(datadir)/doc/airgap-verify
bashcompletiondir ?= $(datadir)/bash-completion/completions
zshcompletiondir  ?= $(datadir)/zsh/site-functions
fishcompletiondir ?= $(datadir)/fish/vendor_completions.d
INSTALL         ?= install
INSTALL_PROGRAM ?= $(INSTALL) -m 755
INSTALL_DATA    ?= $(INSTALL) -m 644
.PHONY: install uninstall dist deb deb-twice rpm packages-alike lab-packages

PAGES_OF = $(wildcard man/*.$(1))
to = $(DESTDIR)$(1)
define newline

	
endef

install: programs
	$(INSTALL) -d $(call to,$(bindir)) $(call to,$(libexecdir))/airgap-verify $(foreach n,1 5 7 8,$(call to,$(mandir))/man$(n)) \
	  $(call to,$(docdir))/examples $(call to,$(bashcompletiondir)) $(call to,$(zshcompletiondir)) $(call to,$(fishcompletiondir))
	$(INSTALL_PROGRAM) $(B)/airgap-verify $(call to,$(bindir))/
	$(INSTALL_PROGRAM) $(B)/airgap-collect $(call to,$(libexecdir))/airgap-verify/
	$(INSTALL_PROGRAM) packaging/rights.sh $(call to,$(libexecdir))/airgap-verify/rights
	$(foreach n,1 5 7 8,$(INSTALL_DATA) $(call PAGES_OF,$(n)) $(call to,$(mandir))/man$(n)/$(newline))
	$(INSTALL_DATA) $(B)/airgap-verify.bash $(call to,$(bashcompletiondir))/airgap-verify
	$(INSTALL_DATA) $(B)/airgap-verify.zsh $(call to,$(zshcompletiondir))/_airgap-verify
	$(INSTALL_DATA) $(B)/airgap-verify.fish $(call to,$(fishcompletiondir))/
	$(INSTALL_DATA) README.md CHANGELOG.md $(wildcard docs/*.md) $(call to,$(docdir))/
	$(INSTALL_DATA) packaging/policy.ini $(wildcard packaging/ci/*.yml) $(call to,$(docdir))/examples/
	cd schema/tasks && find . -type f -exec $(INSTALL_DATA) -D {} $(abspath $(call to,$(datadir)))/airgap-verify/tasks/{} \;

# Neither what sessions made nor the policy is among it.
uninstall:
	rm -f $(call to,$(bindir))/airgap-verify $(call to,$(bashcompletiondir))/airgap-verify \
	  $(call to,$(zshcompletiondir))/_airgap-verify $(call to,$(fishcompletiondir))/airgap-verify.fish \
	  $(foreach n,1 5 7 8,$(addprefix $(call to,$(mandir))/man$(n)/,$(notdir $(call PAGES_OF,$(n)))))
	rm -rf $(call to,$(libexecdir))/airgap-verify $(call to,$(datadir))/airgap-verify $(call to,$(docdir))

DIST := airgap-verify-$(VERSION)
dist:
	$(Q)sh packaging/dist.sh $(DIST) build/$(DIST).tar.gz

deb: dist
	$(Q)sh packaging/deb.sh build/$(DIST).tar.gz $(VERSION) build/deb

deb-twice: deb
	$(Q)sh packaging/deb.sh build/$(DIST).tar.gz $(VERSION) build/deb-again
	$(Q)cd build/deb && for f in *.deb; do cmp $$f ../deb-again/$$f || exit 1; done
	$(Q)echo "deb: twice the same bytes"

packages-alike: deb rpm
	$(Q)sh tests/packages/alike.sh build/deb build/rpm

rpm: dist
	$(Q)sh packaging/rpm.sh build/$(DIST).tar.gz $(VERSION) build/rpm

lab-packages: deb $(B)/lab/sample_agent $(B)/lab/model_stub $(B)/lab/sink
	$(Q)$(AS_ROOT) env BUILDDIR=$(CURDIR)/$(B) V=$(V) sh tests/packages/packages.sh build/deb $(VERSION)

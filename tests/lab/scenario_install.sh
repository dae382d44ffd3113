# SPDX-License-Identifier: Apache-2.0
# Read by lab.sh: `make install` below a folder of its own, what then lies there, and that
# nothing of it is left by `make uninstall`; the same source archive from a clone and from
# itself.

tree=$(cd "$here/../.." && pwd) installed=$T/installed
making() {
	make -s --no-print-directory -C "$1" B="$B" DESTDIR="$installed" "$2"
}
check "install: it installs" making "$tree" install
prefix=$installed/usr/local
equal "install: the programs" "$(cd "$prefix" && find bin libexec -type f -perm 755 | LC_ALL=C sort | tr '\n' ' ')" \
	"bin/airgap-verify libexec/airgap-verify/airgap-collect libexec/airgap-verify/rights "
equal "install: every page" "$(cd "$prefix/share/man" && find . -type f | sed 's|.*/||' | LC_ALL=C sort | tr '\n' ' ')" \
	"$(cd "$tree/man" && printf '%s\n' *.[1-8] | LC_ALL=C sort | tr '\n' ' ')"
for file in bash-completion/completions/airgap-verify zsh/site-functions/_airgap-verify \
	fish/vendor_completions.d/airgap-verify.fish doc/airgap-verify/examples/policy.ini doc/airgap-verify/README.md; do
	check "install: $file" test -s "$prefix/share/$file"
done
equal "install: the tasks" "$(find "$prefix/share/airgap-verify/tasks" -type f | wc -l)" "$(find "$tree/schema/tasks" -type f | wc -l)"
equal "install: nobody else can write there" "$(find "$installed" -perm /022 ! -type l | head -3)" ""
equal "install: no word of where it was built" "$(grep -rlF -e "$installed" "$prefix" | head -3)" ""
check "install: it runs" "$prefix/bin/airgap-verify" --version
check "install: it goes" making "$tree" uninstall
equal "install: nothing is left" "$(find "$installed" -type f -o -type l)" ""

# what git does not know is not packed, so that a clone may hold what it will
mkdir "$T/dist"
check "dist: an archive" env SOURCE_DATE_EPOCH=1700000000 sh "$tree/packaging/dist.sh" airgap-verify-x "$T/dist/one.tar.gz"
tar -xzf "$T/dist/one.tar.gz" -C "$T/dist"
(
	umask 077
	sh "$T/dist/airgap-verify-x/packaging/dist.sh" airgap-verify-x "$T/dist/two.tar.gz"
) >/dev/null 2>&1
check "dist: the archive makes itself, byte for byte" cmp "$T/dist/one.tar.gz" "$T/dist/two.tar.gz"
equal "dist: it is of one time" "$(tar -tvzf "$T/dist/one.tar.gz" --full-time | awk '{ print $4 }' | sort -u)" "2023-11-14"

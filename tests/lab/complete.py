#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""complete.py bash|zsh|fish SCRIPT: types each line of the input into a real shell that has
read SCRIPT, has it complete the last word, and prints "LINE: WORD|WORD", in order.

bash and zsh sit on a terminal of their own and are told to insert all that they would
offer, so that what is read is what a person would get; fish says it when asked."""
import os
import pty
import re
import select
import subprocess
import sys
import time

PROMPT = "at-the-prompt:"
SHELLS = {
    # the key that inserts all completions, and what makes it so
    "bash": (["bash", "--norc", "--noprofile", "-i"], b"\x1b*",
             "unset HISTFILE; bind 'set enable-bracketed-paste off'; stty -echo; PS1=%s; source %s"),
    "zsh": (["zsh", "-f", "-i"], b"\x18a",
            "unset HISTFILE zle_bracketed_paste; autoload -U compinit; fpath=(%s $fpath); compinit -u -D;"
            " zstyle ':completion:all-matches:*' completer _all_matches _complete;"
            " zstyle ':completion:all-matches:*' insert yes;"
            " zle -C all-matches complete-word _generic; bindkey '^Xa' all-matches; PS1=%s"),
}


class Terminal:
    def __init__(self, command):
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            os.execvpe(command[0], command, {**os.environ, "TERM": "dumb", "LC_ALL": "C.UTF-8", "COLUMNS": "4000"})
        self.text = b""

    def write(self, data):
        os.write(self.fd, data)

    def read_until(self, pattern, seconds=20):
        end = time.monotonic() + seconds
        while not (found := re.search(pattern, self.text, re.DOTALL)):
            left = end - time.monotonic()
            if left <= 0 or not select.select([self.fd], [], [], left)[0]:
                sys.exit("complete.py: no answer from the shell, only: %r" % self.text[-2000:])
            self.text += os.read(self.fd, 65536)
        self.text = self.text[found.end():]
        return found

    def close(self):
        os.close(self.fd)
        os.waitpid(self.pid, 0)


def start(shell, script):
    command, _, setup = SHELLS[shell]
    terminal = Terminal(command)
    prompt = "'at-the''-prompt:'"
    # compinit finds it by its name in a folder
    setup = setup % ((os.path.dirname(script), prompt) if shell == "zsh" else (prompt, script))
    terminal.write(setup.encode() + b"\n")
    terminal.read_until(PROMPT.encode())
    return terminal


def typed(shell, terminal, line):
    terminal.write(line.encode() + SHELLS[shell][1])
    time.sleep(0.3)
    # to the beginning of the line, and have it printed instead of run
    terminal.write(b"\x01printf 'GOT<%s>\\n' \x05\n")
    terminal.write(b"printf 'E''ND'\n")
    text = terminal.read_until(rb"(.*)END").group(1)
    words = re.findall(rb"GOT<([^\r\n]*)>\r*\n", text)
    return [w.decode() for w in words][len(line.split()) - (0 if line.endswith(" ") else 1):]


def said(script, line):
    command = ["fish", "--no-config", "-c", "source %s; complete -C '%s'" % (script, line)]
    answer = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout.decode()
    return [each.split("\t")[0] for each in answer.splitlines()]


def main():
    shell, script = sys.argv[1:]
    terminal = None if shell == "fish" else start(shell, script)
    for line in sys.stdin:
        line = line.rstrip("\n")
        found = typed(shell, terminal, line) if terminal else said(script, line)
        # a folder's slash is the shell's matter
        print("%s: %s" % (line, "|".join(sorted(word.rstrip("/") for word in found))), flush=True)
    if terminal:
        terminal.close()


main()

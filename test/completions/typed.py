"""Types into a real shell on a terminal, and tells what the shell made of it.

typed.py SHELL SCRIPT LINE...: presses Tab behind each LINE, and prints the words of the command line
that comes of it, a JSON list each. SCRIPT is the completion script; for zsh, its directory.
"""

import json
import os
import pty
import select
import sys
import tempfile
import time

READY = b"ready> "
PATIENCE = 60

# What each shell is told before it is typed into. `show` keeps the words that it is given.
START = {
    "bash": """
PS1='ready> ' PROMPT_COMMAND=
bind 'set bell-style none' 'set enable-bracketed-paste off' 2>/dev/null
source {script}
show() {{ printf '%s\\0' "$@" >>{shown}; printf '\\n' >>{shown}; }}
""",
    "zsh": """
PS1='ready> ' fpath=({script} $fpath)
bindkey -e; unsetopt beep
autoload -Uz compinit; compinit -u -D
show() {{ printf '%s\\0' "$@" >>{shown}; printf '\\n' >>{shown} }}
""",
    "fish": """
function fish_prompt; printf 'ready> '; end
function fish_greeting; end
source {script}
function show; printf '%s\\0' $argv >>{shown}; printf '\\n' >>{shown}; end
""",
}


def start(shell, script, directory, shown):
    text = START[shell].format(script=script, shown=shown)
    file = os.path.join(directory, ".zshrc" if shell == "zsh" else "start")
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.environ.update(TERM="xterm", ZDOTDIR=directory, INPUTRC="/dev/null")
    arguments = {
        "bash": ["bash", "--noprofile", "--rcfile", file, "-i"],
        "zsh": ["zsh", "-d", "-i"],
        "fish": ["fish", "--no-config", "-i", "-C", f"source {file}"],
    }[shell]
    process, terminal = pty.fork()
    if process == 0:
        os.execvp(arguments[0], arguments)
    return terminal


class Terminal:
    """What the shell writes is read all the time, or it would have to wait."""

    def __init__(self, terminal):
        self.terminal = terminal
        self.seen = b""

    def wait_until(self, is_done):
        end = time.monotonic() + PATIENCE
        while not is_done():
            if time.monotonic() > end:
                sys.exit(f"the shell did not answer; it wrote {self.seen!r}")
            if select.select([self.terminal], [], [], 0.05)[0]:
                self.seen += os.read(self.terminal, 65536)

    def type(self, text):
        os.write(self.terminal, text.encode())


def main(shell, script, *lines):
    with tempfile.TemporaryDirectory() as directory:
        shown = os.path.join(directory, "shown")
        with open(shown, "w", encoding="utf-8"):
            pass
        terminal = Terminal(start(shell, script, directory, shown))
        terminal.wait_until(lambda: READY in terminal.seen)

        def answers():
            with open(shown, encoding="utf-8") as stream:
                return stream.read().split("\0\n")[:-1]

        for count, line in enumerate(lines, 1):
            # To the beginning of the line, and another command in front of it.
            terminal.type(f"{line}\t\x01show \n")
            terminal.wait_until(lambda: len(answers()) == count)
        for answer in answers():
            print(json.dumps(answer.split("\0")))


main(*sys.argv[1:])

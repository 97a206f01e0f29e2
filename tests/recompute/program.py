"""Runs the program on a cache of its own."""

import csv
import io
import json
import os
import re
import subprocess


class Refused(Exception):
    """A command failed; says which, and what it said."""


class Program:
    def __init__(self, binary, cache):
        self.binary, self.cache = binary, cache

    def run(self, *arguments):
        """The bytes that a command prints."""
        environment = {name: value for name, value in os.environ.items() if not name.startswith("BOT_TUI")}
        environment.update(XDG_CONFIG_HOME=str(self.cache.parent), XDG_STATE_HOME=str(self.cache.parent))
        command = [str(self.binary), *map(str, arguments), "--cache", str(self.cache)]
        done = subprocess.run(command, capture_output=True, env=environment, stdin=subprocess.DEVNULL)
        if done.returncode != 0:
            raise Refused(f"{' '.join(map(str, arguments))}: exit code {done.returncode}: {done.stderr.decode().strip()}")
        return done.stdout

    def json(self, *arguments):
        return json.loads(self.run(*arguments))

    def rows(self, *arguments):
        """The rows of a CSV table as dicts, columns in lower case, ids as they are in the data: what acts on a terminal is
        written as ⟨U+202E⟩."""
        text = as_it_is(self.run(*arguments).decode())
        heading, *rows = csv.reader(io.StringIO(text, newline=""))
        names = [name.lower() for name in heading]
        return [dict(zip(names, row)) for row in rows]

    def read(self, imports):
        """Imports files, each with its options."""
        for paths, options in imports:
            self.run("import", *paths, *options)


def as_it_is(text):
    return re.sub(r"⟨U\+([0-9A-F]+)⟩", lambda code: chr(int(code[1], 16)), text)

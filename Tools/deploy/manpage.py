#!/usr/bin/env python3
"""Writes fovea(1) from what the program says of itself: manpage.py PROGRAM > fovea.1

The program's own help is the source, so that the page cannot say something else.
"""

import json
import re
import subprocess
import sys

FILES = [
    ("/var/lib/fovea", "Models, in the layout of Immich's model cache, and what was found out about them."),
    ("/etc/default/fovea", "Settings of the service, one a line."),
    ("/usr/local/lib/fovea",
     "Runtimes of accelerators: FOVEA_LIBRARY_FOLDER=/usr/local/lib/fovea fovea backends install openvino"),
]


def escaped(text):
    """Text as roff takes it: no line begins with a control character."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"^([.'])", r"\\&\1", text, flags=re.M)


def paragraphs(text):
    """Indented lines are examples and stay as they are."""
    lines, example = [], False
    for line in text.split("\n"):
        if line.startswith("  ") != example and line.strip():
            example = not example
            lines.append(".nf\n.RS" if example else ".RE\n.fi")
        lines.append(escaped(line) if line.strip() else ".P" if not example else "")
    return "\n".join(lines + [".RE\n.fi"] * example)


def names(argument):
    if argument["kind"] == "positional":
        return f"\\fI{escaped(argument['valueName'])}\\fR"
    value = f" \\fI{escaped(argument['valueName'])}\\fR" if argument["kind"] == "option" else ""
    dashes = {"long": "--", "short": "-", "longWithSingleDash": "-"}
    written = [f"\\fB{escaped(dashes[name['kind']] + name['name'])}\\fR" for name in argument["names"]]
    return ", ".join(written) + value


def options(command):
    lines = []
    for argument in command.get("arguments", []):
        if argument["shouldDisplay"] and {"name": "help", "kind": "long"} not in argument.get("names", []):
            lines += [".TP", names(argument), escaped(" ".join(argument.get("abstract", "").split()))]
    return lines


def visible(command):
    return [sub for sub in command.get("subcommands", []) if sub.get("shouldDisplay", True)
            and sub["commandName"] != "help"]


def commands(command, path):
    lines = []
    for sub in visible(command):
        name = f"{path} {sub['commandName']}"
        lines += [f".SS {escaped(name)}", escaped(sub.get("abstract", ""))]
        if sub.get("discussion"):
            lines += [".P", paragraphs(sub["discussion"])]
        shown = [a for a in sub.get("arguments", []) if a.get("valueName") != "version"]
        lines += options({"arguments": shown}) + commands(sub, name)
    return lines


def main():
    program = sys.argv[1]
    say = lambda option: subprocess.run([program, option], capture_output=True, text=True, check=True).stdout  # noqa: E731
    root = json.loads(say("--experimental-dump-help"))["command"]
    lines = [
        f'.TH FOVEA 1 "" "{say("--version").strip()}" "User Commands"', ".SH NAME",
        f"fovea \\- {escaped(root['abstract'].rstrip('.'))}", ".SH SYNOPSIS", "\\fBfovea\\fR \\fIcommand\\fR [\\fIoption\\fR ...]",
        ".SH DESCRIPTION", paragraphs(root["discussion"]), ".SH OPTIONS", *options(root),
        ".SH COMMANDS", *commands(root, "fovea"), ".SH ENVIRONMENT",
        "\\fBfovea serve \\-\\-print\\-config\\fR shows every variable, its value and where that came from.",
        ".SH FILES", "Of the service that the Debian package brings:",
    ]
    for path, text in FILES:
        lines += [".TP", f"\\fI{escaped(path)}\\fR", escaped(text)]
    print("\n".join(lines))


if __name__ == "__main__":
    main()

"""Kernels as assembly, and the innermost loops in it."""

import re
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ROOT / "Sources/CSpadeKernels"
BRANCH = re.compile(r"^(?:b|b\.\w+|cbn?z|tbn?z)\s(?:.*\s)?(\.L\w+)$")


def compile_kernel(clang, source):
    """The assembly of a file below Sources/CSpadeKernels, compiled as the package does."""
    command = [clang, "--target=aarch64-linux-gnu", "-isystem", "/usr/aarch64-linux-gnu/include", "-std=c11", "-O2"]
    command += ["-I", str(SOURCES / "include"), "-S", "-o", "-", str(SOURCES / source)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def innermost_loops(assembly):
    """{function: [instructions of each innermost loop]}.

    A loop reaches from a label to a branch back to it; an innermost one holds no other.
    """
    return {name: _loops(lines) for name, lines in _functions(assembly).items()}


def _functions(assembly):
    functions, lines = {}, None
    for line in assembly.splitlines():
        if label := re.match(r"^([A-Za-z_]\w*):", line):
            lines = functions.setdefault(label[1], [])
        elif lines is not None:
            lines.append(line.split("//")[0].strip())
    return functions


def _loops(lines):
    labels, code, spans = {}, [], []
    for line in lines:
        if label := re.match(r"^(\.L\w+):", line):
            labels[label[1]] = len(code)
        elif line and not line.startswith("."):
            code.append(line)
            branch = BRANCH.match(line)
            if branch and branch[1] in labels:
                spans.append((labels[branch[1]], len(code)))
    inner = [a for a in spans if not any(b != a and a[0] <= b[0] and b[1] <= a[1] for b in spans)]
    return [code[start:end] for start, end in inner]

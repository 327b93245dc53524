"""Which registers an AArch64 instruction of the kernels' loops reads and writes."""

import re

# The destination holds an operand too.
UPDATES = re.compile(
    r"(smlal2?|umlal2?|smlsl2?|umlsl2?|sadalp|uadalp|[su]dot|smmla|mla|mls|fmla|fmls|ins|bsl|bit|bif|movk"
    r"|\w*xt(u)?n2|\w*shru?n2|[su]aba\w*)$"
)


def opcode(line):
    return line.split(None, 1)[0]


def is_load(line):
    return opcode(line).startswith("ld")


def is_store(line):
    return opcode(line).startswith("st")


def is_branch(line):
    return re.match(r"(b|b\.\w+|bl|br|ret|cbn?z|tbn?z)$", opcode(line)) is not None


def is_vector_arithmetic(line):
    """Uses vector registers and is neither a load nor a store."""
    return not is_load(line) and not is_store(line) and re.search(r"\b[vqdsh]\d+\b", line) is not None


def is_spill(line):
    """Reads or writes the stack."""
    return (is_load(line) or is_store(line)) and "[sp" in line


def accesses(line):
    """(written, read, advanced): `advanced` is the base that an address with write-back moves, or None."""
    name, operands = opcode(line), _operands(line)
    written, read = [], []
    if is_store(line) or is_branch(line) or name in ("cmp", "cmn", "tst", "ccmp"):
        count = 0
    else:
        count = 2 if name in ("ldp", "ldnp", "ldpsw") else 1
    for operand in operands[:count]:
        written += _registers(operand)
    for operand in operands[count:]:
        read += _registers(operand)
    if UPDATES.match(name) or (name == "mov" and "[" in operands[0]):
        read += _registers(operands[0])
    if name in ("cmp", "cmn", "tst", "ccmp", "adds", "subs", "ands"):
        written.append("flags")
    if name.startswith(("b.", "cs", "cin", "ccmp")):
        read.append("flags")
    address = re.search(r"\[(\w+)", line) if is_load(line) or is_store(line) else None
    advances = address and (line.endswith("!") or not line.endswith("]"))
    return written, read, _registers(address[1])[0] if advances else None


def _registers(text):
    """`q3`, `d3` and `v3.8h` are one register; `w3` and `x3` another."""
    found = re.findall(r"\b([vqdshbxw])(\d+)\b", text)
    return [("v" if kind in "vqdshb" else "x") + number for kind, number in found]


def _operands(line):
    operands, depth = [""], 0
    for character in line.partition(opcode(line))[2].strip():
        depth += (character in "[{") - (character in "]}")
        if character == "," and depth == 0:
            operands.append("")
        else:
            operands[-1] += character
    return operands

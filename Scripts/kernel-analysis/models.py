"""How many cycles a loop takes on a core, by LLVM's description of it."""

import json
import re
import shutil
import subprocess

import instructions

FEATURES = "-mattr=+dotprod,+i8mm"
OLDEST = 16
REPETITIONS = 200


def find_mca(given):
    """The newest llvm-mca, or the one that was asked for; (command, version)."""
    names = [given] if given else ["llvm-mca"] + [f"llvm-mca-{version}" for version in range(40, OLDEST - 1, -1)]
    found = [(_version(name), name) for name in names if shutil.which(name)]
    if not found or max(found)[0] < OLDEST:
        raise SystemExit(f"kernel-analysis: llvm-mca {OLDEST} or newer not found; install llvm-19 or name one in MCA")
    version, name = max(found)
    return name, version


def _version(name):
    text = subprocess.run([name, "--version"], capture_output=True, text=True).stdout
    number = re.search(r"version (\d+)", text)
    return int(number[1]) if number else 0


class Model:
    """A core as llvm-mca describes it."""

    def __init__(self, mca, cpu):
        self.command = [mca, "-mtriple=aarch64", f"-mcpu={cpu}", FEATURES]

    def cycles(self, loop):
        """Cycles of one turn as llvm-mca plays it."""
        text = self._run(loop, f"-iterations={REPETITIONS}", "-instruction-info=0", "-resource-pressure=0")
        return int(re.search(r"Total Cycles:\s+(\d+)", text)[1]) / REPETITIONS

    def least_cycles(self, loop):
        """Cycles of one turn if only issue slots and units counted: no operand is ever late."""
        text = self._run(loop, "-iterations=1", "-instruction-info=0", "-resource-pressure=0")
        return float(re.search(r"Block RThroughput:\s+([\d.]+)", text)[1])

    def units(self, loop):
        """([latency], [{unit: cycles}], {unit: how many there are}) of the instructions."""
        report = json.loads(self._run(loop, "-iterations=1", "--json"))
        region, names = report["CodeRegions"][0], report["TargetInfo"]["Resources"]
        groups = [name.split(".")[0] for name in names]
        latencies = [item["Latency"] for item in region["InstructionInfoView"]["InstructionList"]]
        uses = [{} for _ in latencies]
        for item in region["ResourcePressureView"]["ResourcePressureInfo"]:
            if item["InstructionIndex"] < len(uses):
                use, unit = uses[item["InstructionIndex"]], groups[item["ResourceIndex"]]
                use[unit] = use.get(unit, 0) + item["ResourceUsage"]
        return latencies, uses, {unit: groups.count(unit) for unit in groups}

    def _run(self, loop, *options):
        lines = [line for line in loop if not instructions.is_branch(line)]
        result = subprocess.run(
            self.command + list(options), input="\n".join(lines) + "\n", capture_output=True, text=True, check=True
        )
        return result.stdout


class InOrderModel(Model):
    """A core that begins two instructions a cycle in the order of the program.

    llvm-mca lets none end before an earlier one has, so that a load waits for the multiplication before it; the cores
    do not. Here instructions wait for their operands and units alone. Latencies and units are llvm-mca's.
    """

    width = 2

    def cycles(self, loop):
        loop = [line for line in loop if not instructions.is_branch(line)]
        latencies, uses, counts = self.units(loop)
        accesses = [instructions.accesses(line) for line in loop]
        ready, free, now, begun, ends = {}, {}, 0, 0, []
        for _ in range(60):
            for (written, read, advanced), latency, use in zip(accesses, latencies, uses):
                start = max(
                    [now]
                    + [ready.get(register, 0) for register in read]
                    + [ready.get(register, 0) - latency + 1 for register in written]
                    + [int(free.get(unit, 0)) for unit in use]
                )
                if start == now and begun == self.width:
                    start += 1
                begun = begun + 1 if start == now else 1
                now = start
                for unit, cycles in use.items():
                    free[unit] = max(free.get(unit, 0), now) + cycles / counts[unit]
                for register in written:
                    ready[register] = now + latency
                if advanced:
                    ready[advanced] = now + 1
            ends.append(now)
        half = len(ends) // 2
        return (ends[-1] - ends[half - 1]) / half

// Loops over registers alone: how fast a CPU runs the multiply-add instructions of each kernel set.
#ifndef SPADE_PEAK_H
#define SPADE_PEAK_H

#include <stdint.h>

/// Runs the loop of the kernel set called `name`, or of its product in tiles (`avx2 tiles`), for `rounds` rounds. The CPU must have the set's instructions.
/// - Returns: the multiply-adds done, or 0 where there is no such loop (`scalar`).
uint64_t peak_run(const char *name, uint64_t rounds);

#endif

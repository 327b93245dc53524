// A C allocator that counts. Linking this into a program replaces malloc and friends for the whole process.
#ifndef SPADE_ALLOCATION_TRAP_H
#define SPADE_ALLOCATION_TRAP_H

#include <stddef.h>

/// Counts calls of malloc, calloc, realloc, aligned_alloc, memalign, posix_memalign and free on every thread from here.
void spade_trap_arm(void);

/// Stops counting.
/// - Returns: the calls since the trap was armed.
size_t spade_trap_disarm(void);

/// Calls each of the seven functions once, in a way that no compiler removes.
void spade_trap_call_each(void);

#endif

#ifndef SPADE_FUZZER_H
#define SPADE_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer with a main function of ours.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));

#endif

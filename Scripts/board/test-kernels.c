// Compares every kernel set that this CPU runs with the scalar set.
//
// Prints a line a set, then the number of sets that passed and failed. Exit code 1 when one failed.
#include <stdio.h>

#include "spade_kernel_sweep.h"
#include "spade_platform.h"

/// Whether every sweep of the set passes.
static int sweep_set(const spade_kernel_set *set) {
  char failure[SPADE_SWEEP_FAILURE_SIZE];
  size_t count = 0;
  // A stray access ends the program: the name is out before it.
  printf("%s: ", set->name);
  fflush(stdout);
  for (size_t i = 0; i < spade_sweep_count(); i++) {
    count += spade_sweep_at(i)->run(set, failure);
    if (failure[0]) {
      printf("FAILED %s\n", failure);
      return 0;
    }
  }
  printf("%zu cases as scalar\n", count);
  return 1;
}

int main(void) {
  const uint32_t features = spade_cpu_features();
  size_t passed = 0, failed = 0;
  for (size_t i = 1; i < spade_kernel_set_count(); i++) {
    const spade_kernel_set *set = spade_kernel_set_at(i);
    const uint32_t needed = set->features;
    if ((features & needed) != needed) {
      printf("%s: not on this CPU\n", set->name);
    } else if (sweep_set(set)) {
      passed++;
    } else {
      failed++;
    }
  }
  printf("%zu passed, %zu failed\n", passed, failed);
  return failed != 0;
}

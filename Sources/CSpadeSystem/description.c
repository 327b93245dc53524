#include "spade_system.h"

// Weak: an object in the link may have another.
__attribute__((weak)) const char *spade_build_description(void) { return NULL; }

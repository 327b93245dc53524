#include "spade_kernels.h"

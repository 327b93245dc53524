#include "spade_threads.h"

import CSpadeSystem

/// What a program does first: keeps memory for small things, so that it can still say that there is none for a large one.
package func reserveMemory() throws(Failure) {
  guard spade_memory_set_aside(8 << 20) != 0 else {
    throw Failure("There is not enough memory to begin; close other programs.")
  }
}

import CSpadeSystem
import SpadeFiles

/// What a program does first: keeps memory for small things, so that it can still say that there is none for a large one.
package func reserveMemory() throws(Failure) {
  guard spade_memory_set_aside(8 << 20) != 0 else {
    throw Failure("There is not enough memory to begin; close other programs.")
  }
}

/// Makes sure that there is memory for work that cannot end half-way with a sentence: for one block as large as all that it
/// takes. Only a limit refuses what is not touched, so a bound that is too large costs nothing else.
/// - Parameter path: What the work is about, for messages.
package func requireMemory(_ byteCount: Int, for path: String) throws(Failure) {
  guard spade_memory_is_there(byteCount) != 0 else { throw Failure(path, FileError.outOfMemory) }
}

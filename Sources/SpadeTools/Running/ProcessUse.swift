import CSpadeSystem

/// What this process has used.
package struct ProcessUse {
  package let minorFaultCount: Int
  package let majorFaultCount: Int

  /// Up to now.
  package init() {
    let faults = spade_page_faults()
    minorFaultCount = Int(faults.minor)
    majorFaultCount = Int(faults.major)
  }

  /// Resident memory now, in bytes, or `nil` without `/proc`.
  package static var residentByteCount: Int? { SystemText.byteCount("VmRSS", of: "/proc/self/status") }

  /// The largest resident memory so far, in bytes, or `nil` without `/proc`.
  package static var peakByteCount: Int? { SystemText.byteCount("VmHWM", of: "/proc/self/status") }
}

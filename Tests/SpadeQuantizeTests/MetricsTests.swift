import Testing

@testable import SpadeQuantize

@Suite struct MetricsTests {
  @Test("A picture without a difference does not hide another's")
  func pictures() {
    #expect(abs(Metrics.psnr(together: [.infinity, 20]) - 23.0103) < 1e-4)
    #expect(abs(Metrics.psnr(together: [30, 30, 30]) - 30) < 1e-9)
    #expect(Metrics.psnr(together: [.infinity, .infinity]) == .infinity)
  }

  @Test("PSNR of a constant difference")
  func psnr() {
    let a = [UInt8](repeating: 100, count: 300)
    #expect(Metrics.psnr(a, a) == .infinity)
    #expect(abs(Metrics.psnr(a, a.map { $0 + 1 }) - 48.1308036) < 1e-6)
    #expect(abs(Metrics.psnr(a, a.map { $0 - 10 }) - 28.1308036) < 1e-6)
    #expect(abs(Metrics.psnr([0], [255])) < 1e-12)
  }

  @Test("The largest difference counts in both directions")
  func maxError() {
    #expect(Metrics.maxError([0, 255, 7], [0, 250, 10]) == 5)
    #expect(Metrics.maxError([0], [255]) == 255)
    #expect(Metrics.maxError([], []) == 0)
  }

  @Test("SQNR is the ratio of energies")
  func sqnr() {
    func decibels(_ reference: [Float], _ test: [Float]) -> Double {
      var sums = SignalToNoise()
      sums.add(reference: reference, test: test)
      return sums.decibels
    }
    #expect(abs(decibels([3, 4], [3, 4.5]) - 20) < 1e-9)
    #expect(decibels([1, 2], [1, 2]) == .infinity)
    #expect(decibels([0, 0], [1, 0]) == -.infinity)
  }

  /// The second and third values are those of scikit-image 0.26, `structural_similarity` with `gaussian_weights`, σ 1.5,
  /// `use_sample_covariance=False`, `channel_axis=-1` and `data_range=255`.
  @Test("SSIM of equal, offset and textured pictures")
  func ssim() {
    var a: [UInt8] = []
    var b: [UInt8] = []
    for y in 0..<16 {
      for x in 0..<20 {
        for channel in 0..<3 {
          a.append(UInt8((y * 37 + x * 11 + channel * 101) % 256))
          b.append(UInt8((y * 37 + x * 11 + channel * 101 + (x * y) % 23) % 256))
        }
      }
    }
    #expect(Metrics.ssim(a, a, width: 20, height: 16) == 1)
    #expect(abs(Metrics.ssim(a, b, width: 20, height: 16) - 0.7436616890914162) < 1e-9)

    let flat = [UInt8](repeating: 100, count: 12 * 12 * 3)
    let lighter = flat.map { $0 + 10 }
    #expect(abs(Metrics.ssim(flat, lighter, width: 12, height: 12) - 0.9954764440915066) < 1e-9)
  }
}

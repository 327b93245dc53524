import CSpadeKernels
import CSpadePlatform

/// An instruction set extension that the kernels use.
struct CPUFeature {
  let name: String
  let bit: Int

  /// Those of this CPU, as the operating system reports them.
  static var found: [CPUFeature] {
    let bits = Int(spade_cpu_features())
    return all.filter { bits & $0.bit != 0 }
  }

  private static var all: [CPUFeature] {
    #if arch(arm64)
      [
        CPUFeature(name: "Advanced SIMD (NEON)", bit: Int(SPADE_CPU_NEON)),
        CPUFeature(name: "dot product", bit: Int(SPADE_CPU_DOTPROD)),
        CPUFeature(name: "int8 matrix multiply", bit: Int(SPADE_CPU_I8MM)),
      ]
    #else
      [
        CPUFeature(name: "SSE4.1", bit: Int(SPADE_CPU_SSE41)),
        CPUFeature(name: "AVX2", bit: Int(SPADE_CPU_AVX2)),
        CPUFeature(name: "AVX-VNNI", bit: Int(SPADE_CPU_AVX_VNNI)),
        CPUFeature(name: "AVX-512 VNNI", bit: Int(SPADE_CPU_AVX512_VNNI)),
      ]
    #endif
  }
}

/// The pickle opcodes a state dict needs; any other byte is refused.
/// Source: CPython's `Lib/pickletools.py`.
enum PickleOpcode: UInt8 {
  case proto = 0x80
  case frame = 0x95
  case stop = 0x2e  // .

  case mark = 0x28  // (
  case emptyDictionary = 0x7d  // }
  case emptyList = 0x5d  // ]
  case emptyTuple = 0x29  // )
  case tuple = 0x74  // t
  case tuple1 = 0x85
  case tuple2 = 0x86
  case tuple3 = 0x87
  case append = 0x61  // a
  case appends = 0x65  // e
  case setItem = 0x73  // s
  case setItems = 0x75  // u

  case none = 0x4e  // N
  case newTrue = 0x88
  case newFalse = 0x89
  case binaryInteger = 0x4a  // J
  case binaryInteger1 = 0x4b  // K
  case binaryInteger2 = 0x4d  // M
  case long1 = 0x8a
  case binaryFloat = 0x47  // G
  case binaryUnicode = 0x58  // X
  case shortBinaryUnicode = 0x8c

  case binaryPut = 0x71  // q
  case longBinaryPut = 0x72  // r
  case memoize = 0x94
  case binaryGet = 0x68  // h
  case longBinaryGet = 0x6a  // j

  case global = 0x63  // c
  case stackGlobal = 0x93
  case binaryPersistentID = 0x51  // Q
  case reduce = 0x52  // R
  case build = 0x62  // b
}

import CSpade
import SpadeModel

@_cdecl("spade_class_count")
public func classCount(_ handle: UnsafePointer<spade_model>?) -> Int {
  var count = 0
  forEachClass(of: handle) { _ in count += 1 }
  return count
}

@_cdecl("spade_class_name")
public func className(
  _ handle: UnsafePointer<spade_model>?, _ label: Int, _ name: UnsafeMutablePointer<CChar>?, _ nameSize: Int
) -> Int {
  guard let found = modelClass(of: handle, label) else { return 0 }
  var count = 0
  found.name.forEachByte { byte in
    if let name, count < nameSize - 1 { name[count] = CChar(bitPattern: byte) }
    count += 1
  }
  if let name, nameSize > 0 { name[min(count, nameSize - 1)] = 0 }
  return count
}

@_cdecl("spade_class_color")
public func classColor(_ handle: UnsafePointer<spade_model>?, _ label: Int) -> Int32 {
  guard let color = modelClass(of: handle, label)?.color else { return -1 }
  return Int32(color.red) << 16 | Int32(color.green) << 8 | Int32(color.blue)
}

/// Metadata that is not what FORMAT.md says names no class.
private func forEachClass(of handle: UnsafePointer<spade_model>?, _ body: (ModelClass) -> Void) {
  guard let model = model(handle) else { return }
  let metadata = JSONText(model.metadata)
  do throws(JSONText.Malformed) {
    // Read once to know that all of it is good.
    try ModelClass.forEach(in: metadata) { _ in }
    try ModelClass.forEach(in: metadata, body)
  } catch {}
}

private func modelClass(of handle: UnsafePointer<spade_model>?, _ label: Int) -> ModelClass? {
  var found: ModelClass?
  var index = 0
  forEachClass(of: handle) { each in
    if index == label { found = each }
    index += 1
  }
  return found
}

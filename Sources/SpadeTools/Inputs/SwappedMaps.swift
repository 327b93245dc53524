import SpadeImage

/// Whether a label map looks like an instance map and the other way round. An object has one class, so each id of an instance map lies
/// in one class, while a class may hold several objects. Swapped maps show it reversed: each "class" lies in one "object", and an
/// "object" holds several "classes". 0 and 255 are left out there, since they often stand for everything that is no object.
func looksSwapped(labels: IndexImage, instances: IndexImage) -> Bool {
  var instanceOfLabel = [Int32](repeating: -1, count: Int(UInt16.max) + 1)
  var labelOfInstance = instanceOfLabel
  var holdsSeveral = false
  for (label, instance) in zip(labels.values, instances.values) {
    let (label, instance) = (Int(label), Int(instance))
    if instanceOfLabel[label] == -1 { instanceOfLabel[label] = Int32(instance) }
    guard instanceOfLabel[label] == Int32(instance) else { return false }
    if labelOfInstance[instance] == -1 { labelOfInstance[instance] = Int32(label) }
    if labelOfInstance[instance] != Int32(label), instance != 0, instance != 255 { holdsSeveral = true }
  }
  return holdsSeveral
}

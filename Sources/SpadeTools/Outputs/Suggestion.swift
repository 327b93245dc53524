/// Which of `names` somebody may have meant by `word`: the one it begins, or the one it becomes with the fewest changed letters, at most
/// a third of them, whatever the case.
package func suggestion(for word: String, of names: [String]) -> String? {
  let word = word.lowercased()
  if word.utf8.count > 1, let longer = names.first(where: { $0.lowercased().hasPrefix(word) }) {
    return longer
  }
  var best: (name: String, distance: Int)?
  for name in names {
    let distance = editDistance(Array(word.utf8), Array(name.lowercased().utf8))
    if distance <= max(word.utf8.count, name.utf8.count) / 3, distance < best?.distance ?? .max {
      best = (name, distance)
    }
  }
  return best?.name
}

/// Bytes to insert, remove or replace to turn one word into another (Levenshtein).
private func editDistance(_ from: [UInt8], _ to: [UInt8]) -> Int {
  var row = Array(0...to.count)
  for (index, byte) in from.enumerated() {
    var corner = row[0]
    row[0] = index + 1
    for column in to.indices {
      let replaced = corner + (byte == to[column] ? 0 : 1)
      corner = row[column + 1]
      row[column + 1] = min(replaced, corner + 1, row[column] + 1)
    }
  }
  return row[to.count]
}

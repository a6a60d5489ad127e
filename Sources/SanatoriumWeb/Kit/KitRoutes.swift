internal import Evidence
internal import MicroHTTP
internal import Pages
internal import Sanatorium
internal import SanatoriumStore

extension Site {
  /// 急救药品和常用药品: the checklist, what is used and restocked, who signed.
  func kitRoutes(_ table: inout RouteTable) {
    let place = "batches/:batch/kit"
    table.get(
      "/api/v1/\(place)", "The medicine kit: its lines, what is short, who signed last", for: .house, reads: .none,
      gives: .anyObject
    ) { context in
      let (batch, kit) = try context.kit()
      return .json(JSONWriter.wire(kit.json(batch)))
    }
    table.page("/\(place)", for: .house, reads: .health("kit", .path("batch"))) { .response(try $0.kitPage()) }
    table.page("/\(place)/new", for: .carers, reads: .none) { .response(try $0.kitItemPage(Form(), nil)) }
    table.write("/api/v1/\(place)", KitWritings.adding)
    table.send("/\(place)", KitWritings.adding, reads: .none, to: { $0.kitPath }, again: { try $0.kitItemPage($1, nil) })
    table.write("/api/v1/\(place)/signature", KitWritings.signing)
    table.send("/\(place)/signature", KitWritings.signing, reads: .health("kit", .path("batch")), to: { $0.kitPath }, again: { try $0.kitPage($1) })
    table.write("/api/v1/\(place)/:item", page: "/\(place)/:item", KitWritings.change, reads: .none, to: { $0.kitPath }) {
      try $0.kitItemPage($1, $0.id("item"))
    }
    table.write("/api/v1/\(place)/:item/removal", KitWritings.removal)
    table.send(
      "/\(place)/:item/removal", KitWritings.removal, reads: .none, to: { $0.kitPath },
      again: { try $0.kitItemPage($1, $0.id("item")) })
    table.write("/api/v1/\(place)/:item/movements", KitWritings.moving)
    table.send(
      "/\(place)/:item/movements", KitWritings.moving, reads: .none, to: { $0.kitPath },
      again: { try $0.kitItemPage($1, $0.id("item")) })
  }
}

extension Kit {
  fileprivate func json(_ batch: Batch) -> JSON {
    .object([
      "revision": .int(revision),
      "items": .array(
        lines.map { line in
          .object([
            "id": .string(line.id.description), "category": .string(line.item.category.rawValue),
            "name": .string(line.item.name), "specification": .string(line.item.specification),
            "unit": .string(line.item.unit), "needed": .int(Int64(line.item.needed)),
            "present": .int(Int64(line.item.present)), "missing": .int(Int64(line.item.missing)),
            "place": .string(line.item.place), "expires": .optional(line.item.expires?.description),
            "keeper": .string(line.item.keeper), "revision": .int(line.revision),
            "suffices": .bool(line.item.suffices(until: batch.lastDay)),
          ])
        }),
      "signed": signed.map {
        .object([
          "person": .string($0.person), "at": .int($0.at.milliseconds), "items": .int(Int64($0.items)),
          "short": .int(Int64($0.short)),
        ])
      },
    ])
  }
}

extension Context {
  var kitPath: String { "/batches/\(parameters["batch"])/kit" }

  func kit() throws -> (Batch, Kit) {
    let id = try self.id("batch")
    return try site.store.read { reader in
      let batch = try reader.batch(id)
      return (batch, try reader.kit(of: batch))
    }
  }
}

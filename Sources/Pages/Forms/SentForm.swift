public import MicroHTTP

/// A form as it arrived: what was typed, and the files beside it.
public struct SentForm: Sendable {
  /// Why a body could not be read as a form.
  public enum Fault: Error, Sendable, Equatable {
    /// 415: neither `application/x-www-form-urlencoded` nor `multipart/form-data`.
    case notAForm
    /// 400: broken escapes, text that is not UTF-8, a cut body, too many fields.
    case unreadable
  }

  public var values: FormValues
  /// Files that were chosen; a file field left empty is not among them.
  public var files: [MultipartBody.Part]

  /// Reads a request's body by its content type.
  public init(_ request: Request) throws(Fault) {
    let type = request.header("Content-Type").map { $0.prefix { $0 != ";" }.lowercased() } ?? ""
    switch type.filter({ $0 != " " }) {
    case "application/x-www-form-urlencoded":
      guard let query = FormBody.parse(urlencoded: request.body) else { throw .unreadable }
      values = FormValues(query)
      files = []
    case "multipart/form-data":
      guard let body = try? MultipartBody.parse(request), let fields = body.fields else { throw .unreadable }
      values = FormValues(fields)
      files = body.parts.filter { $0.filename.map { !$0.isEmpty } ?? false }
    default: throw .notAForm
    }
  }

  /// The file of a field.
  public func file(_ name: String) -> MultipartBody.Part? { files.first { $0.name == name } }
}

extension FormValues {
  /// The values of a query or of a form's fields.
  public init(_ query: Query) { self.init(query.lazy.map { ($0.name, $0.value ?? "") }) }
}

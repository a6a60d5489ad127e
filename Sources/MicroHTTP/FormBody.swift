/// A form as a browser sends it without files.
public enum FormBody {
  /// Decodes `application/x-www-form-urlencoded`. Nil where an escape is broken, a zero byte hides in it, the text isn't
  /// UTF-8, or there are more fields than the limit.
  public static func parse(urlencoded bytes: [UInt8], fields limit: Int = 1000) -> Query? {
    Query(encoded: bytes[...], limit: limit)
  }
}

/// What a device is for.
public enum DeviceKind: String, Sendable, Codable, CaseIterable {
  /// Somebody's own telephone.
  case phone
  /// A tablet that goes from hand to hand.
  case tablet
  /// The duty room's screen, which nobody touches.
  case wall

  public var name: Text {
    switch self {
    case .phone: Text("自己的手机", "Own phone")
    case .tablet: Text("合用的平板", "Shared tablet")
    case .wall: Text("值班室大屏", "Wall screen")
    }
  }
}

/// The icons of the house, drawn on a grid of 24 with a line of 2. Shapes differ where colours do (circle, triangle,
/// octagon, dashes), so that no state is told by colour alone.
public enum Icon: UInt8, CaseIterable, Sendable {
  case done, tick, due, late, unknown, critical, cross, barred, waiting, held, accepted
  case back, next, up, down, swap, undo, search, scan, print, phone, bell, siren, round, person, people, list, note
  case bus, bed, live, offline, camera, calendar, lock, key, document, signature, chain, sum, settings, plus, download
  case upload, shield, meal, drill, hospital, home, info, empty, chart, logout

  /// The fragment a `use` element points to.
  var id: StaticString {
    switch self {
    case .done: "i-done"
    case .tick: "i-tick"
    case .due: "i-due"
    case .late: "i-late"
    case .unknown: "i-unk"
    case .critical: "i-crit"
    case .cross: "i-x"
    case .barred: "i-bar"
    case .waiting: "i-wait"
    case .held: "i-hold"
    case .accepted: "i-acc"
    case .back: "i-back"
    case .next: "i-next"
    case .up: "i-up"
    case .down: "i-down"
    case .swap: "i-swap"
    case .undo: "i-undo"
    case .search: "i-find"
    case .scan: "i-scan"
    case .print: "i-print"
    case .phone: "i-tel"
    case .bell: "i-bell"
    case .siren: "i-siren"
    case .round: "i-round"
    case .person: "i-one"
    case .people: "i-all"
    case .list: "i-list"
    case .note: "i-note"
    case .bus: "i-bus"
    case .bed: "i-bed"
    case .live: "i-live"
    case .offline: "i-off"
    case .camera: "i-cam"
    case .calendar: "i-cal"
    case .lock: "i-lock"
    case .key: "i-key"
    case .document: "i-doc"
    case .signature: "i-sign"
    case .chain: "i-chain"
    case .sum: "i-sum"
    case .settings: "i-set"
    case .plus: "i-plus"
    case .download: "i-get"
    case .upload: "i-put"
    case .shield: "i-shld"
    case .meal: "i-meal"
    case .drill: "i-drill"
    case .hospital: "i-hosp"
    case .home: "i-home"
    case .info: "i-info"
    case .empty: "i-none"
    case .chart: "i-chart"
    case .logout: "i-out"
    }
  }

  var shape: StaticString {
    switch self {
    case .done: "<circle cx=\"12\" cy=\"12\" r=\"9.5\"/><path d=\"m7.5 12.5 3 3 6-6.5\"/>"
    case .tick: "<path d=\"m4 12.5 5.5 5.5L20 6.5\"/>"
    case .due: "<circle cx=\"12\" cy=\"12\" r=\"9.5\"/><path d=\"M12 6.5V12l3.5 2.5\"/>"
    case .late: "<path d=\"M12 3 1.8 20.5h20.4zM12 9.5v5m0 3.1v.1\"/>"
    case .unknown:
      "<circle cx=\"12\" cy=\"12\" r=\"9.5\" stroke-dasharray=\"3 3\"/><path d=\"M9.5 9.5A2.5 2.5 0 1 1 13 11.8c-.8.4-1 1-1 1.7m0 3.4v.1\"/>"
    case .critical: "<path d=\"M8 2h8l6 6v8l-6 6H8l-6-6V8zm4 5v6m0 3.6v.1\"/>"
    case .cross: "<path d=\"m5 5 14 14m0-14L5 19\"/>"
    case .barred: "<circle cx=\"12\" cy=\"12\" r=\"9.5\"/><path d=\"m5.5 5.5 13 13\"/>"
    case .waiting:
      "<path stroke-dasharray=\"3.5 3\" d=\"M4 15v5.5h16V15\"/><path d=\"M12 15V4M7.5 8.5 12 4l4.5 4.5\"/>"
    case .held: "<circle cx=\"12\" cy=\"12\" r=\"9.5\"/><path d=\"M9.5 8v8m5-8v8\"/>"
    case .accepted: "<path d=\"M3.5 4h17v12h-9l-5 4.5V16h-3zM8 10h8\"/>"
    case .back: "<path d=\"m15 4-8 8 8 8\"/>"
    case .next: "<path d=\"m9 4 8 8-8 8\"/>"
    case .up: "<path d=\"M12 20V4m-6 6 6-6 6 6\"/>"
    case .down: "<path d=\"M12 4v16m-6-6 6 6 6-6\"/>"
    case .swap: "<path d=\"M7 4 3 8l4 4M3 8h14m0 4 4 4-4 4m4-4H7\"/>"
    case .undo: "<path d=\"M8 4 3.5 8.5 8 13M3.5 8.5H15a5.5 5.5 0 0 1 0 11H8\"/>"
    case .search: "<circle cx=\"10.5\" cy=\"10.5\" r=\"6.5\"/><path d=\"m15.5 15.5 6 6\"/>"
    case .scan: "<path d=\"M3 8V3h5m8 0h5v5m0 8v5h-5m-8 0H3v-5m4-4h10\"/>"
    case .print: "<path d=\"M7 8V3h10v5M7 17H3V8h18v9h-4M7 14h10v7H7z\"/>"
    case .phone:
      "<path d=\"M6 3h4l1.5 5L9 9.5a12 12 0 0 0 5.5 5.5l1.5-2.5 5 1.5v4a3 3 0 0 1-3 3A15 15 0 0 1 3 6a3 3 0 0 1 3-3z\"/>"
    case .bell: "<path d=\"M5 17v-6a7 7 0 0 1 14 0v6l1.5 2h-17zm5 4.5h4\"/>"
    case .siren: "<path d=\"M6 18v-6a6 6 0 0 1 12 0v6M3 21h18M5 18h14M12 2v1.5M3.5 5l1.3 1.2M20.5 5l-1.3 1.2\"/>"
    case .round: "<path d=\"M9 3h6v3H9zm0 1.5H5V21h14V4.5h-4m-6.5 9L11 16l4.5-5\"/>"
    case .person: "<circle cx=\"12\" cy=\"8\" r=\"4.5\"/><path d=\"M3.5 21c.8-4.5 4-6.5 8.5-6.5s7.7 2 8.5 6.5\"/>"
    case .people:
      "<circle cx=\"9\" cy=\"8\" r=\"4\"/><path d=\"M1.5 20.5c.6-4.3 3.5-6 7.5-6s6.9 1.7 7.5 6M16 4.3a4 4 0 0 1 0 7.4m2.5 3.5c2.3.7 3.7 2.3 4 5.3\"/>"
    case .list: "<path d=\"M9 6h12M9 12h12M9 18h12M3.5 6h.1m-.1 6h.1m-.1 6h.1\"/>"
    case .note: "<path d=\"M4 20.5h4L20 8.5l-4-4-12 12zm9.5-13.5 4 4\"/>"
    case .bus: "<path d=\"M4 4h16v13H4zm0 7h16M7.5 14.2h.1m8.9 0h.1M6 17v3.5M18 17v3.5\"/>"
    case .bed: "<path d=\"M2 5v15m0-5h20v5M22 15v-2a4 4 0 0 0-4-4h-7v6\"/><circle cx=\"6.5\" cy=\"10.5\" r=\"2\"/>"
    case .live: "<path d=\"M2 9a15 15 0 0 1 20 0M6 13a9 9 0 0 1 12 0m-8.7 3a4 4 0 0 1 5.4 0M12 19v.1\"/>"
    case .offline:
      "<path d=\"M2 9a15 15 0 0 1 5-3m15 3a15 15 0 0 0-10-4M6 13a9 9 0 0 1 4-2m8 2a9 9 0 0 0-2-1.3M12 19v.1M3 3l18 18\"/>"
    case .camera: "<path d=\"M3 7h4l2-3h6l2 3h4v13H3z\"/><circle cx=\"12\" cy=\"13\" r=\"4\"/>"
    case .calendar: "<path d=\"M4 5h16v16H4zm0 5h16M8 2.5V7m8-4.5V7\"/>"
    case .lock: "<path d=\"M5 11h14v10H5zm3 0V7.5a4 4 0 0 1 8 0V11m-4 4v2.5\"/>"
    case .key: "<circle cx=\"7.5\" cy=\"16\" r=\"4.5\"/><path d=\"M11 12.8 20 4m-4 4 3.5 3.5\"/>"
    case .document: "<path d=\"M5 2.5h9l5 5v14H5zm9 0v5h5M8.5 12.5h7m-7 4h7\"/>"
    case .signature:
      "<path d=\"M3 20.5h18M4 16c3-1 6-6 6-10 0-2.5-2.5-2.5-2.5.5 0 4 1 8 3 8s2-3 3.5-3 .5 2.5 2 2.5c1 0 2-.5 3-1.5\"/>"
    case .chain:
      "<path d=\"M10 14a4.5 4.5 0 0 1 0-6.4l2.6-2.6A4.5 4.5 0 0 1 19 11.4l-1.3 1.3M14 10a4.5 4.5 0 0 1 0 6.4L11.4 19A4.5 4.5 0 0 1 5 12.6l1.3-1.3\"/>"
    case .sum: "<path d=\"M18 7V4H6l7 8-7 8h12v-3\"/>"
    case .settings:
      "<circle cx=\"12\" cy=\"12\" r=\"3.5\"/><path d=\"M12 2v4m0 12v4M2 12h4m12 0h4M5 5l2.8 2.8m8.4 8.4L19 19m0-14-2.8 2.8m-8.4 8.4L5 19\"/>"
    case .plus: "<path d=\"M12 4v16M4 12h16\"/>"
    case .download: "<path d=\"M4 15v5.5h16V15M12 3v11.5m-4.5-4 4.5 4 4.5-4\"/>"
    case .upload: "<path d=\"M4 15v5.5h16V15M12 15V4M7.5 8.5 12 4l4.5 4.5\"/>"
    case .shield: "<path d=\"M12 2.5 4 5.5V12c0 5 3.5 8 8 9.5 4.5-1.5 8-4.5 8-9.5V5.5zM8.5 12l2.5 2.5 4.5-5\"/>"
    case .meal:
      "<path d=\"M7 2.5v19M3.5 2.5V8A3.5 3.5 0 0 0 7 11.5 3.5 3.5 0 0 0 10.5 8V2.5M17.5 21.5v-7h-3V8c0-3 1.5-5.5 3-5.5z\"/>"
    case .drill: "<path d=\"M4 21.5V3h12l-2.5 4.5L16 12H4\"/>"
    case .hospital: "<path d=\"M4 21.5v-17h16v17M2 21.5h20M12 8v6m-3-3h6m-5.5 10.5V18h5v3.5\"/>"
    case .home: "<path d=\"M3 11.5 12 4l9 7.5M5.5 10v11h13V10M10 21v-6h4v6\"/>"
    case .info: "<circle cx=\"12\" cy=\"12\" r=\"9.5\"/><path d=\"M12 11v6m0-9.6v.1\"/>"
    case .empty: "<rect x=\"4\" y=\"3\" width=\"16\" height=\"18\" rx=\"2\"/><path d=\"M8 8h8m-8 4h8m-8 4h4\"/>"
    case .chart: "<path d=\"M3 3v18h18M7 16l4-5 3.5 3L20 7\"/>"
    case .logout: "<path d=\"M14 3H5v18h9M10 12h11m-4-4 4 4-4 4\"/>"
    }
  }
}

extension HTML {
  /// An icon beside its word; a screen reader skips it. `page` draws each used shape once at its end.
  public func icon(_ icon: Icon) {
    icons |= 1 << UInt64(icon.rawValue)
    raw("<svg class=\"i\" aria-hidden=\"true\"><use href=\"#")
    raw(icon.id)
    raw("\"/></svg>")
  }

  /// The shapes of the icons used so far. Pages get it from `page`; a fragment that is put into a page by a script
  /// ends with it, too.
  public func sprite() {
    raw("<svg id=\"icons\" class=\"vh\" width=\"0\" height=\"0\" aria-hidden=\"true\">")
    for icon in Icon.allCases where icons & (1 << UInt64(icon.rawValue)) != 0 {
      raw("<symbol id=\"")
      raw(icon.id)
      raw("\" viewBox=\"0 0 24 24\">")
      raw(icon.shape)
      raw("</symbol>")
    }
    raw("</svg>")
  }
}

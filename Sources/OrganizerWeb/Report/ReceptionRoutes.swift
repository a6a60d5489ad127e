internal import Evidence
internal import MicroHTTP
internal import OrganizerStore
internal import Pages
internal import Sanatorium

extension OrganizerSite {
  /// Where facilities deliver.
  func receptionRoutes(_ table: inout RouteTable) {
    table.reply(
      Operation(
        method: .post, pattern: "/api/v1/reports",
        summary:
          "Deliver a signed completion report (Standard Webhooks headers, up to 32 MB); answers a signed receipt",
        audience: .everyone, takes: .object(["type": "object"]))
    ) { $0.receive() }
  }
}

extension Context {
  /// 201 with the receipt's bytes, 200 for a report that was taken before.
  fileprivate func receive() -> Reply {
    guard let id = request.header("webhook-id"), let timestamp = request.header("webhook-timestamp"),
      let signature = request.header("webhook-signature")
    else {
      return .response(
        signatureAsked(
          problem(
            .unauthorized, "webhook-headers-missing", Text("缺少签名", "The signature is missing"),
            Text(
              "要有 webhook-id、webhook-timestamp、webhook-signature 三个头。",
              "The headers webhook-id, webhook-timestamp and webhook-signature are needed."))))
    }
    let headers = StandardWebhooks.Headers(id: id, timestamp: timestamp, signature: signature)
    let remote = request.sender
    let reply = site.intake {
      answered {
        let reception = try store.receive(request.body, via: .webhook(headers, remote: remote), now: now)
        return .json(reception.receipt.bytes, status: reception.isRepeated ? .ok : .created)
      }
    }
    return reply
      ?? .response(
        retry(
          problem(
            .serviceUnavailable, "busy", Text("正在收别的报告", "Other reports are being taken"),
            Text("请过一会儿再发。", "Send it again in a while."))))
  }
}

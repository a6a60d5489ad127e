/// A form that came back to a page with several forms: the one that posts to the same address shows what was typed and
/// what is wrong with it.
struct ReturnedForm {
  let target: String
  let form: Form
  /// Where the page's notices end: what no form has taken is said there.
  var notices: Int
  var isTaken = false
}

extension HTML {
  /// Says among the notices which form was refused; without faults nothing. Of the forms drawn later, the one that posts
  /// to `target` takes it; a button alone has no place for it, and then the notices say it.
  public func returning(_ form: Form, to target: String) {
    guard !form.faults.isEmpty else { return }
    returned = ReturnedForm(target: target, form: form, notices: out.count)
  }

  /// What a form that posts to `action` shows.
  func taking(_ state: Form, at action: String) -> Form {
    guard let returned, !returned.isTaken, returned.target == action else { return state }
    self.returned?.isTaken = true
    return returned.form
  }

  /// The refusal that no form has taken, put among the notices when the page is drawn.
  func settleReturned() {
    guard let returned, !returned.isTaken else { return }
    let end = out.count
    for fault in returned.form.faults { banner(.bad, .critical, fault.message) }
    out.moveTail(from: end, to: returned.notices)
  }
}

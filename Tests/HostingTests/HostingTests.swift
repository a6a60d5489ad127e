import Testing
@Test func placeholderToReplace() {}

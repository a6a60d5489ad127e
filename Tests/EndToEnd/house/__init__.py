"""What the end-to-end tests are made of: the real executables, a real browser, a clock that the test owns."""

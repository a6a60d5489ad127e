// SanatoriumStore

// SanatoriumWeb

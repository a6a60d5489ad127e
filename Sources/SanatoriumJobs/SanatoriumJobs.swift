// SanatoriumJobs

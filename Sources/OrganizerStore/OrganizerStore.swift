// OrganizerStore

// OrganizerWeb

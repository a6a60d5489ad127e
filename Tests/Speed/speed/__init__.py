"""What the measuring of felt speed is made of: a slow line, a cheap phone, and a day's first minutes on it."""

"""Side by side with bare C programs: the same work, the same transport, the same machine, in turns."""

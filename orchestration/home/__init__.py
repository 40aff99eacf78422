"""Where things are on this machine, and what keeps them whole: paths, the lake, locks, processes, alerts."""

"""One moment of a story: what somebody could think of there, and what closes it to her."""

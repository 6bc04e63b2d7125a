"""The space of stories as a map: what an ending means to whom, and the graph of all turns."""

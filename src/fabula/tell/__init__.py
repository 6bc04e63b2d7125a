"""Story and Spin to Telling: order, viewpoint, pace, feeling and prose."""

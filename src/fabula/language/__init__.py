"""From the text of a world to a tree of what its author wrote: names are strings, nothing is looked up."""

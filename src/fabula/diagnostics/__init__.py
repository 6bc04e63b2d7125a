"""Messages for an author: where, what, why and the way out; knows nothing of stories."""

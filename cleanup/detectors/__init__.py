"""One file a kind of detector; a card names it by its file name."""

"""The meeting pack: PDF files made one that everyone can read, with links, bookmarks, stamps and all their tags."""

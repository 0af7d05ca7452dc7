"""What happens to finished bytes: they become files, and later PDF, packs and archives."""

"""How a diary's tables came to be, revision by revision; only ever added to."""

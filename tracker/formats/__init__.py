"""What importers and exporters share: CSV cells, JSON mapping, files and archives."""

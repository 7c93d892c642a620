"""Values in, lines of (text, style) out: tables and charts for screens and command line."""

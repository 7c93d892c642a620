"""The screens in a browser. The only package that opens a port, and only for `serve`."""

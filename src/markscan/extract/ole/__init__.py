"""OLE compound files and what the binary formats of Office share in them."""

// The kernel table.

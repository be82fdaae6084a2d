"""Rules about what a file has of registered documents (摘录、复制、汇编): MS401 to MS419."""

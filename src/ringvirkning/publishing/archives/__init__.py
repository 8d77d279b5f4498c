"""Cases and their files, out of the library and into one."""

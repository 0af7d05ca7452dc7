"""The command line. Each command is a module, loaded when it is asked for; `main` is all that `--help` needs."""

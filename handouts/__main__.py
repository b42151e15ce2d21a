"""`python -m handouts` is the command line."""

from handouts.cli import main

main()

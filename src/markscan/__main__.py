"""python -m markscan."""

import sys

from markscan.cli import main

if __name__ == "__main__":
    sys.exit(main())

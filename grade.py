"""Grade exercises: `python grade.py hw2`."""

import sys

from graders.cli import main

if __name__ == "__main__":
    sys.exit(main())

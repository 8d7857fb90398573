"""``python -m mockdde`` is ``mockdde``."""

from mockdde.cli import main

if __name__ == "__main__":
    main()

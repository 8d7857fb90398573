"""``python -m mockdde`` is ``mockdde``."""

import gc

__all__ = ["main"]


def main() -> None:
    """The command line."""
    # Most of what is imported, told, folded and rendered stays, and has no cycles that anybody
    # must find; to look for some while commands are imported takes longer than to import them.
    gc.set_threshold(50_000, 20, 100)
    from mockdde.cli import main as commands  # noqa: PLC0415

    commands()


if __name__ == "__main__":
    main()

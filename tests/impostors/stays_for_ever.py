"""Never leaves a stream that is official."""

from _honest import Main, dde, program

FAILS = ("session/leaves-on-official",)
FAMILIES = {"session"}


class Stays:
    def is_over(self) -> bool:
        return False


def client() -> Main:
    return dde(Stays)


if __name__ == "__main__":
    program(client())

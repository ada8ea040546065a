"""Counts in print: a number as its language writes it, and a text that changes with the number in it."""

from collections.abc import Callable, Sequence


class Count(str):
    """A number of things as it prints, such as 1,000, which still knows the number."""

    number: int

    def __new__(cls, number: int, printed: str) -> "Count":
        count = super().__new__(cls, printed)
        count.number = number
        return count


class Counted(str):
    """A pattern with a form for each kind of number that its language tells apart; as a text, it is the last form."""

    forms: tuple[str, ...]
    by: int
    choose: Callable[[int], int]

    def __new__(cls, forms: Sequence[str], by: int, choose: Callable[[int], int]) -> "Counted":
        """`by` is the index of the value that decides, and `choose` gives the index of the form for a number."""
        counted = super().__new__(cls, forms[-1])
        counted.forms, counted.by, counted.choose = tuple(forms), by, choose
        return counted

    def format(self, *values: object, **_: object) -> str:
        """The form for the deciding value, a whole number or a `Count`, with the values in it."""
        decides = values[self.by]
        number = decides.number if isinstance(decides, Count) else int(str(decides))
        return self.forms[self.choose(number)].format(*values)

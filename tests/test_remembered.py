"""What is made once and looked up again."""

from pipeline.remembered import Remembered


def test_each_is_made_once_and_all_are_forgotten_when_they_are_many() -> None:
    made: list[str] = []

    def upper(key: str) -> str:
        made.append(key)
        return key.upper()

    found = Remembered(upper, most=2)
    assert [found[key] for key in "aabba"] == ["A", "A", "B", "B", "A"]
    assert made == ["a", "b"]
    assert (found["c"], dict(found)) == ("C", {"c": "C"})
    assert (found["a"], made) == ("A", ["a", "b", "c", "a"])

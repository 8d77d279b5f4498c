"""Norwegian national identity numbers: eleven digits, the last two of them check digits.

Only told from other numbers, never read: we know one in order to throw it away. Source for the rule: Skatteetaten,
"Fødselsnummer". Holds for D-numbers (day + 40) and for numbers used in tests (month + 40 or + 80) too.
"""

FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
LAST_DAY, LAST_MONTH, STEP = 31, 12, 40


def is_identity_number(digits: str) -> bool:
    """Tell whether eleven digits are a valid national identity number."""
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        return False
    numbers = [int(digit) for digit in digits]
    day, month = int(digits[:2]) % STEP, int(digits[2:4]) % STEP
    return 1 <= day <= LAST_DAY and 1 <= month <= LAST_MONTH and _sum(numbers, FIRST) == _sum(numbers, SECOND) == 0


def _sum(numbers: list[int], weights: tuple[int, ...]) -> int:
    return sum(number * weight for number, weight in zip(numbers, weights, strict=False)) % 11

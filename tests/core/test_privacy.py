import pytest

from lawcheck.core.privacy import Private, find_private, is_identity_number

IDENTITY = "11010519491231002X"


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in find_private([("一、", text)], names)]


@pytest.mark.parametrize(
    ("text", "is_one"),
    [(IDENTITY, True), (IDENTITY.lower(), True), ("110105194912310021", False), ("1101051949123100", False)],
)
def test_an_identity_number_has_its_check_digit(text: str, is_one: bool) -> None:
    assert is_identity_number(text) is is_one


def test_an_identity_number_is_found_in_any_width_and_is_no_telephone_number() -> None:
    assert found("当事人１１０１０５１９４９１２３１００２Ｘ。") == [("identity", IDENTITY)]
    assert found("编号110105194912310021。") == []


@pytest.mark.parametrize("number", ["13812345678", "+86 13812345678", "020-84224612", "02084224612", "400-800-8820"])
def test_a_telephone_number_is_found(number: str) -> None:
    assert found(f"电话{number}。") == [("telephone", number)]


@pytest.mark.parametrize(
    "text", ["罚没1619.14万元", "穗市监法〔2019〕397号", "办件138123456789件", "7681件", "2022-12-31"]
)
def test_a_number_of_another_kind_is_none(text: str) -> None:
    assert found(text) == []


def test_names_that_are_known_are_found_the_longer_first() -> None:
    assert found("由李华、李华明办理。", "李华", "李华明", " ", "王") == [("name", "李华"), ("name", "李华明")]


def test_what_is_found_says_where() -> None:
    (one,) = find_private([("一、工作", "前面的文字很长很长很长李华后面的文字很长很长很长很长")], ["李华"])
    assert one == Private("name", "李华", "一、工作", "前面的文字很长很长很长李华后面的文字很长很长很长很"[:25])

import pytest

from lawcheck.core.privacy import CHECK_DIGIT, FIFTEEN, Private, find_private, has_check_digit

IDENTITY = "11010519491231002X"
MISTYPED = "110105194912310021"


def found(text: str, *names: str) -> list[tuple[str, str]]:
    return [(one.kind, one.text) for one in find_private([("一、", text)], names)]


@pytest.mark.parametrize(("text", "has"), [(IDENTITY, True), (IDENTITY.lower(), True), (MISTYPED, False)])
def test_an_identity_number_has_its_check_digit(text: str, has: bool) -> None:
    assert has_check_digit(text) is has


def test_an_identity_number_is_found_in_any_width_and_is_no_telephone_number() -> None:
    assert found("当事人１１０１０５１９４９１２３１００２Ｘ。") == [("identity", IDENTITY)]


@pytest.mark.parametrize(
    ("number", "about"),
    [
        (IDENTITY, None),
        (MISTYPED, CHECK_DIGIT),
        ("110105 19491231 002X", None),
        ("110105491231002", FIFTEEN),
        ("440106800101123", FIFTEEN),
        ("440106199012311239", CHECK_DIGIT),
    ],
)
def test_an_identity_number_with_a_mistake_or_of_fifteen_digits_is_private_all_the_same(
    number: str, about: str | None
) -> None:
    (one,) = find_private([("一、", f"身份证号{number}，男")], [])
    assert (one.kind, one.text, one.about) == ("identity", number, about)


@pytest.mark.parametrize(
    "number",
    [
        "13812345678", "+86 13812345678", "138 1234 5678", "138-1234-5678", "020-84224612", "02084224612",
        "(020)84224612", "(020) 8422 4612", "020 - 84224612", "0755-2812345", "020-84224612-801", "020-84224612转801",
        "400-800-8820",
    ],
)  # fmt: skip
def test_a_telephone_number_is_found(number: str) -> None:
    assert found(f"电话{number}。") == [("telephone", number)]


@pytest.mark.parametrize(
    "text",
    [
        "罚没1619.14万元", "罚没13812345678元", "入库138 1234 5678元", "穗市监法〔2019〕397号", "7681件",
        "办件138123456789件", "2022-12-31",
        "粤市监罚〔2026〕13812345678号", "第02084224612号", "统一社会信用代码914401010123456789", "999999194912310021",
        "流水号44010619491231002112", "110105491331002", "金额110105491231002元",
        "0.13812345678", "2026-01-05 至 2026-12-31", "（2026）粤0105行初1234号",
    ],
)  # fmt: skip
def test_a_number_of_another_kind_is_none(text: str) -> None:
    assert found(text) == []


def test_names_that_are_known_are_found_the_longer_first() -> None:
    assert found("由李华、李华明办理。", "李华", "李华明", " ", "王") == [("name", "李华"), ("name", "李华明")]


def test_what_is_found_says_where() -> None:
    (one,) = find_private([("一、工作", "前面的文字很长很长很长李华后面的文字很长很长很长很长")], ["李华"])
    assert one == Private("name", "李华", "一、工作", "前面的文字很长很长很长李华后面的文字很长很长很长很"[:25])

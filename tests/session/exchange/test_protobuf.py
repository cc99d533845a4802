"""Protocol Buffers' wire format, against the worked examples of its documentation."""

import pytest

from netviz.session.exchange.onnx_format import read
from netviz.session.exchange.protobuf import Field, fields, message, numbers


@pytest.mark.parametrize(
    ("field", "data"),
    [
        ((1, 150), b"\x08\x96\x01"),
        ((2, "testing"), b"\x12\x07testing"),
        ((3, message((1, 150))), b"\x1a\x03\x08\x96\x01"),
        ((4, 1.0), b"\x25\x00\x00\x80\x3f"),
        ((16, 0), b"\x80\x01\x00"),
    ],
)
def test_a_field_is_written(field, data):
    assert message(field) == data


def test_fields_are_read_in_order():
    data = b"\x08\x96\x01" + b"\x12\x02ab" + b"\x25\x00\x00\x80\x3f" + b"\x31" + b"\x01" * 8
    assert list(fields(data)) == [
        Field(1, 150),
        Field(2, b"ab"),
        Field(4, b"\x00\x00\x80\x3f"),
        Field(6, b"\x01" * 8),
    ]


def test_packed_numbers_are_read():
    assert numbers(b"\x03\x8e\x02\x9e\xa7\x05") == [3, 270, 86942]


@pytest.mark.parametrize("data", [b"\x08", b"\x08\x80", b"\x12\x05ab", b"\x25\x00", b"\x08" + b"\xff" * 11])
def test_what_ends_too_early_is_refused(data):
    with pytest.raises(ValueError, match=r"^it ends too early$"):
        list(fields(data))


def test_a_wire_type_that_is_none_is_refused():
    with pytest.raises(ValueError, match=r"^not Protocol Buffers$"):
        list(fields(b"\x0b"))


def test_packed_extents_of_a_constant_are_read():
    tensor = message((1, b"\x02\x01"), (2, 1), (8, "w"), (9, b"\0" * 8))
    assert read(message((7, message((5, tensor))))).constants["w"].shape == (2, 1)

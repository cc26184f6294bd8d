//! Characters as strings spell them.

use super::error::Problem;

/// The character that a backslash and `escape` stand for, where one byte tells.
pub(super) fn unescape(escape: Option<u8>) -> Result<char, Problem> {
    Ok(match escape {
        Some(byte @ (b'"' | b'\\' | b'/')) => char::from(byte),
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        found => return Err(Problem::unexpected("an escape", found)),
    })
}

/// The value of a hexadecimal digit.
pub(super) fn hex_digit(digit: Option<u8>) -> Result<u16, Problem> {
    let value = match digit {
        Some(byte @ b'0'..=b'9') => byte - b'0',
        Some(byte @ b'a'..=b'f') => byte - b'a' + 10,
        Some(byte @ b'A'..=b'F') => byte - b'A' + 10,
        found => return Err(Problem::unexpected("a hexadecimal digit", found)),
    };
    Ok(u16::from(value))
}

/// The character of which `bytes` is the start; `None` where more bytes are needed.
pub(super) fn decode_utf8(bytes: &[u8]) -> Result<Option<char>, Problem> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.chars().next()),
        Err(error) if error.error_len().is_none() => Ok(None),
        Err(_) => Err(Problem::Utf8),
    }
}

/// The character that `\u` escapes stand for: `unit` alone, or after `high`. `None`: `unit` is the
/// first half of a pair.
pub(super) fn decode_utf16(high: Option<u16>, unit: u16) -> Result<Option<char>, Problem> {
    if high.is_none() && matches!(unit, 0xD800..=0xDBFF) {
        return Ok(None);
    }
    match char::decode_utf16(high.into_iter().chain([unit])).next() {
        Some(Ok(character)) => Ok(Some(character)),
        _ => Err(Problem::Surrogate),
    }
}

//! A line of JSON that is read value by value, so that one can go past what is known.

use serde::Deserialize;
use serde::de::IgnoredAny;

/// A place in a line of JSON. What is not as it should be, or not as it is asked for, is `None`, and the place is of no
/// more use then.
pub(super) struct Cursor<'a> {
    line: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(line: &'a str) -> Self {
        Self { line, at: 0 }
    }

    /// What comes.
    pub fn rest(&self) -> &'a str {
        self.line.get(self.at..).unwrap_or_default()
    }

    /// Whether nothing comes any more.
    pub fn is_at_end(&mut self) -> bool {
        self.next_byte().is_none()
    }

    /// Goes past so many bytes that are known to be a value, and gives them.
    pub fn skip(&mut self, length: usize) -> Option<&'a str> {
        let skipped = self.line.get(self.at..self.at + length)?;
        self.at += length;
        Some(skipped)
    }

    /// Reads a value.
    pub fn value<T: Deserialize<'a>>(&mut self) -> Option<T> {
        let mut values = serde_json::Deserializer::from_str(self.rest()).into_iter();
        let value = values.next()?.ok()?;
        self.at += values.byte_offset();
        Some(value)
    }

    /// Reads a value, and tells how it is written.
    pub fn value_as_written<T: Deserialize<'a>>(&mut self) -> Option<(T, &'a str)> {
        let start = self.at;
        let value = self.value()?;
        Some((value, self.line.get(start..self.at)?))
    }

    /// The same; where the value is not as it is asked for, why, and goes past it.
    pub fn value_or_reason<T: Deserialize<'a>>(&mut self) -> Option<(Result<T, String>, &'a str)> {
        if let Some((value, written)) = self.value_as_written() {
            return Some((Ok(value), written));
        }
        let (_, written) = self.value_as_written::<IgnoredAny>()?;
        let reason = serde_json::from_str::<T>(written).err()?.to_string();
        Some((Err(reason), written))
    }

    /// Reads an object: `each` reads the value of a key. Keys with anything escaped in them are none.
    pub fn members(&mut self, mut each: impl FnMut(&mut Self, &'a str) -> Option<()>) -> Option<()> {
        self.list((b'{', b'}'), |line| {
            let key = line.value()?;
            line.take(b':')?;
            line.next_byte()?;
            each(line, key)
        })
    }

    /// Reads a list: `each` reads an element.
    pub fn elements(&mut self, each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.list((b'[', b']'), each)
    }

    fn list(&mut self, (open, close): (u8, u8), mut each: impl FnMut(&mut Self) -> Option<()>) -> Option<()> {
        self.take(open)?;
        if self.next_byte()? == close {
            return self.take(close);
        }
        loop {
            self.next_byte()?;
            each(self)?;
            if self.next_byte()? != b',' {
                return self.take(close);
            }
            self.at += 1;
        }
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.next_byte()? == byte).then(|| self.at += 1)
    }

    /// The next byte that is no blank, to which it goes.
    fn next_byte(&mut self) -> Option<u8> {
        let rest = self.line.as_bytes().get(self.at..)?;
        let blank = rest.iter().position(|byte| !matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))?;
        self.at += blank;
        rest.get(blank).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the list under `a` holds, and the text under `b`.
    fn read(line: &str) -> Option<(Vec<u64>, String)> {
        let (mut numbers, mut text) = (Vec::new(), String::new());
        let mut line = Cursor::new(line);
        line.members(|line, key| {
            match key {
                "a" => line.elements(|line| {
                    numbers.push(line.value()?);
                    Some(())
                })?,
                "b" => text = line.value_as_written::<String>()?.1.to_owned(),
                _ => line.skip(4).map(drop)?,
            }
            Some(())
        })?;
        line.is_at_end().then_some((numbers, text))
    }

    #[test]
    fn values_are_read_one_by_one_however_they_are_set_apart() {
        for line in
            [r#"{"a":[1,22],"x":true,"b":"\u06af"}"#, " { \"a\" : [ 1 , 22 ] , \"x\" : true,\t\"b\":\"\\u06af\" } "]
        {
            assert_eq!(read(line), Some((vec![1, 22], r#""\u06af""#.to_owned())), "{line}");
        }
        assert_eq!(read(r#"{"a":[]}"#), Some((Vec::new(), String::new())));
        assert_eq!(read("{}"), Some((Vec::new(), String::new())));
    }

    #[test]
    fn what_is_not_as_it_should_be_is_none() {
        for line in ["", "{", "[]", r#"{"a":[1,]}"#, r#"{"a":[1 2]}"#, r#"{"a":[1]"#, r#"{"a" [1]}"#, r#"{"a":[1],}"#] {
            assert_eq!(read(line), None, "{line}");
        }
        for line in [r#"{"a":[1]} x"#, r#"{"\u0061":[1]}"#, r#"{"a":["1"]}"#, r#"{"b":"x}"#, r#"{"x":tr"#, r#"{a:1}"#] {
            assert_eq!(read(line), None, "{line}");
        }
    }
}

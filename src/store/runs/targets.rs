//! What a post shared: for each object one number, made of its row, its kind and whether another one follows.

use super::codec::{put, take};
use super::seal::Damage;
use crate::model::{ObjectId, ObjectKind};

/// Bits of a number below the row: a kind, and whether another object follows.
const KIND: u32 = 1;
const ROW: u32 = 5;

/// Appends what a post shared; nothing where that is nothing.
pub fn put_targets(out: &mut Vec<u8>, targets: &[(ObjectKind, ObjectId)]) {
    for (place, &(kind, object)) in targets.iter().enumerate() {
        let more = u64::from(place + 1 < targets.len());
        put(out, u64::from(object.0) << ROW | (kind as u64) << KIND | more);
    }
}

/// Takes the objects of a post from the front, at least one, and gives them as they are packed.
#[inline]
pub fn take_targets<'b>(bytes: &mut &'b [u8]) -> Result<&'b [u8], Damage> {
    let whole = *bytes;
    while take(bytes)? & 1 == 1 {}
    Ok(&whole[..whole.len() - bytes.len()])
}

/// The objects of a post.
pub fn targets(mut packed: &[u8]) -> Result<Vec<(ObjectKind, ObjectId)>, Damage> {
    let mut targets = Vec::new();
    while !packed.is_empty() {
        let number = take(&mut packed)?;
        let code = number >> KIND & ((1 << (ROW - KIND)) - 1);
        let kind = ObjectKind::ALL.into_iter().find(|&kind| kind as u64 == code).ok_or(Damage)?;
        targets.push((kind, ObjectId(u32::try_from(number >> ROW).map_err(|_| Damage)?)));
    }
    Ok(targets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_come_back_as_they_were() {
        let all = [(ObjectKind::RetweetedPost, ObjectId(7)), (ObjectKind::Text, ObjectId(u32::MAX))];
        for given in [&all[..0], &all[..1], &all[..]] {
            let mut packed = Vec::new();
            put_targets(&mut packed, given);
            assert_eq!(targets(&packed), Ok(given.to_vec()));
            if !given.is_empty() {
                let behind = [packed.clone(), vec![9]].concat();
                let mut rest = behind.as_slice();
                assert_eq!((take_targets(&mut rest), rest), (Ok(packed.as_slice()), [9].as_slice()));
            }
        }
        assert_eq!(targets(&[0x1f]), Err(Damage), "no such kind");
    }
}

use super::*;
use crate::model::{PdqHash, Turn};

/// A hash with these bits set.
fn hash(bits: impl IntoIterator<Item = usize>) -> PdqHash {
    let mut bytes = [0; 32];
    bits.into_iter().for_each(|bit| bytes[bit / 8] |= 1 << (bit % 8));
    PdqHash(bytes)
}

fn print(id: u32, bits: impl IntoIterator<Item = usize>) -> AvatarPrint {
    AvatarPrint::new(AvatarId(id), hash(bits), 90)
}

fn carried(pairs: &[(u32, u32)]) -> Vec<(AccountId, AvatarId)> {
    pairs.iter().map(|&(account, avatar)| (AccountId(account), AvatarId(avatar))).collect()
}

fn groups(pictures: &[(u32, u32)], prints: &[AvatarPrint], parameters: &LinkParameters) -> AvatarGroups {
    avatar_groups(&carried(pictures), prints, parameters, &Task::UNWATCHED).unwrap()
}

#[test]
fn a_chain_is_one_group_with_its_middle_and_its_width() {
    // Steps of 20 bits: each is alike to the next one only. Picture 9 is like none, 5 has two accounts and no other.
    let prints = [print(1, 0..0), print(2, 0..20), print(3, 0..40), print(5, 100..220), print(9, 60..256)];
    let pictures = [(1, 3), (2, 1), (3, 2), (4, 2), (5, 5), (6, 5), (7, 9)];
    let found = groups(&pictures, &prints, &LinkParameters::default());
    let shape: Vec<_> = found.groups.iter().map(|group| (group.size, group.diameter, group.medoid.0)).collect();
    assert_eq!(shape, [(4, 40, 2), (2, 0, 5)]);
    let chain = &found.groups[0].pictures;
    assert_eq!(
        chain.iter().map(|picture| (picture.avatar.0, picture.to_medoid)).collect::<Vec<_>>(),
        [(2, 0), (3, 20), (1, 20)],
        "of equally near ones that of the first account"
    );
    assert_eq!(chain[0].accounts, [AccountId(3), AccountId(4)]);
    assert_eq!((found.alone, found.poor), (1, 0));
    let strict = LinkParameters { max_avatar_distance: 19, ..LinkParameters::default() };
    assert_eq!(groups(&pictures, &prints, &strict).groups.len(), 2);
}

#[test]
fn poor_pictures_are_compared_by_bytes_only() {
    let mut prints = [print(1, 0..4), print(2, 0..5)];
    prints.iter_mut().for_each(|print| print.quality = AvatarPrint::POOR_QUALITY);
    let found = groups(&[(1, 1), (2, 1), (3, 2)], &prints, &LinkParameters::default());
    assert_eq!((found.groups.len(), found.groups[0].size, found.alone, found.poor), (1, 2, 1, 2));
    let links =
        link_avatars(&carried(&[(1, 1), (2, 1), (3, 2)]), &prints, &LinkParameters::default(), &Task::UNWATCHED);
    assert_eq!(links.unwrap().pairs, [(AccountId(1), AccountId(2), AvatarMatch::Same)]);
}

#[test]
fn a_default_by_its_address_links_nobody_nor_does_what_is_like_it() {
    let mut prints = [print(1, 0..4), print(2, 0..5), print(3, 0..30), print(4, 128..250), print(5, 128..251)];
    prints[0].default_address = true;
    let pictures = [(1, 1), (2, 1), (3, 2), (4, 3), (5, 4), (6, 5)];
    let links = link_avatars(&carried(&pictures), &prints, &LinkParameters::default(), &Task::UNWATCHED).unwrap();
    assert_eq!(links.pairs, [(AccountId(5), AccountId(6), AvatarMatch::Near(1))]);
    assert_eq!(links.silent.defaults, [1, 2, 3].map(AvatarId).into_iter().collect());
    let found = groups(&pictures, &prints, &LinkParameters::default());
    let shape: Vec<_> = found.groups.iter().map(|group| (group.size, group.is_default)).collect();
    assert_eq!(shape, [(2, false), (4, true)], "defaults are shown, at the end");
}

#[test]
fn a_mirrored_copy_is_found_where_that_is_asked_for() {
    let mut prints = [print(1, 0..100), print(2, 150..250)];
    let mut turned = [hash([]); Turn::COUNT];
    turned[4] = hash(150..247);
    prints[0].turned = Some(Box::new(turned));
    let pictures = [(1, 1), (2, 2)];
    let link = |mirrored| {
        let parameters = LinkParameters { mirrored, ..LinkParameters::default() };
        let links = link_avatars(&carried(&pictures), &prints, &parameters, &Task::UNWATCHED).unwrap();
        (links.pairs, groups(&pictures, &prints, &parameters).groups)
    };
    assert_eq!(link(false), (Vec::new(), Vec::new()));
    let (pairs, groups) = link(true);
    assert_eq!(pairs, [(AccountId(1), AccountId(2), AvatarMatch::Near(3))]);
    assert_eq!(groups.len(), 1);
}

#[test]
fn pictures_of_too_many_accounts_link_nobody_and_keep_no_other_from_it() {
    let carriers = |counts: &[u32]| {
        let entry = |(avatar, &count): (u32, &u32)| (AvatarId(avatar), (1..=count).map(AccountId).collect());
        (1..).zip(counts).map(entry).collect::<rustc_hash::FxHashMap<_, Vec<_>>>()
    };
    let crowded = |counts: &[u32], most| {
        let mut found: Vec<u32> = silent::crowded_avatars(&carriers(counts), |avatar| avatar.0, most)
            .into_iter()
            .map(|avatar| avatar.0)
            .collect();
        found.sort_unstable();
        found
    };
    // 3, 10 and 6 pairs.
    assert_eq!(crowded(&[3, 5, 4], 19), Vec::<u32>::new());
    assert_eq!(crowded(&[3, 5, 4], 18), [2]);
    assert_eq!(crowded(&[3, 5, 4], 8), [2, 3]);
    assert_eq!(crowded(&[4, 4], 6), [2], "at equal counts the one that came first links");
    let pictures: Vec<(AccountId, AvatarId)> =
        (1..=4_000).map(|account| (AccountId(account), AvatarId(u32::from(account > 3_990) + 1))).collect();
    let prints = [print(1, 0..4), print(2, 128..250)];
    let parameters = LinkParameters { default_avatar_share: 1.0, ..LinkParameters::default() };
    let links = link_avatars(&pictures, &prints, &parameters, &Task::UNWATCHED).unwrap();
    assert_eq!((links.pairs.len(), links.silent.crowded.len()), (45, 1));
}

#[test]
fn a_picture_that_a_tenth_of_all_accounts_carry_stands_first_and_a_default_by_its_address_last() {
    // 30 accounts with a picture of their own, 60 with the same one, 3 with another, 55 with a default.
    let own = (1..=30).map(|account| (account, account));
    let shared = (31..=90).map(|account| (account, 100)).chain((91..=93).map(|account| (account, 101)));
    let pictures: Vec<(u32, u32)> = own.chain(shared).chain((94..=148).map(|account| (account, 102))).collect();
    let mut ids: Vec<u32> = pictures.iter().map(|&(_, picture)| picture).collect();
    ids.dedup();
    let mut prints: Vec<AvatarPrint> = ids
        .iter()
        .map(|&id| {
            let mut bits = [0; 32];
            // Too plain to be compared: only equal bytes count.
            bits[0] = u8::try_from(id).unwrap();
            AvatarPrint::new(AvatarId(id), PdqHash(bits), 0)
        })
        .collect();
    prints.last_mut().unwrap().default_address = true;
    let found = groups(&pictures, &prints, &LinkParameters::default());
    let shape: Vec<_> = found.groups.iter().map(|group| (group.size, group.is_default, group.is_common)).collect();
    assert_eq!(shape, [(60, true, true), (3, false, false), (55, true, false)]);
}

//! Whether handles of one cluster are made by one template. The shape of a handle alone means nothing: the platform assigns
//! names with digits at the end, and short shapes are many people's.

use rustc_hash::FxHashMap;
use serde_json::{Value, json};

use super::catalogue::{Evidence, PublicNames};
use super::words::named;
use super::{Observations, Outcome, Places, Silence};
use crate::graph::{Cluster, GraphError, Task};
use crate::model::{Account, AccountId, dense};
use crate::text::{percent, thousands};

/// Members of a cluster from which on a share of them says something.
const FEWEST_MEMBERS: u64 = 3;
/// Others that are named.
const NAMED: usize = 5;

/// The handles of a cluster that have the shape of one.
#[derive(Debug, Clone, PartialEq)]
pub struct HandleTemplate {
    /// The handle with `a` for each letter and `9` for each digit; other characters stay.
    pub shape: String,
    /// Other members of the cluster with a handle of this shape.
    pub others: u32,
    /// Members of the cluster whose handle is known, the account itself included.
    pub members: u32,
    /// How many of the other members would have the shape if handles of the whole data were drawn for them.
    pub expected: f64,
    /// Some of the others.
    pub examples: Vec<AccountId>,
}

/// `a` for a letter, `9` for a digit, everything else as it is. Upper and lower case are the same to the platform.
pub(super) fn shape(handle: &str) -> String {
    let sign = |letter: char| match letter {
        _ if letter.is_alphabetic() => 'a',
        _ if letter.is_numeric() => '9',
        other => other,
    };
    handle.chars().map(sign).collect()
}

/// Letters and then digits, which is how the platform makes names for people who choose none.
pub(super) fn is_assigned(shape: &str) -> bool {
    let rest = shape.trim_start_matches('a');
    !rest.is_empty() && rest.len() < shape.len() && rest.chars().all(|sign| sign == '9')
}

/// The templates of each account's cluster; the value is the share of the other members whose handle has its shape.
fn handle_templates(accounts: &[Account], clusters: &[Cluster], places: &Places) -> Vec<Outcome<HandleTemplate>> {
    let shapes: Vec<Option<String>> =
        accounts.iter().map(|account| account.profile.handle.as_deref().map(shape)).collect();
    let mut in_data: FxHashMap<&str, u32> = FxHashMap::default();
    let mut known = 0_u32;
    for shape in shapes.iter().flatten() {
        *in_data.entry(shape).or_default() += 1;
        known += 1;
    }
    let mut found: Vec<Outcome<HandleTemplate>> = shapes.iter().map(|shape| Err(outside(shape.as_ref()))).collect();
    for cluster in clusters {
        let members: Vec<usize> = cluster.members.iter().filter_map(|&id| places.place(id)).collect();
        let mut by_shape: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for &place in &members {
            if let Some(shape) = &shapes[place] {
                by_shape.entry(shape).or_default().push(place);
            }
        }
        let named: u32 = by_shape.values().map(|places| dense(places.len())).sum();
        for (shape, alike) in &by_shape {
            for &place in alike {
                let group = Group { shape, alike, named, in_data: in_data[shape], known };
                found[place] = group.template(place, accounts);
            }
        }
    }
    found
}

fn outside(shape: Option<&String>) -> Silence {
    Silence::Unknown(if shape.is_none() {
        "no handle in the data"
    } else {
        "in no cluster, and alone a shape means nothing"
    })
}

struct Group<'a> {
    shape: &'a str,
    alike: &'a [usize],
    named: u32,
    in_data: u32,
    known: u32,
}

impl Group<'_> {
    fn template(&self, place: usize, accounts: &[Account]) -> Outcome<HandleTemplate> {
        if is_assigned(self.shape) {
            return Err(Silence::Unknown("letters with digits at the end: the platform assigns such handles"));
        }
        if u64::from(self.named) < FEWEST_MEMBERS {
            let has = u64::from(self.named);
            return Err(Silence::TooFew { what: "members of its cluster with a handle", has, needs: FEWEST_MEMBERS });
        }
        let others = dense(self.alike.len() - 1);
        let (rest, elsewhere) = (f64::from(self.named - 1), f64::from(self.known.saturating_sub(1)).max(1.0));
        let examples = self.alike.iter().filter(|&&other| other != place).take(NAMED).map(|&other| accounts[other].id);
        let template = HandleTemplate {
            shape: self.shape.to_owned(),
            others,
            members: self.named,
            expected: rest * f64::from(self.in_data - 1) / elsewhere,
            examples: examples.collect(),
        };
        Ok((f64::from(others) / rest, template))
    }
}

impl Evidence for HandleTemplate {
    const NAME: &'static str = "handle_template";
    const MEANING: &'static str = "share of the other members of its cluster whose handle has the same shape";
    const CANNOT_TELL: &'static str = "Fans and members of a movement choose names alike; short shapes are common.";

    fn read(seen: &Observations<'_>, _: &Task<'_>) -> Result<Vec<Outcome<Self>>, GraphError> {
        Ok(handle_templates(seen.accounts, seen.clusters, &Places::new(seen.accounts)))
    }

    fn value(value: f64) -> String {
        percent(value)
    }

    fn words(&self, name: &dyn Fn(AccountId) -> String) -> String {
        let Self { shape, others, members, expected, examples } = self;
        let (count, rest) = (thousands(u64::from(*others)), members - 1);
        let named = named(": ", examples, *others, name);
        format!("{count} of {rest} others are like {shape}, {expected:.1} expected{named}")
    }

    fn json(&self, names: &dyn PublicNames) -> Value {
        let Self { shape, others, members, expected, examples } = self;
        json!({ "shape": shape, "others": others, "members": members, "expected": expected,
                "examples": names.accounts(examples) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::{Activity, Profile};

    fn named(handles: &[&str]) -> Vec<Account> {
        let account = |(id, handle): (u32, &&str)| Account {
            id: AccountId(id),
            platform: Default::default(),
            platform_id: id.to_string(),
            profile: Profile { handle: (!handle.is_empty()).then(|| (*handle).to_owned()), ..Profile::default() },
            avatar: None,
            activity: Activity::default(),
        };
        (1..).zip(handles).map(account).collect()
    }

    fn cluster(members: &[u32]) -> Cluster {
        let members = members.iter().copied().map(AccountId).collect();
        Cluster { members, links: 0, density: 0.0, targets: Vec::new(), median_gap_ms: None, span: None, test: None }
    }

    fn templates(handles: &[&str], members: &[u32]) -> Vec<Outcome<HandleTemplate>> {
        let accounts = named(handles);
        handle_templates(&accounts, &[cluster(members)], &Places::new(&accounts))
    }

    #[test]
    fn a_template_is_shared_within_a_cluster_only() {
        let found = templates(&["rose_12", "dove_86", "lark_07", "someone", "wren_55"], &[1, 2, 3, 4]);
        let (value, template) = found[0].as_ref().unwrap();
        assert_eq!((template.shape.as_str(), template.others, template.members), ("aaaa_99", 2, 4));
        assert!((value - 2.0 / 3.0).abs() < 1e-12);
        // Three of the other four handles of the data have it, and three members are others.
        assert!((template.expected - 3.0 * 3.0 / 4.0).abs() < 1e-12);
        assert_eq!(template.examples, [AccountId(2), AccountId(3)]);
        assert_eq!(found[3].as_ref().unwrap().0, 0.0);
        assert!(found[4].as_ref().unwrap_err().to_string().starts_with("in no cluster"));
    }

    #[test]
    fn digits_at_the_end_mean_nothing() {
        let found = templates(&["rose12345678", "dove87654321", "Lark11112222", ""], &[1, 2, 3, 4]);
        assert!(found[0].as_ref().unwrap_err().to_string().contains("the platform assigns"));
        assert_eq!(found[3].as_ref().unwrap_err().to_string(), "no handle in the data");
        assert!(!is_assigned("aaaa") && !is_assigned("9999") && !is_assigned("aa9a9") && is_assigned("a9"));
        assert_eq!(shape("گل_۱۲x"), "aa_99a");
        assert!(templates(&["a_1", "b_2"], &[1, 2])[0].is_err(), "two are no template");
    }

    proptest! {
        #[test]
        fn counting_finds_the_same(handles in prop::collection::vec("[ab]{1,2}_[12]?", 3..20), split in 3_usize..20) {
            let texts: Vec<&str> = handles.iter().map(String::as_str).collect();
            let split = split.min(texts.len());
            let found = templates(&texts, &(1..=u32::try_from(split).unwrap()).collect::<Vec<_>>());
            for (place, outcome) in found.iter().enumerate() {
                let alike = texts[..split].iter().filter(|other| shape(other) == shape(texts[place])).count();
                match outcome {
                    Ok((value, template)) => {
                        prop_assert!(place < split);
                        prop_assert_eq!(template.others as usize, alike - 1);
                        prop_assert!((value - (alike - 1) as f64 / (split - 1) as f64).abs() < 1e-12);
                    }
                    Err(_) => prop_assert!(place >= split),
                }
            }
        }
    }
}

//! The bipartite configuration model with expected degrees: one fitness for each distinct degree.

use crate::graph::{GraphError, Task};
use crate::model::dense;

/// Rounds of the fixed point; it needs some hundreds.
const ROUNDS: usize = 100_000;
/// The largest relative change of a fitness in the last round.
const TOLERANCE: f64 = 1e-13;

/// Accounts or targets of one degree.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Class {
    degree: u32,
    count: u32,
    state: State,
}

/// A class whose members are linked with all, or none, of what is left has no finite fitness. It is set aside, in
/// the order in which that is found out.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Finite(f64),
    Aside { step: u32, linked: bool },
}

/// Fitness of accounts and targets by the fixed point of Vallarano et al. 2021, such that expected degrees equal the observed ones:
/// `Σ_t x_i y_t / (1 + x_i y_t) = d_i` and likewise for targets. [Saracco et al. 2017; Neal et al. 2021] Only products
/// of two fitnesses have a meaning: the scale is that of the first guess, degree / √(all shares).
#[derive(Debug, Clone)]
pub struct Fitness {
    accounts: Vec<Class>,
    targets: Vec<Class>,
}

impl Fitness {
    /// Solves for these degrees.
    ///
    /// # Errors
    /// Fails when cancelled.
    pub fn solve(account_degrees: &[u32], target_degrees: &[u32], task: &Task<'_>) -> Result<Self, GraphError> {
        let mut fitness = Self { accounts: classes(account_degrees), targets: classes(target_degrees) };
        fitness.set_aside();
        fitness.iterate(task)?;
        Ok(fitness)
    }

    /// Sets aside what is linked with all or nothing of what is left, until nothing changes.
    fn set_aside(&mut self) {
        for step in 0.. {
            let (accounts, targets) = (left(&self.accounts), left(&self.targets));
            let (full_accounts, full_targets) = (linked(&self.accounts), linked(&self.targets));
            let by_account = mark(&mut self.accounts, full_targets, targets, step);
            // Accounts of this step are found first, so that targets count them.
            if by_account {
                continue;
            }
            if !mark(&mut self.targets, full_accounts, accounts, step) {
                return;
            }
        }
    }

    fn iterate(&mut self, task: &Task<'_>) -> Result<(), GraphError> {
        let full = [linked(&self.targets), linked(&self.accounts)];
        begin(&mut self.accounts, full[0]);
        begin(&mut self.targets, full[1]);
        for _ in 0..ROUNDS {
            task.check()?;
            let change = improve(&mut self.accounts, &self.targets, full[0]);
            if change.max(improve(&mut self.targets, &self.accounts, full[1])) < TOLERANCE {
                break;
            }
        }
        Ok(())
    }

    /// The fitness of an account of this degree; infinite where it is linked with all that is left, `None` where no
    /// account has the degree.
    #[must_use]
    pub fn of_account(&self, degree: u32) -> Option<f64> {
        value(&self.accounts, degree)
    }

    /// The fitness of a target of this degree, likewise.
    #[must_use]
    pub fn of_target(&self, degree: u32) -> Option<f64> {
        value(&self.targets, degree)
    }

    /// For an account of this degree, the probability of a share of each class of targets, as (targets, probability).
    #[must_use]
    pub fn probabilities(&self, degree: u32) -> Vec<(u32, f64)> {
        let own = self.accounts.iter().find(|class| class.degree == degree).map_or(State::Finite(0.0), |c| c.state);
        self.targets.iter().map(|class| (class.count, probability(own, class.state))).collect()
    }
}

fn classes(degrees: &[u32]) -> Vec<Class> {
    let mut sorted = degrees.to_vec();
    sorted.sort_unstable();
    let count = |run: &[u32]| dense(run.len());
    let class = |run: &[u32]| Class { degree: run[0], count: count(run), state: State::Finite(0.0) };
    sorted.chunk_by(|a, b| a == b).map(class).collect()
}

/// How many of the side are not set aside.
fn left(classes: &[Class]) -> u32 {
    classes.iter().filter(|class| matches!(class.state, State::Finite(_))).map(|class| class.count).sum()
}

/// How many of the side are set aside as linked with all.
fn linked(classes: &[Class]) -> u32 {
    classes.iter().filter(|class| matches!(class.state, State::Aside { linked: true, .. })).map(|c| c.count).sum()
}

/// Sets aside the classes of one side that are linked with all or none of the `others` left; `full` of the other
/// side are linked with all.
fn mark(classes: &mut [Class], full: u32, others: u32, step: u32) -> bool {
    let mut any = false;
    for class in classes.iter_mut().filter(|class| matches!(class.state, State::Finite(_))) {
        let residual = class.degree.saturating_sub(full);
        if residual == 0 || residual >= others {
            class.state = State::Aside { step, linked: residual > 0 };
            any = true;
        }
    }
    any
}

/// Fitness and count of the classes that are not set aside.
fn finite(classes: &[Class]) -> impl Iterator<Item = (f64, f64)> + '_ {
    classes.iter().filter_map(|class| match class.state {
        State::Finite(value) => Some((value, f64::from(class.count))),
        State::Aside { .. } => None,
    })
}

/// First guesses: right where all probabilities are small. `full` of the other side are linked with all.
fn begin(classes: &mut [Class], full: u32) {
    let shares = classes.iter().filter(|class| matches!(class.state, State::Finite(_)));
    let total: f64 = shares.map(|class| f64::from(class.degree - full) * f64::from(class.count)).sum();
    for class in classes {
        if let State::Finite(value) = &mut class.state {
            *value = f64::from(class.degree - full) / total.sqrt();
        }
    }
}

/// One round of the fixed point for each class of one side, the other side held; the largest relative change.
fn improve(classes: &mut [Class], others: &[Class], full: u32) -> f64 {
    let mut change = 0.0_f64;
    for class in classes {
        let State::Finite(value) = &mut class.state else { continue };
        let sum: f64 = finite(others).map(|(other, count)| count * other / (1.0 + *value * other)).sum();
        let better = f64::from(class.degree - full) / sum;
        change = change.max((better / *value - 1.0).abs());
        *value = better;
    }
    change
}

fn value(classes: &[Class], degree: u32) -> Option<f64> {
    let class = classes.iter().find(|class| class.degree == degree)?;
    Some(match class.state {
        State::Finite(value) => value,
        State::Aside { linked: true, .. } => f64::INFINITY,
        State::Aside { linked: false, .. } => 0.0,
    })
}

/// Of two classes of which one was set aside, the earlier one decides.
fn probability(a: State, b: State) -> f64 {
    match (a, b) {
        (State::Finite(x), State::Finite(y)) => x * y / (1.0 + x * y),
        (State::Finite(_), State::Aside { linked, .. }) | (State::Aside { linked, .. }, State::Finite(_)) => {
            f64::from(u8::from(linked))
        }
        (State::Aside { step: a, linked: by_a }, State::Aside { step: b, linked: by_b }) => {
            f64::from(u8::from(if a < b { by_a } else { by_b }))
        }
    }
}

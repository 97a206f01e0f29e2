//! Distributions of counts whose upper tails are sums of what is never negative, so that they are right however small.

use crate::graph::significance::{Trials, masses};

/// How likely each count is, and each count or more.
#[derive(Debug, Clone)]
pub(super) struct Counts {
    mass: Box<[f64]>,
    /// One longer: the chance of `n` or more at `n`.
    tail: Box<[f64]>,
}

impl Counts {
    /// How many of these trials succeed.
    pub fn of_trials(trials: impl Iterator<Item = Trials>) -> Self {
        let (first, kept) = masses(trials);
        let first = first as usize;
        let mut mass = vec![0.0; first];
        mass.extend(kept);
        let mut tail = vec![0.0; mass.len() + 1];
        for count in (0..mass.len()).rev() {
            tail[count] = tail[count + 1] + mass[count];
        }
        // Whatever was left out lies below.
        tail[..=first].fill(1.0);
        Self { mass: mass.into(), tail: tail.into() }
    }

    /// The chance of so many or more.
    pub fn tail(&self, least: usize) -> f64 {
        self.tail.get(least).copied().unwrap_or(0.0)
    }
}

/// The sum of independent counts: how likely it stays at each number below a goal, and that it reaches the goal.
#[derive(Debug)]
pub(super) struct Reach {
    below: Vec<f64>,
    reached: f64,
}

impl Reach {
    /// Nothing is counted yet.
    pub fn new(goal: usize) -> Self {
        let mut below = vec![0.0; goal];
        match below.first_mut() {
            Some(nothing) => *nothing = 1.0,
            None => return Self { below, reached: 1.0 },
        }
        Self { below, reached: 0.0 }
    }

    /// Adds a count.
    pub fn add(&mut self, counts: &Counts) {
        let goal = self.below.len();
        self.reached += (0..goal).map(|had| self.below[had] * counts.tail(goal - had)).sum::<f64>();
        for sum in (0..goal).rev() {
            let ways = counts.mass.iter().take(sum + 1).enumerate();
            self.below[sum] = ways.map(|(more, mass)| self.below[sum - more] * mass).sum();
        }
    }

    /// Adds one trial that succeeds with this probability.
    pub fn add_trial(&mut self, probability: f64) {
        let Some(last) = self.below.len().checked_sub(1) else { return };
        self.reached += self.below[last] * probability;
        for sum in (1..=last).rev() {
            self.below[sum] = self.below[sum] * (1.0 - probability) + self.below[sum - 1] * probability;
        }
        self.below[0] *= 1.0 - probability;
    }

    /// The chance that the goal is reached.
    pub fn chance(&self) -> f64 {
        self.reached.min(1.0)
    }
}

//! One of something for each platform: equal ids of two platforms are two.

/// What there is of each platform, and which one is told of now. The first one is the blank platform.
#[derive(Debug)]
pub(super) struct Homes<T> {
    all: Vec<(String, T)>,
    here: usize,
}

impl<T: Default> Default for Homes<T> {
    fn default() -> Self {
        Self { all: vec![(String::new(), T::default())], here: 0 }
    }
}

impl<T: Default> Homes<T> {
    /// The place of a platform, which stays as it is.
    pub fn place(&mut self, platform: &str) -> usize {
        self.all.iter().position(|(word, _)| word == platform).unwrap_or_else(|| {
            self.all.push((platform.to_owned(), T::default()));
            self.all.len() - 1
        })
    }

    /// From now on it is this platform that is told of.
    pub fn settle(&mut self, platform: &str) {
        self.here = self.place(platform);
    }

    /// What there is of the platform that is told of, and its place.
    pub fn here(&mut self) -> (&mut T, usize) {
        (&mut self.all[self.here].1, self.here)
    }

    /// What there is at a place.
    pub fn at(&mut self, place: usize) -> &mut T {
        &mut self.all[place].1
    }

    /// The platform at a place.
    pub fn word(&self, place: usize) -> &str {
        &self.all[place].0
    }

    /// Every platform with what there is of it, the blank one first.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &T)> {
        self.all.iter().map(|(word, value)| (word.as_str(), value))
    }
}

//! The list of places becomes what goes through all of them: a new one is a line of it, which takes in its file and what that
//! file gives to the rest.

use super::OpenPlace;
use crate::app::{Action, Place};

macro_rules! places {
    (
        covering { $($(#[$doc:meta])* $place:ident $heading:literal $module:ident: $view:ty, $seen:ty;)* }
        windows { $($(#[$w_doc:meta])* $window:ident $w_heading:literal $w_module:ident: $w_view:ty, $w_seen:ty;)* }
    ) => {
        $(pub(super) mod $module;)*
        $(pub(super) mod $w_module;)*
        $(pub use $module::*;)*
        $(pub use $w_module::*;)*

        /// Where an action can be called. Its name is the section of the key map, in small letters.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::IntoStaticStr, strum::VariantArray)]
        #[strum(serialize_all = "kebab-case")]
        pub enum Place {
            /// In every pane.
            Everywhere,
            /// In the accounts pane.
            Accounts,
            /// In the neighbours pane.
            Neighbours,
            /// In the evidence pane.
            Why,
            /// In the tags pane.
            Tags,
            $($(#[$doc])* $place,)*
            $($(#[$w_doc])* $window,)*
            /// While text is typed.
            Entry,
        }

        impl Place {
            /// Every place that hides the panes while it is open.
            pub const COVERING: &'static [Self] = &[$(Self::$place),*];

            /// How the help heads its keys.
            #[must_use]
            pub fn heading(self) -> &'static str {
                match self {
                    Self::Everywhere => "In every pane",
                    Self::Accounts => "Accounts",
                    Self::Neighbours => "Neighbours",
                    Self::Why => "Why",
                    Self::Tags => "Tags",
                    Self::Entry => "While typing",
                    $(Self::$place => $heading,)* $(Self::$window => $w_heading,)*
                }
            }
        }

        /// What is looked at in each place; it stays while the place is closed.
        #[derive(Debug, Default)]
        pub struct PlaceViews {
            $($(#[$doc])* pub $module: $view,)*
            $($(#[$w_doc])* pub $w_module: $w_view,)*
        }

        /// How much of each place is seen.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct PlaceViewports {
            $($(#[$doc])* pub $module: $seen,)*
            $($(#[$w_doc])* pub $w_module: $w_seen,)*
        }

        /// What answers for a place; none for a pane or a line.
        pub(in crate::app) fn get(place: Place) -> Option<&'static dyn OpenPlace> {
            Some(match place {
                $(Place::$place => &$module::Here,)* $(Place::$window => &$w_module::Here,)*
                Place::Everywhere | Place::Accounts | Place::Neighbours | Place::Why | Place::Tags | Place::Entry => {
                    return None;
                }
            })
        }
    };
}
pub(super) use places;

impl Place {
    /// Every place, in the order in which the help shows them.
    pub const ALL: &'static [Self] = <Self as strum::VariantArray>::VARIANTS;

    /// The word that the key map uses as its section.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.into()
    }

    /// Whether it hides the panes while it is open.
    #[must_use]
    pub fn covers(self) -> bool {
        Self::COVERING.contains(&self)
    }

    /// Whether the keys of everywhere count here too: not while a window is open or something is typed.
    #[must_use]
    pub fn inherits(self) -> bool {
        self.covers() || matches!(self, Self::Everywhere | Self::Accounts | Self::Neighbours | Self::Why | Self::Tags)
    }

    /// The key that opens it, and closes it again; none where it opens by itself or is a pane.
    #[must_use]
    pub fn opener(self) -> Option<Action> {
        super::get(self).and_then(OpenPlace::opener)
    }
}

/// The places to which an action belongs: that have it as their own, or are opened by it.
pub(in crate::app) fn that_know(action: Action) -> impl Iterator<Item = &'static dyn OpenPlace> {
    let knows = move |place: &&Place| action.place() == **place || place.opener() == Some(action);
    Place::ALL.iter().filter(knows).filter_map(|&place| super::get(place))
}

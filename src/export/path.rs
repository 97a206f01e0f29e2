//! The path between two accounts as versioned JSON. The README documents the schema. Equal data and parameters give
//! equal bytes.

use serde::Serialize;

use super::link_basis::{LinkBasis, LinkReader};
use super::{ExportError, NamedAccount, PublicIds, Source};
use crate::graph::PathStep;
use crate::model::{AccountId, LinkParameters};

const SCHEMA: &str = "bot-tui/path/1";
const NOTICE: &str =
    "In dense data a few links lead from anybody to anybody: a path is a reason to look and no finding.";

/// The document.
#[derive(Debug, Serialize)]
pub struct PathDocument {
    schema: &'static str,
    version: &'static str,
    notice: &'static str,
    parameters: LinkParameters,
    /// Where it begins.
    pub from: NamedAccount,
    /// Where it ends.
    pub to: NamedAccount,
    /// Whether a path leads from one to the other.
    pub connected: bool,
    /// Its links, in order.
    pub steps: Vec<PathStepOut>,
}

/// One link of the path.
#[derive(Debug, Serialize)]
pub struct PathStepOut {
    /// Where it begins.
    pub from: NamedAccount,
    /// Where it ends.
    pub to: NamedAccount,
    /// Why the two are linked.
    #[serde(flatten)]
    pub rests_on: LinkBasis,
}

/// The document of a path, as [`crate::graph::AccountGraph::path`] gives it.
///
/// # Errors
/// Fails where the cache cannot be read.
pub fn path_document(
    source: &Source<'_>,
    [from, to]: [AccountId; 2],
    path: Option<&[PathStep]>,
) -> Result<PathDocument, ExportError> {
    let mut links = LinkReader::new(source);
    let ids = PublicIds::among(source.accounts);
    let named = |id: AccountId| NamedAccount::find(id, source.accounts, source.incidence.order(), ids);
    let steps = path.unwrap_or_default().iter().map(|step| {
        let rests_on = links.read(step.from, step.to, &step.link)?;
        Ok(PathStepOut { from: named(step.from), to: named(step.to), rests_on })
    });
    Ok(PathDocument {
        schema: SCHEMA,
        version: env!("CARGO_PKG_VERSION"),
        notice: NOTICE,
        parameters: source.graph.parameters().clone(),
        from: named(from),
        to: named(to),
        connected: path.is_some(),
        steps: steps.collect::<Result<_, ExportError>>()?,
    })
}
